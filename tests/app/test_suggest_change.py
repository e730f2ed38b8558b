"""Suggest a change in the panel of a record: the text, the ways to send it, and that nothing of it is run."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

SECONDS = 60
TRACKER = "https://tracker.example.org/new"
WATER_COUNCIL = "organisations", "milwaukee-water-council", "Milwaukee Water Council"
HANNOVER = "events", "hannover-matchmaking-2016", "EU-USA cluster matchmaking event at the Hannover Fair"
MISSING = "A fact that is missing, or the record as a whole"


def draw(table, record_id, name):
    """The form alone: the harness of Streamlit closes a panel whenever it reruns."""
    from ui.parts.suggest_change import suggest_change

    suggest_change(table, record_id, name)


@pytest.fixture
def open_form(monkeypatch, shipped_database):
    """`open_form(table, id, name)` draws the form of a record."""
    monkeypatch.setenv("CLUSTERS_DB", str(shipped_database))
    monkeypatch.delenv("CLUSTERS_PUBLIC_URL", raising=False)
    monkeypatch.delenv("CLUSTERS_TRACKER_URL", raising=False)
    return lambda *record: AppTest.from_function(draw, default_timeout=SECONDS, args=record).run()


def fields(app):
    """The values that can be chosen."""
    (box,) = [box for box in app.selectbox if box.label == "What is wrong?"]
    return box


def links(app):
    """Label -> URL of the link buttons of the form."""
    return {link.proto.label: link.proto.url for link in app.get("link_button")}


@pytest.mark.parametrize(
    ("parameter", "record_id"),
    [("organisation", "plastipolis"), ("source", "d35"), ("story", "story-bluetech"), ("measure", "printed-47")],
)
def test_the_panel_of_a_record_has_the_form_folded(open_app, parameter, record_id, approved_screen):
    """A reader of a profile is not asked anything."""
    app = open_app("policies", {parameter: record_id})
    if parameter == "organisation":
        approved_screen("panel-organisation", app, is_panel=True, has_look=True)
    (panel,) = [panel for panel in app.expander if panel.label == "Suggest a change"]
    assert not panel.proto.expanded and not panel.code, "and there is no text before a field is chosen"


def test_the_form_says_that_nothing_is_sent_or_kept(open_form):
    """What a visitor may rely on, and what the text must not hold."""
    captions = [caption.value for caption in open_form(*WATER_COUNCIL).caption]
    (note,) = [caption for caption in captions if "The text below is for the maintainers of the data" in caption]
    assert "copy it, save it or send it. This page sends nothing and keeps nothing." in note
    assert "Name no persons, telephone numbers or e-mail addresses." in note


def test_the_text_names_record_field_value_and_source(open_form, facts):
    """The values are those of the files, read independently."""
    (row,) = [r for r in facts("organisations") if r["organisation_id"] == "milwaukee-water-council"]
    cited = {
        r["source_id"]
        for r in facts("citations")
        if (r["table_name"], r["record_id"], r["field"]) == ("organisations", row["organisation_id"], "founded_year")
    }
    titles = [r["title"] for r in facts("sources") if r["source_id"] in cited]
    app = open_form(*WATER_COUNCIL)
    fields(app).set_value("Founded").run()
    assert [error.value for error in app.exception] == []
    text = app.code[0].value
    assert "Record: Milwaukee Water Council (organisation milwaukee-water-council)" in text
    assert f"Field: Founded (organisations.founded_year)\nToday's value: {row['founded_year']}\n" in text
    assert titles and all(title in text for title in titles)
    assert "It should be: (please write it here)" in text
    assert "/?organisation=milwaukee-water-council&release=" in text


def test_answers_go_into_the_text(open_form):
    """Into the text and into the links, as they were typed; and nowhere else."""
    hostile = "<script>alert(1)</script> **2007** [x](http://x.test) :red[x] $1$"
    app = open_form(*WATER_COUNCIL)
    fields(app).set_value("Founded").run()
    next(area for area in app.text_area if area.label == "What should it be?").set_value(hostile).run()
    assert [error.value for error in app.exception] == []
    assert f"It should be: {hostile}" in app.code[0].value
    drawn = "\n".join(e.value for kind in (app.markdown, app.caption, app.text, app.html) for e in kind)
    assert "alert(1)" not in drawn
    assert set(links(app)) == {"Write an e-mail"}
    address = links(app)["Write an e-mail"]
    assert address.startswith("mailto:?subject=")
    assert unquote(address).replace("\r\n", "\n").rstrip().endswith(app.code[0].value)


def test_nothing_personal_is_asked(open_form):
    """Three questions: the field, the value, its source."""
    app = open_form(*WATER_COUNCIL)
    fields(app).set_value(MISSING).run()
    asked = [box.label for box in app.selectbox if "year" not in box.label]
    asked += [one.label for kind in (app.text_area, app.text_input) for one in kind]
    assert asked == [
        "What is wrong?",
        "What should it be?",
        "Where does that stand? Public page or document, and the place in it",
    ]
    assert any("Name no persons" in caption.value for caption in app.caption)


def test_the_public_tracker_gets_the_text(open_form, monkeypatch):
    """When the operator has named one."""
    monkeypatch.setenv("CLUSTERS_TRACKER_URL", TRACKER)
    app = open_form(*HANNOVER)
    fields(app).set_value(MISSING).run()
    query = parse_qs(urlsplit(links(app)["Open in the public tracker"]).query)
    assert [text.rstrip() for text in query["body"]] == [app.code[0].value]
    assert query["title"] == ["Suggested change: EU-USA cluster matchmaking event at the Hannover Fair, a missing fact"]
    assert any("tracker is public" in caption.value for caption in app.caption)


def test_a_tracker_url_that_cannot_be_used_says_why(open_form, monkeypatch):
    """The other ways stay."""
    monkeypatch.setenv("CLUSTERS_TRACKER_URL", "javascript:alert(1)")
    app = open_form(*HANNOVER)
    fields(app).set_value(MISSING).run()
    assert set(links(app)) == {"Write an e-mail"}
    assert any("CLUSTERS" in caption.value and "not used" in caption.value for caption in app.caption)


@pytest.mark.parametrize(
    ("table", "record_id", "field", "words"),
    [
        ("projects", "escp4i-enw", "Target countries", "Table 1, row EnW"),
        ("cooperations", "mou-plastipolis-polymerohio-2011", "EU side", "Plastipolis"),
        ("events", "hannover-matchmaking-2016", "Place", "s1.1, paragraph 2, footnote 3"),
        ("organisations", "advancity", "Ended", "paragraph 2"),
        ("organisations", "plastipolis", "Name", "Discussion paper"),
        ("sources", "d35", "Publisher", "the source itself"),
        ("success_stories", "story-bluetech", "Objective", "Discussion paper"),
        ("usa_share", "printed-47", None, "share"),
    ],
)
def test_every_kind_of_record_has_the_form(open_form, approved_screen, table, record_id, field, words):
    """The value, and the sources of just that value where they are told apart."""
    app = open_form(table, record_id, record_id)
    assert [error.value for error in app.exception] == []
    chosen = field or fields(app).options[-1]
    assert chosen in fields(app).options
    fields(app).set_value(chosen).run()
    assert [error.value for error in app.exception] == []
    assert words in app.code[0].value, app.code[0].value
    approved_screen(f"form-{table}-{record_id}", app)
