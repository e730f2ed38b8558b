"""Workshop mode without a browser: what the server draws for every slide, the code on the last, the notes."""

import json
import re

import pytest

# With these only the headlines, whose first figure no filter restricts, and the documents remain.
NOTHING = {"sector": "construction", "side": "US", "country": "DE", "from": "1990", "to": "1990", "unknown": "no"}
ALWAYS = [1, 10]
HEADING = re.compile(r'<div class="workshop-head">(?:<p>.*?</p>)?<h1.*?>(.*?)</h1></div>', re.DOTALL)
FOOTER = re.compile(r'<div class="workshop-footer"><p>(.*?)</p></div>', re.DOTALL)


@pytest.fixture
def steps(facts) -> list[dict[str, str]]:
    """Rows of data/workshop_steps.csv in order."""
    return sorted(facts("workshop_steps"), key=lambda row: int(row["step"]))


def htmls(app) -> list[str]:
    """Contents of the HTML elements of the page, style sheets excepted."""
    return [element.value for element in app.get("html") if not element.value.startswith("<style>")]


def found(app, pattern: re.Pattern[str]) -> list[str]:
    """What the pattern finds in the HTML elements, in the order of the page."""
    return [match[1] for text in htmls(app) if (match := pattern.search(text))]


def controls(app) -> dict:
    """The data passed to the component of keys and buttons."""
    (component,) = app.get("bidi_component")
    return json.loads(component.proto.json)


def without_error(app):
    """The app itself, when no error was shown."""
    assert [error.value for error in app.exception] == []
    assert [error.value for error in app.error] == []
    return app


@pytest.mark.parametrize("parameters", [{}, {"sector": "energy"}, {"country": "LV"}, {"state": "US-CA"}])
def test_every_slide_has_one_sentence_and_a_footer_of_twelve_words(open_app, steps, parameters, approved_screen):
    app = without_error(open_app("present", parameters))
    approved_screen(f"present-{'-'.join(parameters.values()) or 'no-filter'}", app)
    headings, footers = found(app, HEADING), found(app, FOOTER)
    assert len(headings) == len(footers) == len(steps)
    assert all(headings) and len(set(headings)) == len(steps)
    assert [text for text in footers if len(text.split()) > 12] == []
    assert len(app.get("deck_gl_json_chart")) <= 1, "one map for all map steps"


def test_without_a_filter_every_step_is_shown(open_app, steps):
    app = without_error(open_app("present"))
    numbers = [int(row["step"]) for row in steps]
    assert 8 <= len(numbers) <= 10
    assert controls(app)["steps"] == numbers and controls(app)["isMainWindow"]
    assert controls(app)["mapSteps"] == [int(row["step"]) for row in steps if row["chart"].startswith("map_")]


@pytest.mark.parametrize(
    ("in_url", "shown"), [("6", 6), ("", 1), ("0", 1), ("999", "last"), ("-2", 1), ("²", 1), ("12345", 1), ("six", 1)]
)
def test_the_step_of_the_link_is_shown(open_app, steps, in_url, shown):
    """A number beyond the last step leads to the last one, anything else to the first."""
    app = without_error(open_app("present", {"step": in_url}))
    assert controls(app)["step"] == (len(steps) if shown == "last" else shown)


def test_slides_without_records_are_left_out(open_app):
    """But for the one of the link, which says in one sentence that the filters leave nothing."""
    app = without_error(open_app("present", NOTHING))
    assert controls(app)["steps"] == ALWAYS
    app = without_error(open_app("present", NOTHING | {"step": "6"}))
    assert controls(app)["steps"] == [1, 6, 10] and controls(app)["step"] == 6
    heading = found(app, HEADING)[5]
    assert heading.startswith("No EU–US agreements for this filter: ") and "Construction" in heading


def test_few_records_are_shown_one_by_one(open_app, facts):
    """FoodNet is the one partnership with a member in Latvia."""
    app = without_error(open_app("present", {"country": "LV"}))
    cards = [text for text in htmls(app) if "workshop-cards" in text]
    assert len(cards) == 1 and "FoodNet" in cards[0] and "Kuwait" in cards[0]
    assert any(row["acronym"] == "FoodNet" for row in facts("projects"))


