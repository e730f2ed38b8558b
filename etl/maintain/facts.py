"""The CSV files of the data folder in memory: read, changed together, checked as the build does, and written."""

import difflib
import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from etl.errors import InputError, Problem
from etl.extract import extract
from etl.file_set import Replacement, finish_interrupted, replace_together
from etl.files import link_or_copy
from etl.maintain.sheets import Sheet, StoredRow
from etl.pipeline import BuildSummary, Inputs, check, no_report
from etl.references import WHOLE_ROW
from etl.schema import declared_schema
from etl.transform import join_key

THEME_RULE = "theme_rule.toml"


@dataclass(frozen=True)
class Citation:
    """A source and the place in it that states a fact."""

    source_id: str
    locator: str


@dataclass(frozen=True)
class ChangedFile:
    """A file as it was read and as it would be written; ``before`` is None for a new file."""

    name: str
    before: bytes | None
    after: bytes


class Facts:
    """The tables of the data folder by name, and the file of the theme rule as text."""

    def __init__(self, inputs: Inputs):
        """Read the files. Raises InputError when one of them cannot be read."""
        if not inputs.data_dir.is_dir():
            fix = "Name the folder of the CSV files."
            raise InputError([Problem(inputs.display_path, None, None, None, "there is no such folder", fix)])
        finish_interrupted(inputs.data_dir)
        self.inputs = inputs
        self.schema = declared_schema()
        texts, problems = extract(inputs.data_dir, self.schema, inputs.display_path)
        if problems:
            raise InputError(problems)
        prefix = f"{inputs.display_path}/"
        self.sheets = {
            name: Sheet(self.schema.tables[name], inputs.data_dir / text.file.removeprefix(prefix), text)
            for name, text in texts.items()
        }
        rule = inputs.data_dir / THEME_RULE
        self._rule_before = rule.read_bytes() if rule.is_file() else None
        self.theme_rule = (self._rule_before or b"").decode("utf-8")

    def rows(self, table: str) -> Iterator[Mapping[str, str]]:
        """The rows of a table as text, in the order of the file."""
        return (row.cells for row in self.sheets[table].rows)

    def record(self, table: str, record_id: str) -> Mapping[str, str] | None:
        """The row with this key, or None."""
        row = self.sheets[table].find(record_id)
        return row.cells if row else None

    def add(self, table: str, /, **cells: str) -> str:
        """Add a row, columns that are not named blank. Returns its record id."""
        sheet = self.sheets[table]
        return sheet.record_id(sheet.add(cells).cells)

    def change(self, table: str, record_id: str, /, **cells: str) -> None:
        """Change cells of a row. KeyError when there is no such row."""
        self.sheets[table].change(self._existing(table, record_id), cells)

    def drop(self, table: str, record_id: str) -> None:
        """Remove a row. KeyError when there is no such row."""
        self.sheets[table].remove(self._existing(table, record_id))

    def _existing(self, table: str, record_id: str) -> StoredRow:
        row = self.sheets[table].find(record_id)
        if row is None:
            raise KeyError(f"{self.sheets[table].file} has no record {record_id}")
        return row

    def cite(self, table: str, record_id: str, citations: Iterable[Citation], field: str = WHOLE_ROW) -> None:
        """Add the citations of a row, or of one of its fields, that are not there yet."""
        for citation in citations:
            cells = {
                "table_name": table,
                "record_id": record_id,
                "field": field,
                "source_id": citation.source_id,
                "locator": citation.locator,
            }
            if self.record("citations", join_key(cells.values())) is None:
                self.add("citations", **cells)

    def citations_of(self, table: str, record_id: str, field: str = WHOLE_ROW) -> list[Citation]:
        """The citations of a row, or of one of its fields."""
        rows = self.sheets["citations"].where(table_name=table, record_id=record_id, field=field)
        return [Citation(row.cells["source_id"], row.cells["locator"]) for row in rows]

    def drop_citations(self, table: str, record_id: str, field: str | None = None) -> None:
        """Remove the citations of a row, or those of one of its fields only."""
        sheet = self.sheets["citations"]
        for row in list(sheet.where(table_name=table, record_id=record_id)):
            if field in (None, row.cells["field"]):
                sheet.remove(row)

    def add_cited(self, table: str, citations: Iterable[Citation], /, **cells: str) -> str:
        """Add a row with its citations. Returns its record id."""
        record_id = self.add(table, **cells)
        self.cite(table, record_id, citations)
        return record_id

    def missing(self, table: str, record_id: str, field: str, reason: str) -> None:
        """Say why a field is blank."""
        self.add("missing_values", table_name=table, record_id=record_id, field=field, reason=reason)

    def changed(self) -> list[ChangedFile]:
        """The files that would be written, sorted by name."""
        pairs = [(sheet.path, sheet.original, sheet.content()) for sheet in self.sheets.values()]
        pairs.append((self.inputs.data_dir / THEME_RULE, self._rule_before, self.theme_rule.encode()))
        return sorted(
            (
                ChangedFile(path.relative_to(self.inputs.data_dir).as_posix(), before, after)
                for path, before, after in pairs
                # A table without rows may have no file, and none is made for it.
                if before != after and not (before is None and after.count(b"\n") <= 1)
            ),
            key=lambda file: file.name,
        )

    def diff(self) -> Iterator[str]:
        """Lines that show, file by file, the rows that go and come."""
        for file in self.changed():
            before, after = (text.decode("utf-8").splitlines() for text in (file.before or b"", file.after))
            name = f"{self.inputs.display_path}/{file.name}"
            yield from difflib.unified_diff(before, after, name, name, n=0, lineterm="")

    def verify(self, report: Callable[[str], None] = no_report) -> BuildSummary:
        """Check the changed files as a build does, in a temporary copy of the folder. Raises InputError."""
        with tempfile.TemporaryDirectory(prefix="clusters-") as folder:
            copy = Path(folder)
            changed = {file.name: file.after for file in self.changed()}
            (copy / "lookups").mkdir()
            for path in (*self.inputs.data_dir.iterdir(), *(self.inputs.data_dir / "lookups").glob("*")):
                name = path.relative_to(self.inputs.data_dir).as_posix()
                if name not in changed and name != "lookups" and not name.startswith("."):
                    link_or_copy(path, copy / name)
            for name, content in changed.items():
                (copy / name).write_bytes(content)
            return check(replace(self.inputs, data_dir=copy), report)

    def write(self) -> None:
        """Write all changed files or none. Raises EtlError."""
        replace_together(
            self.inputs.data_dir,
            {
                file.name: Replacement(
                    file.after, None if file.before is None else hashlib.sha256(file.before).hexdigest()
                )
                for file in self.changed()
            },
        )
