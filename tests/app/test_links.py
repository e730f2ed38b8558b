"""Links: malformed parameters are dropped with a note, records open by their own address."""

import pytest

from settings import ROOT

MALFORMED = {
    "sector": "no-such-sector",
    "side": "moon",
    "country": "ZZ",
    "from": "20x5",
    "to": "99999",
    "unknown": "perhaps",
}


def texts(app) -> str:
    """Everything the page and its panel say in Markdown."""
    return "\n".join(text.value for text in app.markdown)


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_parameter_is_dropped_with_a_note(open_app, name):
    """The note names the parameter; the page is shown as without it."""
    app = open_app("policies", {name: MALFORMED[name]})
    assert [error.value for error in app.exception] == []
    assert len(app.warning) == 1 and name in app.warning[0].value
    assert app.dataframe, "the register is there, unfiltered"


@pytest.mark.parametrize("page", ["overview", "map", "sources"])
def test_everything_malformed_at_once(open_app, page, approved_screen):
    """One note for each, on every page, and no traceback."""
    app = open_app(page, MALFORMED)
    if page == "map":
        approved_screen("map-bad-link", app)
    assert [error.value for error in app.exception] == []
    assert len(app.warning) == len(MALFORMED)


@pytest.mark.parametrize(
    "value",
    [
        "' OR 1=1 --",
        "energy'; DROP TABLE organisations",
        "<script>alert(1)</script>",
        "[x](http://example.org)",
        "é" * 500,
        "%00",
        "\x00",
    ],
)
def test_hostile_values_are_only_text(open_app, value):
    """Nothing of a link is run, and none of its Markdown is drawn."""
    app = open_app("policies", {"sector": value})
    assert [error.value for error in app.exception] == []
    assert len(app.warning) == 1
    note = app.warning[0].value
    assert not set("<>[]()'`*") & set(note.split("sector", 1)[1]) and len(note) < 160


def test_good_values_survive_bad_ones(open_app):
    """energy stays, the unknown one goes."""
    app = open_app("policies", {"sector": ["energy", "no-such-sector"], "side": "eu"})
    assert len(app.warning) == 1
    assert "Energy" in texts(app)


def test_years_in_the_wrong_order_are_dropped_together(open_app):
    """Nobody can tell which of the two was meant."""
    app = open_app("events", {"from": "2017", "to": "2013"})
    assert len(app.warning) == 1 and "2017" in app.warning[0].value and "2013" in app.warning[0].value
    assert app.dataframe


@pytest.mark.parametrize("page", ["map", "policies"])
def test_profile_of_an_organisation(open_app, page):
    """`?organisation=plastipolis` opens on any page: names, links, figures, and where they stand."""
    app = open_app(page, {"organisation": "plastipolis"})
    assert [error.value for error in app.exception] == []
    words = texts(app)
    for expected in ("### Cooperations", "### Figures", "### Sources", "Discussion paper", "France"):
        assert expected in words, expected


def test_profile_of_a_project(open_app):
    """`?project=escp4i-enw`: target countries, funding, the citation of Table 1."""
    words = texts(open_app("policies", {"project": "escp4i-enw"}))
    for expected in ("Colombia", "Singapore", "Table 1, row EnW", "### Sources"):
        assert expected in words, expected


@pytest.mark.parametrize(
    ("parameter", "record_id", "word"),
    [
        ("cooperation", "mou-plastipolis-polymerohio-2011", "June 2011"),
        ("event", "eu-us-cluster-workshop-2015", "17"),
        ("story", "story-bluetech", "### Sources"),
        ("source", "d35", "Seed document"),
        ("source", "news2015", "### Facts cited from this source"),
        ("measure", "printed-47", "survey"),
    ],
)
def test_panels_of_other_records(open_app, parameter, record_id, word, approved_screen):
    """Every kind of record that a register or chart shows has a panel with its sources."""
    app = open_app("policies", {parameter: record_id})
    approved_screen(f"panel-{parameter}-{record_id}", app, is_panel=True)
    assert [error.value for error in app.exception] == []
    assert word in texts(app)
    assert "00:00" not in texts(app).replace("\\", ""), "a day has no time of day"


@pytest.mark.parametrize(
    ("parameter", "table", "record_id"),
    [
        ("organisation", "organisations", "plastipolis"),
        ("cooperation", "cooperations", "mou-plastipolis-polymerohio-2011"),
        ("event", "events", "eu-us-cluster-workshop-2015"),
        ("measure", "usa_share", "printed-47"),
    ],
)
def test_a_panel_names_the_documents_of_its_record(open_app, facts, parameter, table, record_id):
    """Below "Sources": the title of every document that the record rests on."""
    titles = {row["source_id"]: row["title"] for row in facts("sources")}
    cited = {
        row["source_id"] for row in facts("citations") if (row["table_name"], row["record_id"]) == (table, record_id)
    }
    below = texts(open_app("policies", {parameter: record_id})).split("### Sources")[1].replace("\\", "")
    assert cited and [titles[one] for one in cited if titles[one] not in below] == []


@pytest.mark.parametrize("parameter", ["organisation", "story", "measure"])
def test_unknown_record(open_app, parameter):
    """A stale or mistyped link says that there is no such record; the page stays."""
    app = open_app("policies", {parameter: "no-such-record'"})
    assert [error.value for error in app.exception] == []
    assert len(app.title) == 1
    notes = [note.value for kind in (app.warning, app.info, app.toast) for note in kind]
    assert notes and any(
        "no-such-record" in note or "not" in note.lower() or "no " in note.lower() for note in notes
    ), notes
    assert "### Sources" not in texts(app)


def test_a_link_of_a_release_that_is_not_known(open_app):
    """Every release that there is, oldest first."""
    releases = sorted(path.stem for path in (ROOT / "data" / "releases").glob("*.csv"))
    (note,) = [warning.value.replace("\\", "") for warning in open_app("events", {"release": "1999-01-01"}).warning]
    assert "The link names a release 1999-01-01 that is not known here." in note
    assert f"Known releases: {', '.join(releases)}." in note


def test_a_record_keeps_the_filters(open_app):
    """A profile opened by a link stands above the filtered page."""
    app = open_app("policies", {"sector": "water", "organisation": "nwp"})
    words = texts(app)
    assert "Water" in words and "### Sources" in words


def test_a_row_button_opens_the_next_record(open_app):
    """From a profile one goes on to a linked record without leaving the page."""
    app = open_app("policies", {"organisation": "plastipolis"})
    button = next(b for b in app.button if b.key.startswith("open_cooperations_mou-plastipolis-obic-2013_"))
    button.click().run()
    assert [error.value for error in app.exception] == []
    assert app.query_params.get("cooperation") in ("mou-plastipolis-obic-2013", ["mou-plastipolis-obic-2013"])
    assert "organisation" not in app.query_params


def test_a_square_without_a_recorded_country_sets_the_state(open_app):
    """A click hands over the values of the square; the country is blank where none is recorded."""
    app = open_app("cooperations")
    app.session_state["who_with_whom_chart_clicked"] = ["", "US-WA"]
    app.run()
    assert app.query_params["state"] in ("US-WA", ["US-WA"]) and "country" not in app.query_params