def test_one_click_on_a_sector_changes_all_slides(open_app):
    app = without_error(open_app("present", {"country": "FR", "sector": "water"}))
    app.button_group(key="filter_one_sector").set_value("energy")
    without_error(app.run())
    assert app.query_params["sector"] in ("energy", ["energy"])
    assert app.query_params["country"] in ("FR", ["FR"]), "the other filters stay"
    app.button_group(key="filter_one_sector").set_value("")
    without_error(app.run())
    assert "sector" not in app.query_params


@pytest.mark.parametrize(
    ("reported", "used"), [(-0.3, -0.3), (0, -0.3), (-7, -1.0), (0.1, 0.5), (2, 2.0), (9, 4.0), ("wide", 1.0)]
)
def test_charts_follow_the_size_of_the_window(open_app, reported, used):
    """Below 0 is the width of a phone; other scales are limited to 0.5 to 4; anything but a number is ignored."""
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


def last_slide(app) -> str:
    """HTML of the figure of the last slide."""
    (html,) = [text for text in htmls(app) if "workshop-closing" in text]
    return html


def test_the_last_slide_has_the_code_of_a_public_address(open_app, monkeypatch):
    monkeypatch.setenv("CLUSTERS_PUBLIC_URL", "http://192.168.1.20:8501/")
    html = last_slide(without_error(open_app("present", {"sector": "energy"})))
    assert html.count("data:image/svg+xml") == 1
    assert "<figcaption>http://192.168.1.20:8501</figcaption>" in html


@pytest.mark.parametrize("public_url", ["", "ftp://clusters.example.org", "https://clusters.example.org/" + "a" * 600])
def test_without_an_address_for_phones_there_is_no_code_and_no_word_of_it(open_app, monkeypatch, public_url):
    monkeypatch.setenv("CLUSTERS_PUBLIC_URL", public_url)
    app = without_error(open_app("present"))
    html = last_slide(app)
    assert "<img" not in html and "workshop-table" in html
    assert not any("CLUSTERS" in text for text in [*htmls(app), *app.markdown.values])


@pytest.mark.parametrize("number", [1, 4, 10])
def test_the_notes_of_a_slide(open_app, steps, number, approved_screen):
    """Title, question, note and next slide are those of the file; its finding is that of the main window."""
    app = without_error(open_app("present", {"view": "notes", "step": str(number)}))
    approved_screen(f"notes-{number}", app)
    row = steps[number - 1]
    assert app.title.values == [row["title"]]
    assert any(text.startswith(f"**{row['question']}**") for text in app.markdown.values)
    assert any(row["note"][:40] in text for text in htmls(app))
    assert any(text.startswith("**How is this computed?**") for text in app.markdown.values)
    (following,) = [text for text in app.markdown.values if text.startswith("**Next")]
    if number < len(steps):
        assert following.startswith(f"**Next: {steps[number]['title']}.**") and len(following) > 40
    else:
        assert following == "**Next:** this is the last slide."
    assert controls(app)["step"] == number and not controls(app)["isMainWindow"]


def test_the_notes_name_the_next_slide_that_is_shown(open_app, steps):
    app = without_error(open_app("present", {"view": "notes", "step": "1", **NOTHING}))
    (following,) = [text for text in app.markdown.values if text.startswith("**Next")]
    assert following.startswith(f"**Next: {steps[-1]['title']}.**")


def test_an_empty_slide_says_how_many_records_might_match(open_app, steps, facts):
    """No partnership of Table 1 is known to have a member in Latvia; for all of them it is possible."""
    number = next(int(row["step"]) for row in steps if row["chart"] == "co_targets")
    listed = {row["project_id"] for row in facts("project_targets") if row["country_code"] == "US"}
    first = {row["project_id"] for row in facts("projects") if row["generation"] == "1"}
    app = without_error(open_app("present", {"step": str(number), "country": "LV"}))
    assert found(app, HEADING)[number - 1] == "No partnerships of Table 1 for this filter: Latvia."
    assert found(app, FOOTER)[number - 1] == f"{len(listed & first)} more partnerships of Table 1 might match."
