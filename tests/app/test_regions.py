"""Profiles of regions: links of their own, what is known there, and the way from an organisation to its region."""

import pytest


def texts(app) -> str:
    """Everything the page and its panel say in Markdown, without the marks that escape characters."""
    return "\n".join(text.value for text in app.markdown).replace("\\", "")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        # In data/organisations.csv four cluster organisations of today have region_code US-OH.
        (
            "US-OH",
            [
                "4 cluster organisations of today are recorded in this region",
                "| Code | US-OH |",
                "| Largest city | Columbus",
            ],
        ),
        ("FR71", ["recorded in this region", "may be in this one", "NUTS 2 region", "| Largest city | Lyon"]),
        ("NL", ["recorded in this country", "| Kind | Country |", "| Side | European Union"]),
        (
            "VU",
            ["No cluster organisation of today is recorded in this country; that does not mean that there is none."],
        ),
    ],
)
def test_profile_of_a_region(open_app, code, expected, approved_screen):
    """`?area=…` opens on any page."""
    app = open_app("policies", {"area": code})
    approved_screen(f"panel-area-{code}", app, is_panel=True)
    assert [error.value for error in app.exception] == []
    words = texts(app)
    for part in expected:
        assert part in words, part
    sources = words.split("### Sources")[1]
    assert "each opens with its own sources" in sources
    for origin in ("NUTS 2013, © European Union", "GeoNames (CC BY 4.0)"):
        assert origin in sources, origin


def test_lists_of_a_region_open_records(open_app):
    """Plastipolis is in the profile of Rhône-Alpes, and the button opens it."""
    app = open_app("map", {"area": "FR71"})
    button = next(one for one in app.button if one.label.startswith("Plastipolis"))
    button.click().run()
    assert "plastipolis" in app.query_params["organisation"] and "area" not in app.query_params


def test_an_organisation_leads_to_its_region_and_country(open_app):
    """The NUTS 2 region is in the profile, and a button opens that of the region."""
    app = open_app("map", {"organisation": "plastipolis"})
    assert "Rhône-Alpes (FR71)" in texts(app)
    labels = [one.label for one in app.button]
    assert "Rhône\\-Alpes (NUTS 2 region)" in labels or "Rhône-Alpes (NUTS 2 region)" in labels
    assert "France (Country)" in labels


def test_unknown_region(open_app):
    """A link with a code that is no region is told so, and the page is shown."""
    app = open_app("policies", {"area": "XX99"})
    assert [error.value for error in app.exception] == []
    assert app.dataframe


def test_old_links_to_the_comparison_of_regions(open_app):
    """`?region=` is still the choice of the page Regional statistics and opens no profile."""
    app = open_app("policies", {"region": "US-OH"})
    assert [error.value for error in app.exception] == []
    assert "recorded in this region" not in texts(app)
