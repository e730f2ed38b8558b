"""What an import compares with: the countries, regions and traded clusters of data/lookups/."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from etl.errors import EtlError

# The European Union writes these two its own way.
ISO_OF = {"EL": "GR", "UK": "GB"}
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Lookups:
    """countries: codes. regions: code to country. fips: two digits to region code. clusters: id to name."""

    countries: frozenset[str]
    country_names: dict[str, str]
    regions: dict[str, str]
    fips: dict[str, str]
    clusters: dict[str, str]

    def cluster_id(self, text: str) -> str | None:
        """The traded cluster with this name or id, whatever its capitals, spaces and punctuation."""
        return self._cluster_keys.get(_key(text))

    @cached_property
    def _cluster_keys(self) -> dict[str, str]:
        return {_key(spelling): cluster for cluster, name in self.clusters.items() for spelling in (cluster, name)}

    def nearest_cluster(self, text: str) -> str | None:
        """Name of the traded cluster that is spelt most like this."""
        return _nearest(text, self.clusters.values())

    def nearest_region(self, text: str) -> str | None:
        """The region code that is spelt most like this."""
        return _nearest(text, self.regions)


def read_lookups(data_dir: Path) -> Lookups:
    """Read the three files. Raises EtlError when one is missing."""
    folder = data_dir / "lookups"
    countries, regions, sectors = (_rows(folder / f"{name}.csv") for name in ("countries", "regions", "sectors"))
    return Lookups(
        countries=frozenset(row["country_code"] for row in countries),
        country_names={row["country_code"]: row["name"] for row in countries},
        regions={row["region_code"]: row["country_code"] for row in regions},
        fips={row["fips_code"]: row["region_code"] for row in regions if row["fips_code"]},
        clusters={row["sector_id"]: row["name"] for row in sectors if row["scheme"] == "traded_cluster"},
    )


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        raise EtlError(f"There is no {path.parent.name}/{path.name} in the data folder to compare the import with.")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _key(text: str) -> str:
    return _MARKS.sub("-", text.strip().lower().replace("&", "and")).strip("-")


def _nearest(text: str, known: Iterable[str]) -> str | None:
    best = process.extractOne(text, list(known), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=60)
    return best[0] if best else None
