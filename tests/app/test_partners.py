"""The partner finder and the sector comparison in the app: every choice a link can bring about."""

import pytest


def words(app) -> str:
    """Everything the page says in text, notes and headings."""
    return "\n".join(
        part.value for kind in (app.markdown, app.info, app.warning, app.header, app.caption) for part in kind
    )


def registers_of(app) -> list:
    """The tables of the page as frames."""
    return [table.value for table in app.dataframe]


def test_without_a_choice(open_app):
    """The page says what to choose, and proposes nobody."""
    app = open_app("partners")
    assert not app.exception and not app.dataframe
    assert "Choose an organisation" in words(app)
    assert [box.label for box in app.selectbox if box.key.startswith("seeker_")] == [
        "Organisation",
        "Or a place, for the sectors of the filter",
    ]


def test_for_an_organisation(open_app, facts, approved_screen):
    """Reasons, the register with the parts of the score, and apart the organisations that it works with already."""
    app = open_app("partners", {"for": "milwaukee-water-council"})
    approved_screen("partners-of-an-organisation", app, has_look=True)
    assert not app.exception and not app.warning
    best, shortlist, linked = registers_of(app)
    assert shortlist["Rank"].iloc[0] == 1 and len(shortlist) > 200
    assert best["Organisation"].tolist() == shortlist["Organisation"].tolist()[: len(best)] != []
    half = best["Points of 100"].iloc[0] / 2
    assert best["Points of 100"].min() >= half > shortlist["Points of 100"].iloc[len(best)]
    for column in (
        "Points of 100",
        "Why",
        "Shared traded clusters",
        "Existing link",
        "Known target",
        "Sources of the reasons",
    ):
        assert column in shortlist
    names = {row["organisation_id"]: row["name"] for row in facts("organisations")}
    successors = {row["organisation_id"]: row["successor_id"] for row in facts("organisations")}
    current = {r["cooperation_id"] for r in facts("cooperations") if r["status"] in ("signed", "renewed", "ongoing")}
    parties = [row for row in facts("cooperation_parties") if row["cooperation_id"] in current]
    own = {row["cooperation_id"] for row in parties if row["organisation_id"] == "milwaukee-water-council"}
    pairs = {
        (row["cooperation_id"], names[successors[row["organisation_id"]] or row["organisation_id"]])
        for row in parties
        if row["cooperation_id"] in own and row["side"] == "EU" and row["organisation_id"]
    }
    titles = {row["cooperation_id"]: row["title"] for row in facts("cooperations")}
    shown = list(zip(linked["Cooperation"], linked["Organisation"], strict=True))
    assert sorted(shown) == sorted((titles[cooperation], partner) for cooperation, partner in pairs)
    partners = {partner for _, partner in pairs}
    assert "Aqua-Valley" in partners, "the successor of Pôle Eau, which signed in 2014"
    assert "2014" in linked.loc[linked["Organisation"] == "Aqua-Valley", "Date"].tolist()
    assert partners.isdisjoint(shortlist["Organisation"])
    assert "best match on the EU side for Milwaukee Water Council" in words(app)
    assert f"Why {best['Organisation'].iloc[0]}?" in words(app)
    assert len([b for b in app.button if b.label == "Profile"]) == 1


def test_the_reasons_are_those_of_the_proposal_in_the_address(open_app):
    """A row of the table or a point of the map writes it there; any other value shows the first proposal."""
    link = {"for": "milwaukee-water-council"}
    second = registers_of(open_app("partners", link))[0]["Organisation"].iloc[1]
    assert second == "Netherlands Water Partnership"
    assert f"Why {second}?" in words(open_app("partners", link | {"pick": "nwp"}))
    assert "Why Water Alliance?" in words(open_app("partners", link | {"pick": "no-such"}))


def test_examples_to_start_from(open_app, facts):
    """Five links, each of an organisation or a place that is known."""
    app = open_app("partners")
    links = [link.proto for link in app.get("page_link") if link.proto.page.endswith("partners")]
    queries = [link.query_string for link in links]
    names = {row["organisation_id"] for row in facts("organisations")}
    wanted = [query.split("=", 1)[1] for query in queries if query.startswith("for=")]
    assert wanted and set(wanted) <= names
    assert len([query for query in queries if query.startswith(("for=", "home="))]) == 5


def test_for_a_merged_organisation(open_app):
    """The list is its successor's, and the page says so."""
    app = open_app("partners", {"for": "plastipolis"})
    assert not app.exception and "successor, Polymeris" in words(app)
    assert app.selectbox(key="seeker_for").value == "polymeris"


@pytest.mark.parametrize("value", ["no-such-organisation", "' OR 1=1 --", "<b>x</b>", "\x00"])
def test_for_an_unknown_organisation(open_app, value):
    """A note, the boxes, no traceback."""
    app = open_app("partners", {"for": value}, as_read=False)
    assert not app.exception and len(app.warning) == 1 and "There is no EU or US organisation" in app.warning[0].value
    assert "<b>" not in app.warning[0].value.replace("\\<", "")


