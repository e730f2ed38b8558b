"""The search box: the question is in the address, results open records, and nothing found says so."""

import pytest


def _panel(app) -> str:
    return "\n".join(text.value for text in (*app.markdown, *app.caption))


def test_the_question_in_the_address_shows_what_is_found(open_app, approved_screen):
    app = open_app("cooperations", {"q": "plastpolis"})
    assert not app.exception
    approved_screen("search-found", app, has_frame=True, has_look=True)
    assert app.text_input(key="search").value == "plastpolis"
    assert "1 organisation" in _panel(app)
    app.button(key="found_organisations_plastipolis").click().run()
    assert "plastipolis" in app.query_params["organisation"]
    assert "Oyonnax" in _panel(app)


def test_a_question_is_written_to_the_address_and_removed_again(open_app):
    app = open_app("events")
    app.text_input(key="search").set_value("  AMZ Saxony ").run()
    assert app.query_params["q"] in ("AMZ Saxony", ["AMZ Saxony"])
    assert any("also known as" in button.label and "AMZ Saxony" in button.label for button in app.button)
    app.button(key="search_close").click().run()
    assert "q" not in app.query_params
    assert app.text_input(key="search").value == ""


def test_links_of_the_panel_keep_the_filters(open_app):
    """A sector replaces the sectors alone; the country stays."""
    app = open_app("events", {"q": "water", "country": "NL"})
    links = {link.proto.label: link.proto.query_string for link in app.get("page_link")}
    assert "country=NL" in links["Water"] and "sector=" in links["Water"]


def test_nothing_found_says_what_to_do(open_app, approved_screen):
    app = open_app("overview", {"q": "xqzzyw vvkjq"})
    approved_screen("search-nothing", app, has_frame=True)
    assert "Nothing is found for “xqzzyw vvkjq”" in _panel(app)
    assert "Try fewer words" in _panel(app)


def test_a_definition_is_read_in_the_panel(open_app):
    app = open_app("overview", {"q": "location quotient"})
    assert "over the same share in the region" in _panel(app)


@pytest.mark.parametrize("question", ["<b>x</b> [a](javascript:b) **c**", "x" * 10_000, "\u202e%_'\"\\", "$x$ :red[y]"])
def test_hostile_questions_are_shown_as_plain_text(open_app, question):
    app = open_app("policies", {"q": question})
    assert not app.exception
    shown = _panel(app)
    assert "<b>" not in shown and "](javascript" not in shown and ":red[" not in shown.replace("\\", "")


def test_a_long_question_is_cut_and_says_so(open_app):
    app = open_app("policies", {"q": "plastipolis " + "x" * 500})
    assert "The first 100 characters were searched for" in _panel(app)


def test_a_question_of_many_words_says_how_many_were_searched_for(open_app):
    eight = "cluster water energy plastics health mobility space textiles"
    assert "words were searched for" not in _panel(open_app("policies", {"q": f"{eight} water"}))
    assert "The first 8 words were searched for" in _panel(open_app("policies", {"q": f"{eight} photonics"}))
