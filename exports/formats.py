"""File formats of an export: label, file name extension, media type, and the function that writes the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from domain.progress import Progress
from exports import ics
from exports.content import Content
from exports.html import report as html_report
from exports.pptx import presentation
from exports.xlsx import sheets


@dataclass(frozen=True)
class ExportFormat:
    """A file format. ``use`` says what it is for.

    ``make`` returns the bytes of the file and lets errors of the progress callback pass.
    """

    label: str
    extension: str
    mime: str
    make: Callable[[Content, Progress], bytes]
    use: str


SLIDES = "pptx"  # the format that a template of an office applies to
FORMATS: Mapping[str, ExportFormat] = MappingProxyType(
    {
        SLIDES: ExportFormat(
            "Slides (PPTX)",
            "pptx",
            presentation.MIME,
            presentation.slides,
            "Slides with charts and tables to edit or copy into your own, in its colours, and notes for the speaker.",
        ),
        "html": ExportFormat(
            "Report (HTML)",
            "html",
            html_report.MIME,
            html_report.report,
            "One file that opens without internet: interactive charts and map, and every register. Ready to print.",
        ),
        "xlsx": ExportFormat(
            "Workbook (XLSX)",
            "xlsx",
            sheets.MIME,
            sheets.workbook,
            "Every register and chart as typed rows, with codebook, sources, filters and licence.",
        ),
        "ics": ExportFormat(
            "Events (ICS)",
            "ics",
            ics.MIME,
            ics.events_file,
            "Dated events for a calendar. An event known only to the month or season spans it and says so.",
        ),
    }
)
