"""What a new import of statistics shares with those that are there: nothing may count twice, and nothing unsaid."""

from collections import defaultdict

from domain.text import format_some
from etl.database import fetch_row, fetch_value, sql_literal
from etl.datasets import STATISTICS, read_data_sets
from etl.imports.csv_source import CsvFile
from etl.imports.manifest import FOLDER, Manifest, read_manifests
from etl.imports.nuts_versions import read_nuts_changes
from etl.imports.region_codes import iso_country
from etl.imports.rejects import RejectLog
from etl.imports.run import ImportContext
from etl.imports.template_regions import HAS_FIGURE, counts_as_region, nested

MAX_COUNTRIES = 6  # that a note names
_KEY = "region_code, traded_cluster_id, year"


def validate_beside_others(context: ImportContext, file: CsvFile, relation: str, reject_log: RejectLog) -> None:
    """Raise InputError when another import has the same rows or territory; note the regions that both have.

    relation: the rows of this import, in SQL.
    """
    for manifest in _others(context):
        other = sql_literal(context.data_dir / FOLDER / f"{manifest.name}.parquet")
        shown = f"the import '{manifest.name}' ({manifest.input_file}, {manifest.imported_on.isoformat()})"
        _validate_no_common_rows(context, file, relation, other, (shown, manifest.name))
        _validate_no_common_territory(context, file, relation, other, (shown, manifest.name))
        count, first = fetch_row(
            context.connection,
            f"SELECT count(DISTINCT region_code), min(region_code) FROM {relation} "
            f"SEMI JOIN {other} USING (region_code)",
        )
        if count:
            others = f" and {count - 1:,} more" if count > 1 else ""
            reject_log.notes.append(
                f"Shared with {shown}: {first}{others}, for other industries or years. Both imports are shown."
            )


def note_shipped(context: ImportContext, relation: str, reject_log: RejectLog) -> None:
    """Note the shipped data sets whose figures of a country, scheme of industries and period the import replaces."""
    data_sets, _ = read_data_sets(context.data_dir, context.data_dir.name)
    for data_set in data_sets:
        if data_set.format != STATISTICS:
            continue
        file = f"read_csv({sql_literal(data_set.files['regional_statistics'])}, header = true, all_varchar = true)"
        theirs = _held(context, f"SELECT DISTINCT region_code, industry_id FROM {file}")
        period = sql_literal(data_set.period)
        own = _held(context, f"SELECT DISTINCT region_code, traded_cluster_id FROM {relation} WHERE year = {period}")
        if countries := sorted({country for country, _ in theirs & own}):
            shown = format_some(countries, MAX_COUNTRIES)
            reject_log.notes.append(
                f"Takes the place of the shipped data set {data_set.name} (period {data_set.period}) for {shown}."
            )


def _held(context: ImportContext, sql: str) -> set[tuple[str, str]]:
    """(country, scheme of industries) of pairs of region and industry."""
    lookups = context.lookups
    divisions = set(lookups.divisions.values())
    return {
        (lookups.regions.get(region) or iso_country(region[:2]), "divisions" if industry in divisions else "clusters")
        for region, industry in context.connection.execute(sql).fetchall()
        if industry in divisions or industry in lookups.clusters
    }


def _others(context: ImportContext) -> list[Manifest]:
    manifests, _ = read_manifests(context.data_dir, context.data_dir.name)
    return [
        manifest
        for manifest in manifests
        if manifest.name != context.request.name
        # Only an import of statistics has regions.
        and (context.data_dir / FOLDER / f"{manifest.name}.regions.parquet").is_file()
    ]


def _validate_no_common_rows(
    context: ImportContext, file: CsvFile, relation: str, other: str, names: tuple[str, str]
) -> None:
    overlap = f"{relation} SEMI JOIN {other} USING ({_KEY})"
    if not (rows := fetch_value(context.connection, f"SELECT count(*) FROM {overlap}")):
        return
    shown, name = names
    region, cluster, year = fetch_row(context.connection, f"SELECT {_KEY} FROM {overlap} ORDER BY ALL LIMIT 1")
    are = "row is" if rows == 1 else "rows are"
    rule = (
        f"{rows:,} {are} for a region, industry and year that {shown} has already, such as {region}, {cluster}, {year}"
    )
    file.reject(rule, f"Leave them out, or remove that one: python -m etl import --remove {name}.")


def _validate_no_common_territory(
    context: ImportContext, file: CsvFile, relation: str, other: str, names: tuple[str, str]
) -> None:
    own, theirs = (_regions_by_year(context, source) for source in (relation, other))
    changes = read_nuts_changes(context.data_dir)
    shown, name = names
    for year in sorted(own.keys() & theirs.keys()):
        together = own[year] | theirs[year]
        pairs = nested(together, context.lookups.fips) + changes.overlaps(together)
        for one, two in pairs:
            if (one in own[year]) is (two in own[year]) and (one in theirs[year]) is (two in theirs[year]):
                continue  # both in one of the imports, which was checked by itself
            mine, foreign = (one, two) if one in own[year] else (two, one)
            rule = f"{mine} covers territory of {foreign}, which {shown} has for {year} too: it would count twice"
            file.reject(rule, f"Use one level and version of regions, or remove that one: --remove {name}.")


def _regions_by_year(context: ImportContext, relation: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    rows = context.connection.execute(
        f"SELECT DISTINCT year, region_code FROM {relation} WHERE {HAS_FIGURE}"
    ).fetchall()
    for year, code in rows:
        if counts_as_region(code, context.lookups):
            found[year].add(code)
    return found
