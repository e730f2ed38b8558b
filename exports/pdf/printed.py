"""The HTML report printed to PDF: tagged, with outline, page numbers in its contents, and its title and release."""

import base64
import io
from collections.abc import Mapping
from typing import Any

import kaleido
from choreographer import Tab
from choreographer.utils import TmpDirectory
from pypdf import PdfReader, PdfWriter

from domain.progress import Progress, no_progress
from exports.content import Content
from exports.html.report import report
from exports.images.render import in_browser
from exports.images.render import unavailable_reason as image_unavailable_reason

MIME = "application/pdf"
TIMEOUT_SECONDS = 180  # a report takes about five, with the annex of everything thirty
MAX_PRINTS = 4  # until the page numbers of the contents are those of the pages
NO_BROWSER = (
    "The PDF needs Chromium or Chrome on the machine that runs the dashboard, and none was found. Install one "
    "('sudo apt-get install -y chromium') or set CHROME_PATH, or print the HTML report in your own browser."
)
_OPTIONS = {
    "preferCSSPageSize": True,
    "printBackground": True,
    "generateTaggedPDF": True,
    "generateDocumentOutline": True,
}
# Resolves when every chart has its picture for paper; the polling is that of a page that has no event for it.
_DRAWN = """new Promise(done => {
  const look = () => document.documentElement?.dataset.charts === "drawn" ? done(true) : setTimeout(look, 20);
  look();
})"""
_NUMBERS = """((pages) => {
  for (const box of document.querySelectorAll("[data-page-of]")) box.textContent = pages[box.dataset.pageOf] ?? "00";
})"""
# What the head of the report tells of it, by name.
_HEAD = 'Object.fromEntries([...document.querySelectorAll("meta[name]")].map(one => [one.name, one.content]))'


class PdfError(Exception):
    """The report could not be printed; the message says why."""


def unavailable_reason() -> str | None:
    """Why no PDF can be made, as a message for the reader; None if one can."""
    return NO_BROWSER if image_unavailable_reason() else None


def pdf(content: Content, progress: Progress = no_progress) -> bytes:
    """The report as PDF. Raises ImageExportError where there is no browser or it does not answer in time."""
    page = report(content, lambda part, step: progress(part * 0.4, step))
    progress(0.4, "Printing the pages")
    file = print_report(page)
    progress(1.0, "Done")
    return file


def print_report(page: bytes) -> bytes:
    """The HTML of a report as PDF, by the one browser of this process. Raises ImageExportError as ``pdf`` does."""
    return _described(*in_browser(lambda client: _print(client, page), TIMEOUT_SECONDS, "PDF"))


async def _print(client: kaleido.Kaleido, page: bytes) -> tuple[bytes, Mapping[str, str]]:
    """The page as PDF, printed again until the page numbers in its contents are right; and what its head tells."""
    folder = TmpDirectory(sneak=client.is_isolated())
    tab: Tab | None = None
    try:
        file = folder.path / "report.html"
        file.write_bytes(page)
        tab = await client.create_tab(window=True)
        await _ask(tab, "Page.navigate", {"url": file.as_uri()})
        await _evaluate(tab, _DRAWN)
        pages: Mapping[str, int] = {}
        for _ in range(MAX_PRINTS):
            await _evaluate(tab, f"{_NUMBERS}({_as_object(pages)})")
            printed = base64.b64decode((await _ask(tab, "Page.printToPDF", _OPTIONS))["data"])
            found = page_numbers(printed)
            if found == pages:
                return printed, await _evaluate(tab, _HEAD)
            pages = found
        raise PdfError("the page numbers of the contents did not settle")
    finally:
        if tab is not None:
            await client.close_tab(tab.target_id)
        folder.clean()


def page_numbers(printed: bytes) -> dict[str, int]:
    """{anchor: page, from 1} of every place that a link within the PDF leads to."""
    reader = PdfReader(io.BytesIO(printed))
    found = {name: reader.get_destination_page_number(place) for name, place in reader.named_destinations.items()}
    return {name.removeprefix("/"): number + 1 for name, number in found.items() if number is not None}


def _as_object(pages: Mapping[str, int]) -> str:
    """The numbers as an object of JavaScript. Anchors are made of letters, digits, hyphens and underscores."""
    return "{" + ", ".join(f'"{anchor}": {number}' for anchor, number in pages.items()) + "}"


async def _evaluate(tab: Tab, expression: str) -> Any:
    """The value of an expression in the page, when it is there."""
    options = {"expression": expression, "awaitPromise": True, "returnByValue": True}
    answer = await _ask(tab, "Runtime.evaluate", options)
    if "exceptionDetails" in answer:
        raise PdfError(f"the report could not be drawn: {answer['exceptionDetails'].get('text', '')}")
    return answer["result"].get("value")


async def _ask(tab: Tab, command: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of the browser to a command of its DevTools protocol."""
    answer = await tab.send_command(command, dict(params))
    if "error" in answer:
        raise PdfError(f"{command}: {answer['error'].get('message', answer['error'])}")
    result: dict[str, Any] = answer["result"]
    return result


def _described(printed: bytes, head: Mapping[str, str]) -> bytes:
    """The PDF with author, filters and release among its properties, and its day instead of the time of printing."""
    writer = PdfWriter(clone_from=io.BytesIO(printed))
    writer.pdf_header = "%PDF-1.7"  # tags need more than the version that pypdf writes
    stamp = f"D:{head['date'].replace('-', '')}000000+00'00'"
    writer.add_metadata(
        {
            "/Author": head["author"],
            "/Subject": head["description"],
            "/Keywords": head["keywords"],
            "/Creator": head["generator"],
            "/CreationDate": stamp,
            "/ModDate": stamp,
        }
    )
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
