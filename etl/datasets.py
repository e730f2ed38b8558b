"""Data sets that ship with the project: data/datasets/<name>/ holds a card, dataset.toml, and a CSV file per table.

The card says what the data set is and which sources of data/sources.csv it rests on; the files are named after the
tables that they fill. `etl.dataset_loading` loads them.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.constraint_messages import SLUG
from etl.errors import Problem
from etl.extract import did_you_mean
from etl.files import file_hash

FOLDER = "datasets"
CARD = "dataset.toml"
CORDIS, STATISTICS = "cordis", "regional-statistics"
# Format -> tables that it may have files for, in the order of loading; the first file of REQUIRED must be there.
TABLES = {
    STATISTICS: ("regional_statistics", "statistics_totals"),
    CORDIS: ("horizon_projects", "horizon_participations"),
}
REQUIRED = {STATISTICS: ("regional_statistics",), CORDIS: ("horizon_projects", "horizon_participations")}
PERIOD = r"\d{4}(-\d{4})?"
GIVES = ("figures", "definitions", "names")
_TEXT_KEYS = ("format", "title", "period", "attribution", "method", "estimated")
_SOURCE_KEYS = ("source_id", "gives", "locator")


@dataclass(frozen=True)
class DataSetSource:
    """A source of a data set. gives: one of GIVES; locator: where in the source."""

    source_id: str
    gives: str
    locator: str


@dataclass(frozen=True)
class DataSet:
    """The card of a data set and its files (table -> path). name: its folder; folder: that for messages."""

    name: str
    folder: str
    format: str
    title: str
    period: str
    attribution: str
    method: str
    estimated: str
    sources: tuple[DataSetSource, ...]
    files: dict[str, Path]

    @property
    def source_id(self) -> str:
        """Id of the source of its figures."""
        return next(source.source_id for source in self.sources if source.gives == "figures")


def read_data_sets(data_dir: Path, display_path: str) -> tuple[list[DataSet], list[Problem]]:
    """The data sets sorted by name, and the problems of cards and folders. Rows are verified when they are loaded."""
    data_sets: list[DataSet] = []
    problems: list[Problem] = []
    for folder in _folders(data_dir):
        name = f"{display_path}/{FOLDER}/{folder.name}"
        found = _read(folder, name)
        if isinstance(found, DataSet):
            data_sets.append(found)
        else:
            problems += found
    return data_sets, problems


def data_set_hashes(data_dir: Path) -> dict[str, str]:
    """Path -> SHA-256 of every card and file of a data set."""
    return {
        f"data/{FOLDER}/{folder.name}/{path.name}": file_hash(path)
        for folder in _folders(data_dir)
        for path in sorted(folder.iterdir())
        if path.is_file()
    }


def replaced_sentence(import_name: str, rows: int, data_set: str, countries: list[str]) -> str:
    """What an import takes the place of: "… of 6 rows of the shipped data set figures (US)."."""
    where = f" ({', '.join(countries)})" if countries else ""
    return f"The import {import_name} takes the place of {rows:,} rows of the shipped data set {data_set}{where}."


def _folders(data_dir: Path) -> list[Path]:
    return sorted(path for path in (data_dir / FOLDER).glob("*") if path.is_dir())


def _read(folder: Path, name: str) -> DataSet | list[Problem]:
    card = f"{name}/{CARD}"
    if not re.fullmatch(SLUG, folder.name):
        fix = "Rename it with lower-case letters and digits joined by single hyphens."
        return [Problem(name, None, None, None, "the name of the folder is not a name of a data set", fix)]
    if not (folder / CARD).is_file():
        return [Problem(card, None, None, None, "the file is missing", "Add the card; data/README.md describes it.")]
    try:
        values = tomllib.loads((folder / CARD).read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [Problem(card, None, None, None, f"it is not valid TOML: {error}", "Correct the syntax.")]
    problems = _card_problems(values, card) or _file_problems(folder, name, values["format"])
    if problems:
        return problems
    sources = tuple(DataSetSource(*(entry[key].strip() for key in _SOURCE_KEYS)) for entry in values["source"])
    files = {path.stem: path for path in folder.glob("*.csv")}
    texts = {key: " ".join(values[key].split()) for key in _TEXT_KEYS}
    return DataSet(folder.name, name, sources=sources, files=files, **texts)


def _card_problems(values: dict[str, Any], card: str) -> list[Problem]:
    problems = _keys(values, (*_TEXT_KEYS, "source"), card, "the card")
    problems += _texts(values, _TEXT_KEYS, card)
    if isinstance(values.get("format"), str) and values["format"] not in TABLES:
        fix = f"Write one of {', '.join(TABLES)}."
        problems.append(Problem(card, None, "format", values["format"], "is not a format of data sets", fix))
    is_period = re.fullmatch(PERIOD, values["period"]) if isinstance(values.get("period"), str) else True
    if values.get("format") == STATISTICS and not is_period:
        fix = "Write a year, or the first and last year of a mean, such as 2012-2016."
        problems.append(Problem(card, None, "period", values["period"], "is not a period of statistics", fix))
    sources = values.get("source", [])
    if not isinstance(sources, list) or not all(isinstance(entry, dict) for entry in sources):
        fix = "Begin each source with a line [[source]]."
        return [*problems, Problem(card, None, "source", None, "is not a list of sources", fix)]
    for entry in sources:
        problems += _keys(entry, _SOURCE_KEYS, card, "a source") + _texts(entry, _SOURCE_KEYS, card)
        if entry.get("gives") not in (*GIVES, None):
            fix = f"Write one of {', '.join(GIVES)}."
            problems.append(Problem(card, None, "gives", str(entry["gives"]), "is not what a source gives", fix))
    if "source" in values and sum(entry.get("gives") == "figures" for entry in sources) != 1:
        fix = 'Write gives = "figures" in exactly one [[source]]: the rows name it as their source.'
        problems.append(Problem(card, None, "source", None, "there is not exactly one source of the figures", fix))
    return problems


def _keys(values: dict[str, Any], expected: tuple[str, ...], card: str, of: str) -> list[Problem]:
    """A problem for each key that is missing or unknown."""
    missing = [
        Problem(card, None, key, None, f"{of} lacks the key", "Add it; data/README.md describes it.")
        for key in expected
        if key not in values
    ]
    unknown = [
        Problem(card, None, key, None, f"{of} has no such key", f"Remove it{did_you_mean(key, list(expected))}.")
        for key in values
        if key not in expected
    ]
    return missing + unknown


def _texts(values: dict[str, Any], keys: tuple[str, ...], card: str) -> list[Problem]:
    """A problem for each of these values that is there and no text, or blank."""
    return [
        Problem(card, None, key, None, "is not text, or it is blank", "Write a text in quotes.")
        for key in keys
        if key in values and not (isinstance(values[key], str) and values[key].strip())
    ]


def _file_problems(folder: Path, name: str, kind: str) -> list[Problem]:
    files = {path.stem for path in folder.glob("*.csv")}
    missing = [
        Problem(f"{name}/{table}.csv", None, None, None, "the file is missing", f"A data set of {kind} needs it.")
        for table in REQUIRED[kind]
        if table not in files
    ]
    known = list(TABLES[kind])
    unknown = [
        Problem(
            f"{name}/{table}.csv",
            None,
            None,
            None,
            f"a data set of {kind} has no file of this name",
            f"Rename it{did_you_mean(table, known)} or remove it.",
        )
        for table in sorted(files - set(known))
    ]
    return missing + unknown
