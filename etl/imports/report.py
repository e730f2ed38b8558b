"""The report of an import or of a check: as lines for the terminal, and as JSON for the page that checks a file."""

import json
from typing import Any

from etl.errors import EtlError
from etl.imports.manifest import FOLDER
from etl.imports.rejects import RejectLog
from etl.imports.run import ImportSummary

Line = tuple[str, str]


def lines_of(summary: ImportSummary) -> list[Line]:
    """Name and value of each line about what was read and what was not."""
    manifest = summary.manifest
    return [
        ("rows read", f"{manifest.rows_read:,}"),
        ("rows imported", f"{manifest.rows_imported:,}"),
        *((f"  {name}", value) for name, value in summary.preview.reach.items()),
        ("rows not imported", f"{manifest.rows_rejected:,}"),
        *((f"  {reason}", _count(summary.reject_log, reason, count)) for reason, count in manifest.rejected.items()),
        ("licence", manifest.licence),
    ]


def replaced_sentence(summary: ImportSummary) -> str:
    """What the import replaces, as a sentence; '' where it replaces nothing."""
    if summary.replaces is None:
        return ""
    same = summary.replaces.input_sha256 == summary.manifest.input_sha256
    again = ", which is the same file" if same else ""
    return f"The name '{summary.manifest.name}' is taken by {summary.replaces.described}{again}."


def _count(log: RejectLog, reason: str, count: int) -> str:
    lines = log.first_lines(reason)
    if not lines:
        return f"{count:,}"
    more = " …" if count > len(lines) else ""
    return f"{count:,}, line{'s' if count > 1 else ''} {', '.join(map(str, lines))}{more}"


def checked_as_json(summary: ImportSummary) -> str:
    """The report of a check: what would be read, what not and why, and the first rows."""
    manifest, log = summary.manifest, summary.reject_log
    report: dict[str, Any] = {
        "accepted": True,
        "rows_read": manifest.rows_read,
        "rows_imported": manifest.rows_imported,
        "rows_rejected": manifest.rows_rejected,
        "reasons": [
            {"reason": reason, "count": count, "lines": log.first_lines(reason)}
            for reason, count in manifest.rejected.items()
        ],
        "notes": log.notes,
        "reach": summary.preview.reach,
        "columns": summary.preview.columns,
        "rows": summary.preview.rows,
    }
    return json.dumps(report, ensure_ascii=False)


def refused_as_json(error: EtlError) -> str:
    """The report of a file that is refused: the message."""
    return json.dumps({"accepted": False, "message": str(error)}, ensure_ascii=False)


def rejected_file(summary: ImportSummary, folder_name: str) -> str:
    """Where the invalid lines are listed, as a sentence; '' where there are none."""
    if not summary.reject_log.rejections:
        return ""
    return f"All invalid lines are listed in {folder_name}/{FOLDER}/{summary.manifest.name}.rejected.csv."
