"""Counts are of records known to match; those that might match stand apart, one click away, and can be hidden.

Every number is counted in the files of data/.
"""

from collections import Counter

import pytest

from tests.oracle import Oracle
from tests.oracle_records import Chosen, Record

COOPERATIONS = "EU–US cooperations"


def told(population: str, one: str, possible: list[Record], chosen: Chosen) -> str:
    """'24 more EU–US cooperations might match: perhaps further countries (22), no recorded country (2)'."""
    counts = Counter(label for record in possible for label in record.not_recorded(chosen))
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    names = [(label if label.startswith("perhaps") else f"no recorded {label}", number) for label, number in ranked]
    reasons = ", ".join(f"{label} ({number})" if len(names) > 1 else label for label, number in names)
    sides = {record.row["side"] for record in possible} if "organisation" in population else set()
    side = " (EU)" if sides == {"EU"} else ""
    return f"{len(possible)} more {one if len(possible) == 1 else population} might match{side}: {reasons}"


def in_country(oracle: Oracle, code: str, first: int | None = None) -> tuple[list[Record], list[Record], Chosen]:
    """EU–US cooperations known to be of a country, and those that may be of it."""
    chosen = Chosen(countries=(code,), year_from=first)
    return oracle.matching(COOPERATIONS, chosen), oracle.possible(COOPERATIONS, chosen), chosen


def titles(records: list[Record]) -> list[str]:
    return sorted(record.row["title"] for record in records)


def captions(app) -> str:
    """Small print of the page, without the escapes of Markdown."""
    return "\n".join(part.value for part in app.caption).replace("\\", "")


def expanders(app) -> list[str]:
    """Labels of the panels with records that might match."""
    return [panel.label for panel in app.expander if "might match" in panel.label]


def register(app):
    """The register of cooperations; the list of agreements stands above it."""
    return next(frame.value for frame in app.dataframe if "Cooperation" in frame.value)


def share_of_agreements(app) -> str:
    """The title of the card that counts the agreements of all cooperations."""
    return next(header.value for header in app.header if "signed or renewed" in header.value)


def headline(app, label: str) -> str:
    """The value of a headline figure of the overview, which is a line such as 'Events: **89**'."""
    line = next(text.value for text in app.markdown if text.value.startswith(label))
    return line.split("**")[1]


def opened(app, key: str):
    """The app after a panel was opened."""
    app.session_state[key] = True
    app.run()
    assert [error.value for error in app.exception] == []
    return app


def test_poland_has_its_own_organisations(open_app, oracle):
    """Bodies whose country is recorded as Poland, and no body of unknown country among them."""
    app = open_app("overview", {"country": "PL"})
    chosen = Chosen(countries=("PL",))
    polish = oracle.matching("cluster organisations", chosen)
    sides = Counter(record.row["side"] for record in polish)
    unknown = oracle.possible("cluster organisations", chosen)
    assert headline(app, "Cluster organisations") == f"{sides['EU']} + {sides['US']}"
    assert len(polish) >= 15 and unknown
    assert told("cluster organisations", "cluster organisation", unknown, chosen) in captions(app)


def test_figures_without_anything_known_say_none(open_app, oracle):
    """No event is known to have been in Poland: 'none', and how many have no country."""
    app = open_app("overview", {"country": "PL"})
    chosen = Chosen(countries=("PL",))
    assert not oracle.matching("events", chosen)
    assert headline(app, "Events") == "none"
    assert told("events", "event", oracle.possible("events", chosen), chosen) in captions(app)


@pytest.mark.parametrize("code", ["FR", "DE", "IT"])
def test_cooperations_of_a_country(open_app, oracle, code):
    """k of n counts those known to match, an agreement once; the register lists them all, the panel the others."""
    known, unknown, chosen = in_country(oracle, code)
    counted = oracle.counted(COOPERATIONS, chosen)
    signed = sum(record.row["status"] in ("signed", "renewed") for record in counted)
    note = told(COOPERATIONS, "EU–US cooperation", unknown, chosen)
    app = open_app("cooperations", {"country": code})
    assert share_of_agreements(app).startswith(f"{signed} of {len(counted)} recorded EU–US cooperations for ")
    assert f"Not counted: {note}." in captions(app)
    assert sorted(register(app)["Cooperation"]) == titles(known)
    assert not any("Not recorded" in frame.value for frame in app.dataframe), "the panel is filled when it is opened"
    assert expanders(app) == [note]