def test_for_a_place(open_app, approved_screen):
    """A place needs a sector; an unknown place is dropped with a note."""
    assert "Choose at least one sector" in words(open_app("partners", {"home": "NL"}))
    app = open_app("partners", {"home": "NL", "sector": "water"})
    approved_screen("partners-of-a-place", app)
    assert not app.exception and len(app.dataframe) == 3
    assert "“ZZ” is not a country or region known here" in words(open_app("partners", {"home": "ZZ"}))


def test_filters_that_leave_nobody(open_app, approved_screen):
    """French organisations are not on the other side of a French one: say so and show the way out."""
    app = open_app("partners", {"for": "polymeris", "country": "FR"})
    approved_screen("partners-nobody", app)
    assert not app.exception and not app.dataframe
    assert any("No organisations to propose" in info.value and "France" in info.value for info in app.info)
    next(button for button in app.button if button.label.startswith("Drop the countries")).click().run()
    assert not app.exception and app.dataframe and "for" in app.query_params


def test_choosing_goes_into_the_address(open_app):
    """The box writes the link, and empties the other box."""
    app = open_app("partners", {"home": "NL", "sector": "water"})
    app.selectbox(key="seeker_for").select("polymeris").run()
    assert not app.exception
    assert app.query_params["for"] in ("polymeris", ["polymeris"]) and "home" not in app.query_params


@pytest.mark.parametrize(
    ("organisation", "is_offered"), [("plastipolis", True), ("polymer-ohio", True), ("eyde-cluster", False)]
)
def test_profiles_lead_to_the_finder(open_app, organisation, is_offered):
    """Organisations of both sides have the link, those of other countries do not."""
    app = open_app("policies", {"organisation": organisation})
    assert not app.exception
    labels = [link.proto.label for link in app.get("page_link")]
    assert ("Find partners across the Atlantic" in labels) is is_offered


@pytest.mark.parametrize("sectors", [["energy", "water"], ["energy", "water", "ict", "tc-plastics"]])
def test_sectors_side_by_side(open_app, sectors):
    """Two to four sectors are compared in one table of measures; the section of one of them follows."""
    app = open_app("sectors", {"sector": sectors, "table": "sector_comparison"})
    assert not app.exception and len(app.dataframe) == 2
    compared = app.dataframe[0].value
    assert compared.columns.tolist() == [
        "Sector",
        "EU cluster organisations",
        "US cluster organisations",
        "Regional clusters without a named organisation",
        "Projects",
        "Cooperations",
        "Success stories",
        "Policy instruments",
        "Events",
        "Opportunities",
        "Target countries",
    ]
    assert len(compared) == len(sectors)


def test_more_than_four_sectors_are_not_compared(open_app):
    """The page says so and shows one section."""
    app = open_app("sectors", {"sector": ["energy", "water", "ict", "health", "materials"]})
    assert not app.exception and any("at most 4" in info.value for info in app.info) and len(app.dataframe) == 1


def test_section_shows_stories_and_targets(open_app, approved_screen):
    """Both belong to a sector; what is chosen matches its count."""
    app = open_app("sectors", {"sector": "water"})
    section = next(group for group in app.get("button_group") if group.key == "choice_register")
    options = [option.content for option in section.proto.options]
    assert any(o.startswith("Success stories (") for o in options) and any(
        o.startswith("Target countries (") for o in options
    )
    label = next(o for o in options if o.startswith("Success stories ("))
    section.set_value("success_stories").run()
    approved_screen("sectors-success-stories", app)
    assert not app.exception
    assert f"({len(app.dataframe[-1].value)})" in label


def test_ties_are_said_once(open_app):
    """How many share the first place, in the heading; not once for each of them."""
    app = open_app("partners", {"for": "lyonbiopole"})
    points = registers_of(app)[0]["Points of 100"]
    tied = int((points == points.iloc[0]).sum())
    assert tied > 1 and f"{tied} equal matches in the USA for Lyonbiopole, {points.iloc[0]} points" in words(app)
    assert words(app).count("points of 100") == 2, "once of all, and once in the reasons of the one that is chosen"


@pytest.mark.parametrize(
    ("organisation", "relation", "other"),
    [("plastipolis", "merged into", "Polymeris"), ("polymeris", "merged from", "Plastipolis")],
)
def test_a_profile_tells_of_a_merger(open_app, organisation, relation, other):
    """Both ways, each leading to the other profile."""
    app = open_app("overview", {"organisation": organisation})
    assert not app.exception and "### Merged into or from" in words(app)
    assert f"{other} ({relation})" in [button.label for button in app.button]
