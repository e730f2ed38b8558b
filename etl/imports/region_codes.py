"""The one code under which a region of a file is known here, whatever way of writing the file uses.

`EL`, `UK` and `GR30` follow ISO 3166-1 for countries and NUTS for regions; `de11` is DE11; `1`, `01`, `AL` and
`Alabama` of the United States are US-AL; a NUTS code that another version wrote differently is the code that
data/lookups/regions.csv has.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from etl.imports.lookups import Lookups
from etl.imports.nuts_versions import NutsChanges
from etl.iso_codes import ISO_CODE_OF

US = "US"
# What stands before a code unseen, in files put together of several, or to keep a spreadsheet from changing it.
_STRIPPED = "\ufeff\u200b\u200c\u200d\u2060'\u2019 \t\u00a0"
# ISO 3166-1 to what NUTS writes.
NUTS_PREFIX = {iso: eu for eu, iso in ISO_CODE_OF.items()}
# Region and country as the file writes them.
Written = tuple[str, str]
_NUTS = re.compile(r"[A-Z]{2}[A-Z0-9]{1,3}")
_ISO_3166_2 = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
# Also as a program wrote it that took the column for numbers: 1.0.
_FIPS = re.compile(r"([0-9]{1,2})(?:\.0)?")
_COUNTY = re.compile(r"([0-9]{4,5})(?:\.0)?")


def is_nuts(code: str) -> bool:
    """Whether a code has the form of a NUTS region of level 1 to 3."""
    return bool(_NUTS.fullmatch(code))


def iso_country(text: str) -> str:
    """Code of ISO 3166-1 for the code of a country, in capitals."""
    code = text.strip().upper()
    return ISO_CODE_OF.get(code, code)


def known_codes(written: Iterable[Written], lookups: Lookups, changes: NutsChanges) -> dict[Written, str]:
    """(region, country) as written -> code of the region. Codes that are not known stay as they are written."""
    codes = {(region, country): _known_code(_tidy(region), country, lookups, changes) for region, country in written}
    spellings: dict[str, set[str]] = defaultdict(set)
    for code in codes.values():
        spellings[code.casefold()].add(code)
    # Codes of the user's own that differ in capitals only are one region too; the first in order stands for all.
    chosen = {key: min(same) for key, same in spellings.items()}
    return {
        pair: chosen[code.casefold()] if len(spellings[code.casefold()]) > 1 else code for pair, code in codes.items()
    }


def _known_code(region: str, country: str, lookups: Lookups, changes: NutsChanges) -> str:
    stated = iso_country(country)
    # Before the countries, because AL of the United States is Alabama and not Albania.
    if stated == US and (part := _us_state(region, lookups) or _us_county(region, lookups)):
        return part
    if not region or region in lookups.regions or region in lookups.countries:
        return region
    code = region.upper()
    if code in ISO_CODE_OF and stated in ("", ISO_CODE_OF[code]):
        return ISO_CODE_OF[code]
    if (nuts := NUTS_PREFIX.get(code[:2])) and is_nuts(code):
        code = nuts + code[2:]
    folded = lookups.region_of_any_case(code) or lookups.region_of_any_case(code.replace(" ", ""))
    if folded:
        return folded
    if stated and lookups.country_of_name(region) == stated:
        return stated
    belongs = stated in ("", iso_country(code[:2]))
    if code in lookups.countries and belongs:
        return code
    if not belongs or not (is_nuts(code) or _ISO_3166_2.fullmatch(code)):
        return region
    same = changes.same(code)
    return next((other for other in same if other in lookups.regions), same[-1])


def _tidy(region: str) -> str:
    """The text without what is unseen or an apostrophe before it, and with single spaces."""
    return " ".join(region.lstrip(_STRIPPED).split())


def _us_county(region: str, lookups: Lookups) -> str | None:
    """The five digits of a county of a state, of which a spreadsheet may have dropped the first zero."""
    county = _COUNTY.fullmatch(region)
    digits = county[1].zfill(5) if county else ""
    return digits if digits[:2] in lookups.fips else None


def _us_state(region: str, lookups: Lookups) -> str | None:
    """The state or territory that a FIPS code, the two letters of the post or a name stands for; None for others."""
    if fips := _FIPS.fullmatch(region):
        return lookups.fips.get(fips[1].zfill(2))
    code = f"{US}-{region.upper()}"
    return code if code in lookups.regions else lookups.us_states.get(region.casefold())


def sentences(codes: dict[Written, str], changes: NutsChanges) -> list[str]:
    """What was read under another code, for the report; at most one sentence."""
    changed = sorted({(_tidy(region), code) for (region, _), code in codes.items() if _tidy(region) != code})
    if not changed:
        return []
    shown = ", ".join(f"{region} as {code}{_why(region, code, changes)}" for region, code in changed[:5])
    more = f" and {len(changed) - 5:,} more" if len(changed) > 5 else ""
    return [f"Codes of regions were read as those known here: {shown}{more}."]


def _why(region: str, code: str, changes: NutsChanges) -> str:
    if region.upper() == code or code not in changes.same(region.upper()):
        return ""
    return f" (the code of {changes.version_of(code)} for the same territory)"