def test_the_panel_lists_the_rest(open_app, oracle, approved_screen):
    """Each record that might match, with what is not recorded of it."""
    _, unknown, chosen = in_country(oracle, "FR")
    app = opened(open_app("cooperations", {"country": "FR"}), "cooperations_possible_panel")
    approved_screen("cooperations-might-match", app)
    table = app.dataframe[-1].value
    assert sorted(table["Cooperation"]) == titles(unknown) and unknown
    assert set(table["Not recorded"]) == {", ".join(one.not_recorded(chosen)) for one in unknown}
    assert "not counted in any figure" in captions(app)


def test_a_cooperation_with_one_party_without_a_country_might_match(open_app, oracle):
    """Of "European clusters" and the State of Washington, nobody says that none is Italian: it is in the panel."""
    title = oracle.names("cooperations", "cooperation_id", "title")["mission-hannover-2016"]
    app = opened(open_app("cooperations", {"country": "IT"}), "cooperations_possible_panel")
    assert title not in list(register(app)["Cooperation"])
    table = app.dataframe[-1].value.set_index("Cooperation")
    assert table.loc[title, "Not recorded"] == "perhaps further countries"


def test_a_project_brings_the_countries_of_its_members(open_app, oracle):
    """MAGIA is a party; bioPmed of Piedmont leads it."""
    title = oracle.names("cooperations", "cooperation_id", "title")["mou-magia-medical-alley"]
    assert title in list(register(open_app("cooperations", {"country": "IT"}))["Cooperation"])


def test_a_record_known_not_to_match_is_in_neither(open_app, oracle):
    """An undated cooperation whose parties are all of other countries is excluded by its countries."""
    known, possible, chosen = in_country(oracle, "FR", 2015)
    app = opened(open_app("cooperations", {"country": "FR", "from": "2015"}), "cooperations_possible_panel")
    matching, others = register(app), app.dataframe[-1].value
    assert sorted(matching["Cooperation"]) == titles(known)
    assert sorted(zip(others["Cooperation"], others["Not recorded"], strict=True)) == sorted(
        (record.row["title"], ", ".join(record.not_recorded(chosen))) for record in possible
    )
    assert any(record.start is None for record in oracle.matching(COOPERATIONS) if record not in [*known, *possible])
    assert expanders(app)[0].startswith(f"{len(possible)} more EU–US cooperations might match: ")


def test_the_switch_hides_them_and_changes_no_count(open_app):
    """`unknown=no` in the link: no panel and no word of them, the same title and rows."""
    shown = open_app("cooperations", {"country": "FR"})
    hidden = open_app("cooperations", {"country": "FR", "unknown": "no"})
    assert share_of_agreements(hidden) == share_of_agreements(shown)
    assert register(hidden).equals(register(shown))
    assert expanders(hidden) == [] and "might match" not in captions(hidden)


@pytest.mark.parametrize(("link", "is_on"), [({}, True), ({"unknown": "no"}, False)])
def test_the_switch_writes_the_link(open_app, link, is_on):
    """Off puts unknown=no into the address, on takes it out; the panel goes and comes."""
    app = open_app("events", {"country": "BE", **link})
    switch = app.toggle(key="filter_unknown")
    assert switch.label == "Show records that might match" and switch.value is is_on
    assert len(expanders(app)) == is_on
    switch.set_value(not is_on).run()
    assert [error.value for error in app.exception] == []
    assert ("unknown" in app.query_params) is is_on and len(expanders(app)) == (not is_on)


@pytest.mark.parametrize("page", ["cooperations", "events", "policies", "projects", "map"])
def test_without_a_filter_nothing_might_match(open_app, page):
    """Every record matches."""
    assert "might match" not in captions(open_app(page)) + " ".join(expanders(open_app(page)))
