"""The countries, regions and traded clusters of data/lookups/, with which imports are compared."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from etl.errors import EtlError

_DIVISION = "nace-"
_SEPARATORS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Lookups:
    """Lookups by code.

    countries: ISO codes. us_codes: those of the United States and its territories. country_names: ISO code -> name.
    regions: region code -> ISO code of its country. fips: two-digit FIPS code -> region code. clusters: id of a traded
    cluster -> name. divisions: code of a division of NACE Rev. 2, such as C29 -> id. division_names: id -> name.
    us_states: name of a US state or territory, in small letters -> region code.
    """

    countries: frozenset[str]
    us_codes: frozenset[str]
    country_names: dict[str, str]
    regions: dict[str, str]
    fips: dict[str, str]
    clusters: dict[str, str]
    divisions: dict[str, str]
    division_names: dict[str, str]
    us_states: dict[str, str]

    def cluster_id(self, text: str) -> str | None:
        """Id of the traded cluster with this name or id, ignoring case, spaces and punctuation; None if unknown."""
        return self._cluster_keys.get(_key(text))

    def industry_id(self, text: str) -> str | None:
        """The same of a traded cluster, or of a NACE division by its code or id."""
        return self.cluster_id(text) or self.divisions.get(text.strip().upper().removeprefix(_DIVISION.upper()))

    @property
    def industry_names(self) -> dict[str, str]:
        """Id -> name of the traded clusters and NACE divisions."""
        return self.clusters | self.division_names

    def industry_spellings(self) -> dict[str, str]:
        """Usual spelling -> id of the traded clusters and NACE divisions."""
        spellings = {text: cluster for cluster, name in self.clusters.items() for text in (name, cluster)}
        return spellings | {text: one for code, one in self.divisions.items() for text in (code, one)}

    @cached_property
    def _cluster_keys(self) -> dict[str, str]:
        return {_key(spelling): cluster for cluster, name in self.clusters.items() for spelling in (cluster, name)}

    def region_of_any_case(self, code: str) -> str | None:
        """The code of a region that differs from this one in capitals at most; None if there is none."""
        return self._regions_by_case.get(code.casefold())

    @cached_property
    def _regions_by_case(self) -> dict[str, str]:
        return {code.casefold(): code for code in self.regions}

    def country_of_name(self, text: str) -> str | None:
        """The ISO code of the country with this English name, ignoring case; None if there is none."""
        return self._countries_by_name.get(text.casefold())

    @cached_property
    def _countries_by_name(self) -> dict[str, str]:
        return {name.casefold(): code for code, name in self.country_names.items()}

    def nearest_cluster(self, text: str) -> str | None:
        """Name of the traded cluster with the most similar name; None if none is similar."""
        return _nearest(text, self.clusters.values())

    def nearest_region(self, text: str) -> str | None:
        """The most similar region code; None if none is similar."""
        return _nearest(text, self.regions)


def read_lookups(data_dir: Path) -> Lookups:
    """The lookups of a data folder. Raises EtlError when one of the three files is missing."""
    folder = data_dir / "lookups"
    countries, regions, sectors = (_rows(folder / f"{name}.csv") for name in ("countries", "regions", "sectors"))
    return Lookups(
        countries=frozenset(row["country_code"] for row in countries),
        us_codes=frozenset(row["country_code"] for row in countries if row["side"] == "US"),
        country_names={row["country_code"]: row["name"] for row in countries},
        regions={row["region_code"]: row["country_code"] for row in regions},
        fips={row["fips_code"]: row["region_code"] for row in regions if row["fips_code"]},
        clusters={row["sector_id"]: row["name"] for row in sectors if row["scheme"] == "traded_cluster"},
        divisions={
            row["sector_id"].removeprefix(_DIVISION).upper(): row["sector_id"]
            for row in sectors
            if row["scheme"] == "nace_division"
        },
        division_names={row["sector_id"]: row["name"] for row in sectors if row["scheme"] == "nace_division"},
        us_states={row["name"].casefold(): row["region_code"] for row in regions if row["fips_code"]},
    )


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        raise EtlError(
            f"There is no {path.parent.name}/{path.name} in the data folder; the import cannot be verified without it."
        )
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _key(text: str) -> str:
    return _SEPARATORS.sub("-", text.strip().lower().replace("&", "and")).strip("-")


def _nearest(text: str, known: Iterable[str]) -> str | None:
    best = process.extractOne(text, list(known), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=60)
    return best[0] if best else None
