"""What else the slides must keep: words, notes, alt texts, hostile text, emptiness, progress."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import pytest
from plotly.validator_cache import ValidatorCache
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx_reading import charts, notes, numbers, read, step, table_rows, words

from cards.sources import source_summary
from charts.bars import count_bars
from charts.dots import side_dots
from domain.filters import Filters
from domain.product import AUTHOR
from domain.progress import CancelledError
from exports.content import gather
from exports.plain_text import clean
from exports.pptx import charts as pptx_charts
from exports.pptx import map as pptx_map
from exports.pptx.notes import spoken
from exports.pptx.presentation import slides
from exports.pptx.text import Box

DAY = date(2026, 11, 22)
# Cards that not every filter of the fixture restricts, and what they say of it.
OTHER_FILTERS = {
    "usa_share": "none applies to this figure",
    "sectors_theme": "side: European Union",
    "opportunities": "Water",
}
HOSTILE = '=HYPERLINK("http://x.test","<b>&amp;\x0b\x00 ]]>")'
LEGIBLE = '=HYPERLINK("http://x.test","<b>&amp; ]]>")'


@pytest.fixture(scope="module")
def content(shipped_database):
    """Everything for water in the EU."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CLUSTERS_DB", str(shipped_database))
        yield gather(Filters(sectors=("water",), sides=("EU",)), DAY)


@pytest.fixture(scope="module")
def file(content) -> bytes:
    """The presentation of it."""
    return slides(content)


def test_title_slide_and_properties(content, file):
    """Title, filters in words, release and day; no person as author."""
    first, properties = words(read(file)[0]), Presentation(io.BytesIO(file)).core_properties
    assert "Water" in content.filter_label and "European Union" in content.filter_label
    for text in (content.title, content.filter_label, content.release_line, "22 November 2026"):
        assert text in first
    assert (properties.title, properties.author) == (content.title, AUTHOR) and properties.language == "en-GB"
    assert content.filter_label in properties.subject and content.release_id in properties.keywords
    assert properties.created == datetime(2026, 11, 22)


def test_every_slide_has_title_notes_footer_and_number(content, file):
    """Titles in their placeholders: they are the outline a screen reader reads."""
    for number, slide in enumerate(read(file), start=1):
        assert slide.shapes.title.text_frame.text, number
        assert notes(slide), number
        kickers = [shape.text_frame.text for shape in slide.shapes if shape.name == "Step"]
        # No filter applies to the share, that by sector alone to opportunities, and none by sector to the sectors.
        is_filtered = not any(text.startswith(("USA share", "What next", "Sectors")) for text in kickers)
        assert (content.filter_label in words(slide)) is is_filtered and content.release_line in words(slide)
        assert len({shape.shape_id for shape in slide.shapes}) == len(slide.shapes)


def test_every_step_is_there_with_short_notes_and_two_sources(content, file):
    """The finding is the title; the notes say it, name the filters and the two sources with most facts."""
    found = read(file)
    for section in content.steps:
        parts = step(found, section.title)
        # The map of the USA has no organisation of the EU, so it would say nothing.
        assert bool(parts) is (section.card is not None and section.name != "map_usa"), section.name
        for slide in parts:
            said = notes(slide)
            stated = OTHER_FILTERS.get(section.name, content.filter_label)
            assert section.card.filter_label == stated and f"Filters: {stated}" in said
            assert (content.filter_label in said) is (section.name not in OTHER_FILTERS)
            assert len(said) < 1600 and said.count("\n\n") in (2, 3)
            spoken, named = said.split("\n\n")[0], said.split("\n\n")[-1]
            assert section.note.split(". ")[0] in spoken
            summaries = pd.concat([source_summary(evidence) for evidence in section.card.all_evidence])
            titles = {clean(title) for title in summaries["title"]}
            assert sum(f"{title} (" in named for title in titles) == min(2, len(titles)), named
            if len(titles) > 2:
                assert f"and {len(titles) - 2} more document" in named and "sheet Sources of the workbook" in named
        if parts:
            title = parts[0].shapes.title.text_frame.text
            if section.name == "headlines":
                assert title == section.question
            elif section.name == "stories":
                assert title.endswith(section.card.title)
            else:
                assert title.startswith(section.card.title)


def test_notes_are_three_to_five_sentences(content):
    """The finding, the three sentences of the step, and what is measured."""
    shares = next(step for step in content.steps if step.name == "usa_share")
    note = "One. Two? Three."
    assert spoken(replace(shares, note=note), shares.card, "Found") == [
        *("Found.", "One.", "Two?", "Three."),
        f"{shares.card.subtitle}.",
    ]
    alone = spoken(replace(shares, note=""), shares.card, "Found")
    assert len(alone) == 3 and alone[-1] == "A missing record does not mean that nothing exists."


def test_steps_then_further_figures_then_sources(file, facts):
    """The slides follow the steps in their order; the appendix is last."""
    kickers = [shape.text_frame.text for s in read(file) for shape in s.shapes if shape.name == "Step"]
    order = list(dict.fromkeys(kickers))
    steps = [row["title"] for row in facts("workshop_steps") if row["title"] in order and row["title"] != "Sources"]
    assert len(steps) >= 6 and order[: len(steps)] == steps
    assert order[-2:] == ["Sources", "About these slides"] and "USA share" in order[len(steps) : -2]


def test_the_appendix_lists_what_the_notes_name(file):
    """Each document once, by its title, with the slides whose notes name it."""
    found = read(file)
    rows = list(table_rows(step(found, "Sources")))
    assert 1 < len(rows) < 30 and len({row[0] for row in rows}) == len(rows)
    for title, _, places, numbers_of_slides in rows:
        assert places and " " in title
        for number in re.findall(r"\d+", numbers_of_slides):
            assert title.removesuffix("…") in notes(found[int(number) - 1])


