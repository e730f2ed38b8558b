"""Names the files that people take for the template: those of other commands, and tables that need work first."""

import csv
import io

from etl.imports.text_input import TextInput, first_bytes, refuse

_TEMPLATE = "the template of data/imports/README.md"
# Columns by which a file is known (in lower case), what it is, and the cure.
_KNOWN = (
    (
        {"cluster_name_t", "region_code_t"},
        "it is an export of the US Cluster Mapping portal",
        "Import it with: python -m etl import us-cluster-mapping FILE.",
    ),
    (
        {"acronym", "totalcost"},
        "it is a table of projects of CORDIS",
        "Import the whole release with: python -m etl import cordis ZIP_OR_FOLDER.",
    ),
    (
        {"projectid", "ecmaxcontribution"},
        "it is a table of projects of CORDIS",
        "Import the whole release with: python -m etl import cordis ZIP_OR_FOLDER.",
    ),
    (
        {"projectid", "country"},
        "it is a table of participants of CORDIS",
        "Import the whole release with: python -m etl import cordis ZIP_OR_FOLDER.",
    ),
    (
        {"fipstate", "naics"},
        "it is a file of County Business Patterns, which counts by NAICS code and not by traded cluster",
        f"Add its NAICS codes up to traded clusters, and bring the sums into {_TEMPLATE}.",
    ),
    (
        {"fipstate", "empflag"},
        "it is a file of County Business Patterns without traded clusters",
        f"Add its figures up to traded clusters, and bring the sums into {_TEMPLATE}.",
    ),
    (
        {"nace_r2", "geo"},
        "it is an excerpt of a table of Eurostat in a layout of its own",
        f"Download the table as TSV or SDMX-CSV, or bring it into {_TEMPLATE}.",
    ),
    (
        {"geo_id", "naics2017"},
        "it is a table of the US Census Bureau, which counts by NAICS code and not by traded cluster",
        f"Add its NAICS codes up to traded clusters, and bring the sums into {_TEMPLATE}.",
    ),
)
_LINES, _CHARS = 20, 10_000


def refuse_foreign(text: TextInput, required: tuple[str, ...]) -> None:
    """Raise InputError when the file is one of the known others; nothing for a file with the required columns."""
    start = first_bytes(text.path).decode("utf-8-sig", errors="replace")
    lines = [line[:_CHARS] for line in start.split("\n", _LINES)[:_LINES]]
    for number, line in enumerate(lines, start=1):
        for delimiter in (",", ";", "\t"):
            cells = next(csv.reader(io.StringIO(line.strip(), newline=""), delimiter=delimiter), [])
            columns = {cell.strip().lower() for cell in cells}
            if set(required) <= columns:
                return
            for known, what, cure in _KNOWN:
                if known <= columns:
                    raise refuse(text.display_path, what, cure, number)
    if any(line.startswith(("TIME\t", "TIME,", "GEO/TIME")) or "GEO (Codes)" in line for line in lines):
        fix = "Download it as TSV or SDMX-CSV instead: these files are read as they are."
        raise refuse(text.display_path, "it is a sheet of Eurostat's data browser, laid out for reading", fix)
