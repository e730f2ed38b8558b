"""Parts of the screen drawn alone, without their pages: captions, lines and labels that a reader sees."""

import csv
import json
import re
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from streamlit.testing.v1 import AppTest

from ui import screen

SECONDS = 60


@pytest.fixture
def draw(monkeypatch, shipped_database):
    """`draw(function, *arguments, parameters=…)` runs a function as the whole screen, with these in its URL."""
    monkeypatch.setenv("CLUSTERS_DB", str(shipped_database))
    monkeypatch.delenv("CLUSTERS_PUBLIC_URL", raising=False)

    def run(function, *arguments, parameters=None) -> AppTest:
        app = AppTest.from_function(function, default_timeout=SECONDS, args=arguments)
        for name, value in (parameters or {}).items():
            app.query_params[name] = value
        app.run()
        assert [error.value for error in app.exception] == []
        return app

    return run


def plain(text: str) -> str:
    """Text without the backslashes that keep it from being read as Markdown."""
    return text.replace("\\", "")


def captions(app: AppTest) -> list[str]:
    return [plain(caption.value) for caption in app.caption]


def head(name):
    from ui import state
    from ui.frame.shell import page_header

    page_header(name, state.read_filters()[0])


STATE = "Not applied here: California. These projects are filtered by country only."
CLUSTER = "Not applied here: Furniture. These projects have themes, but no traded clusters."


@pytest.mark.parametrize(
    ("parameters", "not_applied", "applied"),
    [
        ({"state": "US-CA"}, [STATE], ""),
        ({"state": "US-CA", "country": "FR"}, [STATE], "France"),
        ({"country": "FR"}, [], "France"),
        ({"sector": "tc-furniture"}, [CLUSTER], ""),
        ({"sector": ["tc-furniture", "energy"]}, [CLUSTER], "Filter: Energy"),
        ({}, [], ""),
    ],
)
def test_a_filter_that_does_not_apply_is_told(draw, parameters, not_applied, applied):
    """Alone or beside others; those that apply stand under the title."""
    app = draw(head, "horizon", parameters=parameters)
    assert [one for one in captions(app) if "Not applied" in one] == not_applied
    filters = [one for one in (plain(text.value) for text in app.markdown) if "Filter:" in one]
    assert len(filters) == bool(applied) and all(applied in one for one in filters)


def bar():
    from domain.pages import page
    from ui import state
    from ui.frame.filter_bar import filter_bar

    filter_bar(state.read_filters()[0], page("events"))


@pytest.mark.parametrize(
    ("parameters", "is_disabled"), [({}, True), ({"unknown": "no"}, False), ({"country": "FR"}, False)]
)
def test_clear_can_be_pressed_when_something_is_set(draw, parameters, is_disabled):
    """The switch for what might match is cleared too, although it restricts nothing."""
    assert draw(bar, parameters=parameters).button(key="clear_filters").disabled is is_disabled


def compact(name, countries):
    from cards.card import FiguresCard, MapCard
    from cards.catalogue import make_card
    from domain.filters import Filters
    from ui.parts.cards import compact_card, compact_figures, compact_map

    card = make_card(name, Filters(countries=countries))
    if isinstance(card, FiguresCard):
        compact_figures(card, left_out="usa_share")
    elif isinstance(card, MapCard):
        compact_map(card, height_px=300)
    else:
        compact_card(card)


AGREEMENTS = (
    r"Agreements are cooperations that are signed or renewed\. Of # recorded .* drawn as # arcs"
    r"( between # pairs of organisations)?\."
)


@pytest.mark.parametrize(
    ("name", "countries", "note"),
    [
        ("map_agreements", (), AGREEMENTS),
        (
            "map_agreements",
            ("FR",),
            rf"{AGREEMENTS} # more cluster organisations .* might match \(EU\): no recorded country; # more .*\.",
        ),
        (
            "partnership_waffle",
            (),
            r"ESCP-#i partnerships of the first generation, whatever the filters: .* not mean no\.",
        ),
    ],
)
def test_the_note_of_a_compact_card(draw, name, countries, note):
    """What is measured and what might match, below chart or map: the first screen has no subtitle."""
    app = draw(compact, name, countries)
    assert [one for one in captions(app) if re.fullmatch(note, re.sub(r"\d+", "#", one))], captions(app)


def test_headline_figures_in_lines(draw):
    """With what a value leaves out, because the line shows no note."""
    app = draw(compact, "headlines", ())
    lines = [re.sub(r"\d+", "#", plain(text.value)) for text in app.markdown if "**" in text.value]
    assert [one for one in lines if re.match(r"[\w–, +]+: \*\*", one)] == [
        "EU–US cooperations signed or renewed: **# of #**",
        "Cluster organisations, EU + USA: **# + #**, # of neither side",
        "Events: **#**",
    ]


def disagreements(table, record_id):
    from ui.parts.disagreements import disagreements_about, disagreements_of_source

    if table == "sources":
        disagreements_of_source(record_id)
    else:
        disagreements_about(table, record_id)


