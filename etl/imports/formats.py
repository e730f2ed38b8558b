"""The formats that can be imported: commands, loading and previews follow from this list."""

from collections.abc import Mapping
from types import MappingProxyType

from etl.imports import cordis, regional_statistics, us_cluster_mapping
from etl.imports.run import ImportFormat

FORMATS: Mapping[str, ImportFormat] = MappingProxyType(
    {kind.name: kind for kind in (us_cluster_mapping.FORMAT, regional_statistics.FORMAT, cordis.FORMAT)}
)
