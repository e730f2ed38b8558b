"""The files an export can be: what each is called, and the function that makes it of the content."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from domain.progress import Progress
from exports import ics as ics_file
from exports.content import Content
from exports.html import report as html_report
from exports.pptx import presentation as pptx_file
from exports.xlsx import sheets as xlsx_file


@dataclass(frozen=True)
class ExportFormat:
    """A kind of file: words for a button, ending, media type, and how it is made. It may raise CancelledError."""

    label: str
    extension: str
    mime: str
    make: Callable[[Content, Progress], bytes]


FORMATS: Mapping[str, ExportFormat] = MappingProxyType(
    {
        "pptx": ExportFormat("Slides (PPTX)", "pptx", pptx_file.MIME, pptx_file.slides),
        "html": ExportFormat("Report (HTML)", "html", "text/html", html_report.report),
        "xlsx": ExportFormat("Workbook (XLSX)", "xlsx", xlsx_file.MIME, xlsx_file.workbook),
        "ics": ExportFormat("Events (ICS)", "ics", ics_file.MIME, ics_file.events_file),
    }
)