@pytest.mark.parametrize(
    ("table", "record_id"),
    [("projects", "escp4i-enw"), ("events", "hannover-matchmaking-2016"), ("sources", "d35"), ("sources", "news2015")],
)
def test_contradictions_stand_in_the_profile(draw, facts, table, record_id):
    """Of a record those about it, of a source those in which it speaks."""
    about = {
        row["contradiction_id"]
        for row in facts("contradiction_records")
        if (row["table_name"], row["record_id"]) == (table, record_id)
    }
    rows = [
        row
        for row in facts("contradictions")
        if row["contradiction_id"] in about or (table == "sources" and record_id in (row["source_a"], row["source_b"]))
    ]
    text = plain("\n".join(one.value for one in draw(disagreements, table, record_id).markdown))
    assert rows and "**Contradictions**" in text
    assert [row["topic"] for row in rows if f"- {row['topic']}\n" not in text or row["handling"] not in text] == []
    assert text.count("Handling: ") == len(rows)


def deck(width):
    import streamlit as st

    from cards.catalogue import make_card
    from domain.filters import Filters
    from ui.parts.deck_map import draw_deck

    card = make_card("quotient_map", Filters(), {"scheme": ("traded_cluster",)})
    st.session_state[f"{card.key}_map_width"] = {"width": width}
    draw_deck(card)


def test_a_map_is_laid_out_for_the_width_that_was_measured(draw):
    """Not for the width that is presumed until the browser has measured: twice the width is one step of zoom closer."""
    narrow, wide = (json.loads(draw(deck, one).get("deck_gl_json_chart")[0].proto.json) for one in (320, 640))
    assert wide["initialViewState"]["zoom"] - narrow["initialViewState"]["zoom"] == pytest.approx(1, abs=0.3)


def record_box(name):
    from cards.catalogue import make_card
    from domain.filters import Filters
    from ui.parts.chart_clicks import record_list

    record_list(make_card(name, Filters()).chart, name)


@pytest.mark.parametrize(
    ("name", "label"),
    [("statuses", "Open a cooperation of this chart"), ("event_dates", "Open an event of this chart")],
)
def test_the_box_of_the_records_of_a_chart(draw, name, label):
    """Its label is read out to those who cannot see the chart."""
    assert [box.label for box in draw(record_box, name).selectbox] == [label]


def map_with_a_point_clicked(ids):
    import streamlit as st

    from cards.catalogue import make_card
    from domain.filters import Filters
    from maps.cooperation_map import POINT_LAYERS
    from ui.parts import cooperation_map_view

    if "is_clicked" not in st.session_state:
        st.session_state["is_clicked"] = True
        cooperation_map_view._picked({next(iter(POINT_LAYERS.values())): [{"organisation_ids": ids}]})
    cooperation_map_view.extent_choice()
    cooperation_map_view.draw_cooperation_map(make_card("map", Filters()), key="map")


def test_a_point_of_several_organisations_lists_them(draw):
    """A click on it offers each; the map is still the same one, and goes back to its view when asked."""

    def names(app):
        return {plain(button.label).split(" (")[0] for button in app.button if button.key.startswith("choice_")}

    app = draw(map_with_a_point_clicked, ["plastipolis", "polymer-ohio"])
    assert names(app) == {"Plastipolis", "Polymer Ohio"}
    before = draw(map_with_a_point_clicked, ["plastipolis"])
    assert not names(before), "a single organisation opens its profile at once"
    (clicked,), (alone,) = app.get("deck_gl_json_chart"), before.get("deck_gl_json_chart")
    assert clicked.proto.id == alone.proto.id
    app.button(key="recentre").click().run()
    assert [error.value for error in app.exception] == []
    assert app.get("deck_gl_json_chart")[0].proto.id != clicked.proto.id and len(names(app)) == 2


def width_told(width):
    import streamlit as st

    from charts.chart import NARROW_PX
    from ui.parts.map_width import is_narrow

    st.session_state["part_width"] = {"width": NARROW_PX + width}
    st.caption("narrow" if is_narrow("part", NARROW_PX) else "wide")


@pytest.mark.parametrize(("beyond", "told"), [(-1, "narrow"), (0, "wide")])
def test_a_chart_is_narrow_below_the_limit_alone(draw, beyond, told):
    assert captions(draw(width_told, beyond)) == [told]


def downloads(name):
    import streamlit as st

    from cards.catalogue import make_card
    from domain.filters import Filters
    from ui.parts.export_menu import export_menu

    st.session_state[f"{name}_downloads"] = True
    export_menu(name, lambda: make_card(name, Filters()))


def test_each_of_several_figures_is_cited_by_itself(draw):
    """Its name and value, not the title that all have in common."""
    app = draw(downloads, "headlines")
    cited = [code.value for code in app.code]
    for figure in ("Events: 89", "EU–US cooperations signed or renewed: 28 of 107"):
        assert [code for code in cited if figure in code], figure


def test_semicolons_separate_the_rows_of_the_other_files(draw, monkeypatch):
    """Those of the file with metadata, whose columns give a reason for blanks."""
    made = {}
    monkeypatch.setattr(screen, "download_button", lambda label, data, *_, **__: made.update({label: data}))
    draw(downloads, "statuses")
    with ZipFile(BytesIO(made["CSV with metadata"]())) as archive:
        (name,) = [one for one in archive.namelist() if one.endswith(".csv")]
        rows = list(csv.reader(StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
    own = list(csv.reader(StringIO(made["CSV ( ; )"]().decode("utf-8-sig"), newline=""), delimiter=";"))
    assert own[0] == rows[0] and len(own) == len(rows) > 1
