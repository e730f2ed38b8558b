"""Workshop mode without a browser: what the server draws for every step, the link panel and the speaker notes."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

NOTHING = {"sector": "construction", "side": "US", "country": "DE", "from": "1990", "to": "1990", "unknown": "no"}
HEADING = re.compile(r'<div class="workshop-head"><p>(.*?)</p><h1>(.*?)</h1></div>', re.DOTALL)


@pytest.fixture
def steps(facts) -> list[dict[str, str]]:
    """Rows of data/workshop_steps.csv in order."""
    return sorted(facts("workshop_steps"), key=lambda row: int(row["step"]))


def htmls(app) -> list[str]:
    """Contents of the HTML elements of the page."""
    return [element.value for element in app.get("html")]


def headings(app) -> list[tuple[str, str]]:
    """Line above the heading and heading of each drawn step, in the order of the page."""
    return [match.groups() for text in htmls(app) if (match := HEADING.search(text))]


def controls(app) -> dict:
    """The data passed to the component of keys and buttons."""
    (component,) = app.get("bidi_component")
    return json.loads(component.proto.json)


def without_error(app):
    """The app itself, when no error was shown."""
    assert [error.value for error in app.exception] == []
    assert [error.value for error in app.error] == []
    return app


def test_every_step_is_drawn_once_with_its_footer(open_app, steps):
    app = without_error(open_app("present"))
    assert [above for above, _ in headings(app)] == [f"{row['title']} · {row['question']}" for row in steps]
    footers = [text for text in htmls(app) if 'class="workshop-footer"' in text]
    assert len(footers) == len(steps)
    # The sources stand before the note, which is cut where it is long.
    assert [text for text in footers if not re.search(r"<p>Sources?: ", text)] == []
    assert len(app.get("deck_gl_json_chart")) == 1, "one map for all map steps"
    assert controls(app)["count"] == len(steps)
    assert controls(app)["isMainWindow"]
    assert controls(app)["mapSteps"] == [int(row["step"]) for row in steps if row["chart"].startswith("map_")]


@pytest.mark.parametrize(
    ("in_url", "shown"), [("6", 6), ("", 1), ("0", 1), ("999", "last"), ("-2", 1), ("²", 1), ("12345", 1), ("six", 1)]
)
def test_the_step_of_the_link_is_shown(open_app, steps, in_url, shown):
    """A number beyond the last step leads to the last one, anything else to the first."""
    app = without_error(open_app("present", {"step": in_url}))
    assert controls(app)["step"] == (len(steps) if shown == "last" else shown)


def test_filters_that_leave_nothing_are_named_in_every_step_that_follows_them(open_app, steps):
    app = without_error(open_app("present", NOTHING))
    found = headings(app)
    assert len(found) == len(steps)
    empty = [finding for _, finding in found if finding.startswith("No ")]
    assert len(empty) > len(steps) / 2
    assert [finding for finding in empty if "Construction" not in finding] == []


@pytest.mark.parametrize(("reported", "used"), [(0, 0.0), (0.1, 0.5), (2, 2.0), (9, 4.0), ("wide", 1.0)])
def test_charts_follow_the_size_of_the_window(open_app, reported, used):
    """0 is a phone; other scales are limited to 0.5 to 4; anything but a number is ignored."""
    app = open_app("present", {"step": "6"})
    charts = len(app.get("plotly_chart"))
    app.session_state["workshop_controls"] = {"scale": reported}
    without_error(app.run())
    assert controls(app)["scale"] == used
    # A phone shows the charts of the pages, where the main window may have a table: never fewer charts.
    assert len(app.get("plotly_chart")) >= charts


def test_leaving_keeps_the_filters(open_app):
    app = open_app("present", {"sector": "energy"})
    app.session_state["workshop_controls"] = {"leave": True}
    without_error(app.run())
    assert [title.value for title in app.title] == ["EU–US cluster cooperation"]
    assert app.query_params["sector"] in ("energy", ["energy"])


def link_panel(open_app, parameters: dict[str, str]):
    """The app with the panel of the link open, and the URL in it."""
    app = open_app("present", parameters)
    assert app.code.values == [], "the QR code is drawn only when the panel is open"
    app.session_state["workshop_link"] = True
    without_error(app.run())
    (address,) = app.code.values
    return app, address


def test_link_and_code_of_a_public_address(open_app, monkeypatch):
    monkeypatch.setenv("CLUSTERS_PUBLIC_URL", "https://clusters.example.org/app/")
    app, address = link_panel(open_app, {"step": "6", "sector": "energy"})
    assert address.startswith("https://clusters.example.org/app/present?")
    query = parse_qs(urlsplit(address).query)
    assert query.pop("release")[0]
    assert query == {"sector": ["energy"], "step": ["6"]}
    assert len(app.get("imgs")) + len(app.get("image")) == 1


@pytest.mark.parametrize(
    ("public_url", "sentence"), [("", "is not set"), ("ftp://clusters.example.org", "does not begin with http")]
)
def test_without_a_public_address_the_panel_says_why_there_is_no_code(open_app, monkeypatch, public_url, sentence):
    monkeypatch.setenv("CLUSTERS_PUBLIC_URL", public_url)
    app, address = link_panel(open_app, {"step": "6"})
    assert address.startswith("/present?") and "step=6" in address
    assert app.get("imgs") == app.get("image") == []
    assert sentence in " ".join(app.markdown.values)


def test_a_link_too_long_for_a_code_can_be_copied(open_app, monkeypatch):
    monkeypatch.setenv("CLUSTERS_PUBLIC_URL", "https://clusters.example.org/" + "a" * 600)
    app, address = link_panel(open_app, {"step": "6"})
    assert len(address) > 600
    assert app.get("imgs") == app.get("image") == []


@pytest.mark.parametrize("number", [1, 3, 11])
def test_the_notes_of_a_step(open_app, steps, number):
    """Title, question, note and next step are those of the file."""
    app = without_error(open_app("present", {"view": "notes", "step": str(number)}))
    row = steps[number - 1]
    assert app.title.values == [row["title"]]
    assert any(text.startswith(f"**{row['question']}**") for text in app.markdown.values)
    assert any(row["note"][:40] in text for text in htmls(app))
    assert any(text.startswith("**How is this computed?**") for text in app.markdown.values)
    following = [text for text in app.caption.values if text.startswith("Next")]
    assert len(following) == (number < len(steps))
    if following:
        assert steps[number]["title"] in following[0]
    assert controls(app)["step"] == number and not controls(app)["isMainWindow"]


def test_the_notes_of_a_step_without_a_card(open_app, steps):
    """Says that the step is empty, and gives no method."""
    number = next(int(row["step"]) for row in steps if row["chart"] == "event_dates")
    app = without_error(open_app("present", {"view": "notes", "step": str(number), **NOTHING}))
    assert any("No " in text and "Construction" in text for text in app.markdown.values)
    assert not any("How is this computed?" in text for text in app.markdown.values)


def test_an_empty_step_says_how_many_records_might_match(open_app, steps, facts):
    """No event is known to be in Greece; those without a recorded country might be, one on the internet cannot."""
    places = facts("event_places")
    assert not any(row["country_code"] == "GR" for row in places)
    with_country = {row["event_id"] for row in places if row["country_code"]}
    of_no_country = {
        row["record_id"].split("|")[0]
        for row in facts("missing_values")
        if (row["table_name"], row["field"], row["reason"]) == ("event_places", "country_code", "not applicable")
    }
    unknown = sum(row["event_id"] not in with_country | of_no_country for row in facts("events"))
    number = next(int(row["step"]) for row in steps if row["chart"] == "event_dates")
    app = without_error(open_app("present", {"step": str(number), "country": "GR"}))
    footers = [text for text in htmls(app) if 'class="workshop-footer"' in text]
    assert f"{unknown} more events might match: no recorded country." in footers[number - 1]
