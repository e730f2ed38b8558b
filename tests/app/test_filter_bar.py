"""The filter bar: what its buttons say is chosen, what they write into the URL, and what does not apply to a page."""

import pytest
from streamlit.testing.v1 import AppTest


def panels(app: AppTest) -> dict[str, tuple[str, bool, str]]:
    """Panels of the bar by the end of their key: label, whether they cannot be opened, and the tooltip."""
    blocks = [block.proto for block in app.get("popover")]
    found = {block.id.rsplit("-", 1)[-1]: block.popover for block in blocks if "bar_" in block.id}
    return {
        key.removeprefix("bar_active_").removeprefix("bar_idle_"): (one.label.replace("\\", ""), one.disabled, one.help)
        for key, one in found.items()
    }


NOTHING_CHOSEN = {
    "sectors": "More sectors",
    "clusters": "Traded cluster",
    "places": "Country",
    "states": "US state",
    "years": "Years",
    "more": "More",
}


@pytest.mark.parametrize(
    ("parameters", "labels"),
    [
        ({}, {}),
        ({"from": "2015"}, {"years": "since 2015"}),
        ({"to": "2016"}, {"years": "until 2016"}),
        ({"from": "2015", "to": "2016"}, {"years": "2015 to 2016"}),
        ({"from": "2015", "to": "2015"}, {"years": "2015"}),
        ({"country": "FR"}, {"places": "France"}),
        ({"country": ["FR", "DE"]}, {"places": "Country: 2"}),
        ({"state": "US-OH"}, {"states": "Ohio"}),
        ({"sector": "water"}, {}),  # a priority sector: its own button shows it
        ({"sector": "health"}, {"sectors": "Health"}),
        ({"sector": "construction"}, {"sectors": "More sectors: 1"}),  # Construction and habitat: too long
        ({"sector": "tc-plastics"}, {"clusters": "Plastics"}),
        ({"side": "US"}, {"more": "USA"}),
        ({"side": ["EU", "US"]}, {"more": "More: 2"}),
        ({"unknown": "no"}, {"more": "known matches"}),
    ],
)
def test_each_panel_says_what_is_chosen_in_it(open_app, parameters, labels):
    app = open_app("events", parameters)
    assert not app.exception and not app.warning
    assert {key: label for key, (label, *_) in panels(app).items()} == NOTHING_CHOSEN | labels


@pytest.mark.parametrize(
    ("parameters", "label"),
    [
        ({}, "Filter"),
        ({"sector": "water"}, "Filter (1)"),
        ({"sector": ["water", "energy"]}, "Filter (1)"),
        ({"sector": "water", "country": "FR", "to": "2016"}, "Filter (3)"),
    ],
)
def test_the_button_of_a_phone_counts_the_filters(open_app, parameters, label):
    assert open_app("events", parameters).checkbox(key="frame_filters_open").label == label


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (2017, 2013, {"from": "2013", "to": "2017"}),  # in the wrong order: the two are swapped
        (2013, 2017, {"from": "2013", "to": "2017"}),
        (2013, None, {"from": "2013"}),
        (None, 2013, {"to": "2013"}),
    ],
)
def test_chosen_years_stand_in_the_url(open_app, first, last, expected):
    app = open_app("events")
    app.selectbox(key="filter_from").set_value(first)
    app.selectbox(key="filter_to").set_value(last).run()
    assert not app.exception and not app.warning
    assert {name: value for name, value in app.query_params.items() if name in ("from", "to")} == expected
    assert [app.selectbox(key=f"filter_{name}").value for name in ("from", "to")] == [
        int(expected[name]) if name in expected else None for name in ("from", "to")
    ]


# Reasons as the pages give them: why a filter restricts nothing there.
IGNORED = {
    "horizon": {
        "clusters": "These projects have themes, but no traded clusters.",
        "states": "These projects are filtered by country only.",
    },
    "statistics": {"states": "Choose the regions on this page.", "years": "Choose the period on this page."},
    "partners": {"years": "Years do not apply to organisations."},
    "events": {},
}


@pytest.mark.parametrize("page", IGNORED)
def test_a_panel_that_does_not_apply_is_closed_and_says_why(open_app, page):
    closed = {key: reason for key, (_, is_closed, reason) in panels(open_app(page)).items() if is_closed}
    assert closed == IGNORED[page]


def test_a_filter_within_a_panel_that_does_not_apply_says_why(open_app):
    """Side and region share a panel with filters that apply; the sentence stands below the greyed control."""
    app = open_app("horizon")
    captions = [caption.value for caption in app.caption]
    assert "Every project here has a US organisation." in captions
    assert "These projects are filtered by country only." in captions
    assert "Years in which the project begins." in captions
    assert app.pills(key="filter_side").disabled and app.multiselect(key="filter_euregion").disabled
    assert not app.multiselect(key="filter_country").disabled
    others = open_app("events")
    assert "Those of any place of the event." in [caption.value for caption in others.caption]
    assert not others.pills(key="filter_side").disabled and not others.multiselect(key="filter_euregion").disabled