def test_charts_tables_and_maps_are_native_and_described(file):
    """Alt text on each; no picture anywhere, in the slides or in the file."""
    described = 0
    for slide in read(file):
        for shape in slide.shapes:
            assert shape.shape_type != MSO_SHAPE_TYPE.PICTURE
            if shape.has_chart or shape.has_table or shape.shape_type == MSO_SHAPE_TYPE.GROUP:
                assert len(shape._element.xpath(".//p:cNvPr")[0].get("descr")) > 30
                described += 1
    assert described > 8
    assert not [
        name
        for name in zipfile.ZipFile(io.BytesIO(file)).namelist()
        if name.endswith((".png", ".jpg", ".jpeg", ".emf"))
    ]


def test_maps_name_countries_and_states_within_their_frame(file):
    """Spain and Mexico, each name on its own land and none cut off."""
    texts = {}
    for slide in read(file):
        for shape in slide.shapes:
            if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
                names = [part for part in shape.shapes if part.name.startswith("Name of ")]
                assert all(
                    shape.left <= part.left and part.left + part.width <= shape.left + shape.width for part in names
                )
                texts |= {part.text_frame.text: part for part in names}
    assert {"Spain", "Canada", "Mexico"} <= set(texts)
    assert texts["Mexico"].top > texts["Canada"].top


def test_everything_lies_on_the_slide(file):
    """No table runs off the foot, no box off the side."""
    presentation = Presentation(io.BytesIO(file))
    for slide in presentation.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= presentation.slide_width, shape.name
            assert shape.top >= 0 and shape.top + shape.height <= presentation.slide_height, shape.name


def test_steps_that_a_filter_empties_have_no_slide(content):
    """Neither an empty chart nor an empty table."""
    nothing = Filters(sectors=("tc-footwear",), sides=("OTHER",), year_from=1999, year_to=1999)
    emptied = gather(nothing, DAY)
    found = read(slides(emptied))
    without = [section.title for section in emptied.steps if section.card is None]
    assert len(without) >= 6
    assert [title for title in without if step(found, title)] == []
    assert "Footwear" in words(found[0])


def test_hostile_text_stays_text(content):
    """Markup, a formula and characters that XML forbids, in a label, a cell, a title and the filters."""
    steps = {step.name: step for step in content.steps}
    chart = count_bars(
        steps["sectors_theme"].card.rows.assign(sector=lambda rows: HOSTILE + rows["sector"]),
        label="sector",
        value="eu_organisations",
        unit=HOSTILE,
    )
    marked = replace(steps["sectors_theme"].card, title=HOSTILE, subtitle=HOSTILE, chart=chart)
    dated = steps["event_dates"].card
    dated = replace(dated, rows=dated.rows.assign(name=HOSTILE))
    changed = replace(
        content,
        filter_label=HOSTILE,
        steps=(replace(steps["sectors_theme"], card=marked), replace(steps["event_dates"], card=dated)),
    )
    found = read(slides(changed))
    assert LEGIBLE in words(found[0]) and clean("half a pair: \ud800") == "half a pair: "
    for slide in step(found, "Sectors"):
        assert slide.shapes.title.text_frame.text.startswith(LEGIBLE)
    assert all(name.startswith(LEGIBLE) for name in numbers(step(found, "Sectors"))[LEGIBLE])
    assert {row[1] for row in table_rows(step(found, "Event timeline"))} == {LEGIBLE}
    for chart in charts(found):
        with zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)) as workbook:
            sheet = workbook.read("xl/worksheets/sheet1.xml")
            assert b"<f>" not in sheet and b"<hyperlink" not in sheet


def test_same_content_same_bytes(content, file, monkeypatch):
    """Whoever makes it, and whenever: a file can be compared with another."""
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert slides(content) == file


def test_progress_grows_and_can_cancel(content, file):
    """Told before each slide; an exception ends the work."""
    told: list[tuple[float, str]] = []
    slides(content, lambda part, text: told.append((part, text)))
    parts = [part for part, _ in told]
    assert parts == sorted(parts) and parts[0] == 0 and parts[-1] < 1 and len(parts) == len(read(file)) + 2

    def stop(part: float, _: str) -> None:
        if part > 0.5:
            raise CancelledError

    with pytest.raises(CancelledError):
        slides(content, stop)


def test_long_charts_are_cut_honestly(content):
    """Fifty-one sectors: two slides of legible rows on one axis, and the words for the rest."""
    rows = [{"sector": f"Sector {n:02}", "eu": 60 - n, "us": n} for n in range(51)]
    frame = pd.DataFrame(rows)
    data = side_dots(frame, label="sector", eu="eu", us="us", unit="organisations", row_id="sector").data
    parts, rest = pptx_charts.pages(data, Box(0, 0, 872, 390))
    assert [len(part.categories) for part in parts] == [8, 8]
    assert rest == "first 16 of 51 rows; the workbook has all"
    assert parts[0].categories[0] == "Sector 00" and parts[1].categories[0] == "Sector 08"
    assert {part.axis_end for part in parts} == {60}
    low, rest = pptx_charts.pages(data, Box(0, 0, 872, 300))
    assert [len(part.categories) for part in low] == [5, 5, 5, 5] and rest.startswith("first 20 of 51 rows")


def test_slides_have_every_dash_of_plotly():
    """So that a new status needs a look in charts/theme.py only; the list is that of Plotly itself."""
    dashes = ValidatorCache.get_validator("scatter.line", "dash").values
    named = {dash for dash in dashes if not dash.startswith("/")}  # the last is a regular expression for numbers
    assert set(pptx_map.DASHES) == set(pptx_map.KEYS) == named
