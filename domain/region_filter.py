"""The filters by region: a region of the EU side, and a state of the United States."""

from dataclasses import dataclass

from domain.filter_kinds import ListFilter
from domain.filter_values import FilterValues

# Prefixes of NUTS codes that differ from the ISO code of the country.
_NUTS_PREFIXES = {"EL": "GR", "UK": "GB"}


@dataclass(frozen=True, kw_only=True)
class RegionFilter(ListFilter):
    """A filter by the column ``region_codes`` of a register: a record matches when one of its regions is chosen.

    A record might match when it has a party, member or place in the country of a chosen region, or one whose country is
    not recorded and may be of the same side of the Atlantic (``side``), and no region of it is recorded: column
    ``regions_unknown_in``. A record without one does not match.
    """

    side: str
    column: str = "region_codes"

    def unknown(self, filters: FilterValues) -> str:
        """SQL expression: the label of what is not recorded of a record, NULL where that is known or not applicable."""
        possible = sorted({country_of(code) for code in self.values(filters)} | {self.side})
        codes = ", ".join(f"'{code}'" for code in possible)
        may_be = f"coalesce(list_has_any(regions_unknown_in, [{codes}]), false)"
        # A region of the other side says nothing about the regions of this one.
        of_side = (
            f"(SELECT list(region_code) FROM regions JOIN countries USING (country_code) WHERE side = '{self.side}')"
        )
        return (
            f"CASE WHEN {self.matches(filters)} OR NOT {may_be} THEN NULL "
            f"WHEN list_has_any({self.column}, {of_side}) THEN '{self.further_label}' ELSE '{self.unknown_label}' END"
        )


def country_of(region_code: str) -> str:
    """ISO code of the country of a region: its first two letters, but for Greece and the United Kingdom in NUTS."""
    prefix = region_code[:2].upper()
    return _NUTS_PREFIXES.get(prefix, prefix) if prefix.isalpha() else ""
