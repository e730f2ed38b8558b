"""The slides as LibreOffice shows them: a page a slide, and something on every page. Left to `make soak`."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from pptx import Presentation

from domain.filters import Filters
from exports.content import gather
from exports.pptx.presentation import slides
from exports.pptx.template import Template

PROGRAMS = ("soffice", "pdftoppm")
WHAT_TO_INSTALL = "apt-get install -y --no-install-recommends libreoffice-impress poppler-utils fonts-liberation"
MIN_INK = 0.003  # of a page; a title alone has more


@pytest.mark.soak
@pytest.mark.skipif(
    any(shutil.which(name) is None for name in PROGRAMS),
    reason=f"needs LibreOffice and poppler: {WHAT_TO_INSTALL}",
)
@pytest.mark.parametrize("has_template", [False, True], ids=["own", "template"])
@pytest.mark.parametrize(
    "filters",
    [Filters(), Filters(sectors=("tc-footwear",), year_from=1999, year_to=1999)],
    ids=["everything", "almost nothing"],
)
def test_every_slide_is_a_page_with_something_on_it(filters, has_template, tmp_path, shipped_database, monkeypatch):
    """The images of the pages stay in the directory of pytest for inspection."""
    monkeypatch.setenv("CLUSTERS_DB", str(shipped_database))
    # As offices have it: the layouts of python-pptx, 4:3.
    template = Template("ours.pptx", saved(Presentation())) if has_template else None
    file = slides(gather(filters, date(2026, 11, 22)), template=template)
    (tmp_path / "slides.pptx").write_bytes(file)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "slides.pptx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    subprocess.run(
        ["pdftoppm", "-r", "50", "-png", str(tmp_path / "slides.pdf"), str(tmp_path / "page")], check=True, timeout=300
    )
    images = sorted(tmp_path.glob("page-*.png"))
    assert len(images) == len(Presentation(io.BytesIO(file)).slides)
    print(f"{len(images)} images in {tmp_path}")
    assert [path.name for path in images if ink(path) < MIN_INK] == []


def saved(presentation) -> bytes:
    """The bytes of a presentation."""
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def ink(path: Path) -> float:
    """Part of a page that is neither white nor the coloured edge at its left."""
    image = Image.open(path).convert("L")
    width, height = image.size
    inner = image.crop((width // 40, 0, width, int(height * 0.9)))
    return sum(inner.histogram()[:200]) / (inner.width * inner.height)
