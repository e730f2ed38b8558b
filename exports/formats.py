"""File formats of an export: label, file name extension, media type, and the function that writes the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from domain.progress import Progress
from exports import ics
from exports.content import Content
from exports.html import report as html_report
from exports.pdf import printed
from exports.pptx import presentation
from exports.xlsx import sheets


@dataclass(frozen=True)
class ExportFormat:
    """A file format. ``use`` says what it is for.

    ``make`` returns the bytes of the file and lets errors of the progress callback pass. ``unavailable_reason`` says
    why this machine cannot make it; None if it can. ``may_have_annex``: the file differs with Content.has_annex.
    """

    label: str
    extension: str
    mime: str
    make: Callable[[Content, Progress], bytes]
    use: str
    unavailable_reason: Callable[[], str | None] = lambda: None
    may_have_annex: bool = False


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
            "A hand-out in one file that opens without internet, with interactive charts and map.",
            may_have_annex=True,
        ),
        "pdf": ExportFormat(
            "Report (PDF)",
            "pdf",
            printed.MIME,
            printed.pdf,
            "The same hand-out to print or send: summary, contents with page numbers, figures, sources.",
            printed.unavailable_reason,
            may_have_annex=True,
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
