"""Reads a printed report back with pypdf: what is wrong with its pages, contents and links."""

import io
import re
import unicodedata
from collections.abc import Iterator

from pypdf import PdfReader

from exports.content import Content

CONTENTS_PAGE = 2


def squeezed(text: str) -> str:
    """Letters and digits alone: on paper words are broken into lines and fi may be one sign."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


class Printed:
    """A PDF: its pages as squeezed text, its outline and its links."""

    def __init__(self, file: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(file))
        self.pages = [squeezed(page.extract_text()) for page in self.reader.pages]
        self.addresses = [str(action["/URI"]) for action in self._actions() if "/URI" in action]

    def _actions(self) -> Iterator[dict]:
        for page in self.reader.pages:
            for note in page.get("/Annots", ()):
                yield note.get_object().get("/A", {})

    def page_of(self, text: str) -> int | None:
        """Page, from 1, behind the contents, that holds the text; None where none does."""
        wanted = squeezed(text)
        return next((n for n, page in enumerate(self.pages, 1) if n > CONTENTS_PAGE and wanted in page), None)

    def problems(self, content: Content) -> list[str]:
        """What a reader would complain of: empty pages, unnamed ones, wrong page numbers, dead links."""
        return [*self._pages(content), *self._contents(content), *self._links()]

    def _pages(self, content: Content) -> Iterator[str]:
        header = squeezed(f"{content.title} Filter: {content.filter_label}") + squeezed(content.release_line)
        for number, text in enumerate(self.pages, 1):
            ends = f"Page{number}of{len(self.pages)}"
            if ends not in text or squeezed(content.release_line) not in text:
                yield f"page {number} does not name itself or the release"
            if len(text.replace(ends, "")) < len(header) + 100:
                yield f"page {number} is empty"

    def _contents(self, content: Content) -> Iterator[str]:
        """Title, finding and page of each figure stand together in the contents, and the finding on that page."""
        contents = self.pages[CONTENTS_PAGE - 1]
        for step in content.steps:
            if step.card is None:
                if squeezed(step.empty) not in contents:
                    yield f"nothing says that {step.name} is left out"
                continue
            page = self.page_of(f"{step.title} · {step.question} {step.card.title}")
            if page is None and squeezed(step.card.title) not in "".join(self.pages[:CONTENTS_PAGE]):
                yield f"{step.name} is missing"
            if page and squeezed(f"{step.title} {step.card.title} {page}") not in contents:
                yield f"{step.name} is on page {page}, and the contents say something else"

    def _links(self) -> Iterator[str]:
        yield from (f"a dead address: {url}" for url in self.addresses if not re.match(r"https?://[^/]+\.", url))
