"""The regions of a template file: known ones under their country, and the new ones that it adds."""

from pathlib import Path
from typing import NoReturn

from etl.database import fetch_value, sql_literal
from etl.errors import MAX_PROBLEMS, InputError, Problem
from etl.imports.csv_source import CsvFile, first_lines
from etl.imports.run import ImportContext
from etl.imports.statistics_rules import Region, create_states, write_regions
from etl.iso_codes import ISO_CODE_OF

# Regions of the template begin with this: its numbers are made up and must never be shown as data.
MADE_UP = "example"
# ISO 3166-1 to what NUTS writes: the same region would be there twice.
_NUTS_PREFIX = {iso: eu for eu, iso in ISO_CODE_OF.items()}


def with_state_codes(context: ImportContext, parquet: Path) -> Path:
    """The Parquet file with US states under ISO 3166-2, not FIPS codes; spreadsheets drop the leading zero of these."""
    is_fips = "strlen(region_code) <= 2 AND upper(trim(country)) = 'US' AND regexp_full_match(region_code, '[0-9]+')"
    if not fetch_value(context.connection, f"SELECT count(*) FROM {sql_literal(parquet)} WHERE {is_fips}"):
        return parquet
    create_states(context)
    target = parquet.with_name("with_state_codes.parquet")
    context.connection.execute(
        f"COPY (SELECT p.* REPLACE (CASE WHEN {is_fips} THEN coalesce(state_code, region_code) ELSE region_code END "
        f"AS region_code) FROM {sql_literal(parquet)} p LEFT JOIN states ON fips_code = lpad(region_code, 2, '0')) "
        f"TO {sql_literal(target)}"
    )
    return target


def template_regions(context: ImportContext, file: CsvFile, parquet: Path) -> Path:
    """Path of a Parquet file of the regions that are new. Raises InputError when a region or country is not valid."""
    rows = context.connection.execute(
        "SELECT region_code, list(DISTINCT upper(trim(country))) FILTER (trim(country) <> '') AS countries, "
        "coalesce(max(nullif(trim(region_name), '')), region_code) AS name "
        f"FROM {sql_literal(parquet)} GROUP BY region_code ORDER BY region_code"
    ).fetchall()
    problems: list[tuple[str, str, str]] = []
    new: list[Region] = []
    for code, countries, name in rows:
        stated = sorted({ISO_CODE_OF.get(country, country) for country in countries or ()})
        is_country = code in context.lookups.countries
        country = code if is_country else context.lookups.regions.get(code)
        if problem := _problem(context, code, stated, country):
            problems.append((code, *problem))
        elif is_country:
            new.append((code, context.lookups.country_names[code], code, "country"))
        elif not country:
            new.append((code, name, stated[0], "region"))
    codes = [code for code, *_ in rows]
    problems += _nested(set(codes) - context.lookups.countries) + _other_capitals(codes, context)
    if problems:
        _reject_regions(file, problems)
    return write_regions(context, new)


def _problem(context: ImportContext, code: str, stated: list[str], known: str | None) -> tuple[str, str] | None:
    """Rule and fix of the first problem of a region; stated: its countries in the file; known: that of the lookups."""
    if code.lower().startswith(MADE_UP):
        return (
            "is a made-up region of the template",
            "Put your own numbers in its place; those of the template are not data.",
        )
    if code in ISO_CODE_OF:
        return (
            f"is not the code of ISO 3166-1 for this country, {ISO_CODE_OF[code]}",
            f"Write {ISO_CODE_OF[code]} for the country as a whole.",
        )
    if (nuts := _NUTS_PREFIX.get(code[:2])) and _is_nuts(code):
        return f"is not a NUTS code: those of this country begin with {nuts}", f"Write {nuts}{code[2:]}."
    if len(stated) > 1:
        return f"has several countries, {', '.join(stated)}", "Give each region one country."
    return _country_problem(context, code, stated, known)


def _country_problem(context: ImportContext, code: str, stated: list[str], known: str | None) -> tuple[str, str] | None:
    if unknown := [country for country in stated if country not in context.lookups.countries]:
        return (
            f"has the unknown country '{unknown[0]}'",
            "Write the two letters of ISO 3166-1; a new country needs a row in data/lookups/countries.csv.",
        )
    if known and stated and stated != [known]:
        return f"is a region of {known}, not of {stated[0]}", "Correct the region or the country."
    if not known and not stated:
        near = context.lookups.nearest_region(code)
        hint = f"Did you mean '{near}'? Otherwise fill" if near else "Fill"
        return "is not in data/lookups/regions.csv and has no country", f"{hint} in the column country."
    return None


def _nested(regions: set[str]) -> list[tuple[str, str, str]]:
    """NUTS regions that are part of others in the same file: their country would be counted twice."""
    codes = {code for code in regions if _is_nuts(code)}
    return [
        (
            code,
            f"lies in {code[:length]}, which the file has too, so that its country would count twice",
            "Give the regions of one level only, and the country itself under its own code if you have it.",
        )
        for code in sorted(codes)
        for length in range(3, len(code))
        if code[:length] in codes
    ]


def _is_nuts(code: str) -> bool:
    return code[:2].isalpha() and code.isalnum() and 3 <= len(code) <= 5


def _other_capitals(codes: list[str], context: ImportContext) -> list[tuple[str, str, str]]:
    """Codes that differ from another of the file or of the lookups in capitals only: one region would become two."""
    usual = {known.upper(): known for known in sorted(codes, key=str.swapcase)} | {
        known.upper(): known for known in context.lookups.regions
    }
    return [
        (code, f"differs from {usual[code.upper()]} in capitals only", f"Write {usual[code.upper()]}.")
        for code in codes
        if usual[code.upper()] != code
    ]


def _reject_regions(file: CsvFile, problems: list[tuple[str, str, str]]) -> NoReturn:
    lines = first_lines(file, "region", {code for code, *_ in problems[:MAX_PROBLEMS]})
    listed = [
        Problem(file.display_path, lines.get(code), "region", code, rule, fix)
        for code, rule, fix in problems[:MAX_PROBLEMS]
    ]
    if len(problems) > MAX_PROBLEMS:
        rule = f"{len(problems):,} regions are invalid in all"
        listed.append(Problem(file.display_path, None, "region", None, rule, "Correct them too."))
    raise InputError(listed)
