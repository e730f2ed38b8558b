"""Counts are of records known to match; those that might match stand apart, one click away, and can be hidden.

Every number is counted in the files of data/.
"""

import csv

import pytest

from settings import ROOT


def rows(name: str) -> list[dict[str, str]]:
    """Rows of a file of data/; none where there is no such file."""
    path = ROOT / "data" / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def grouped(pairs) -> dict[str, set[str]]:
    """{id: codes} of pairs."""
    found: dict[str, set[str]] = {}
    for record, code in pairs:
        if code:
            found.setdefault(record, set()).add(code)
    return found


ORGANISATION_COUNTRIES = grouped((r["organisation_id"], r["country_code"]) for r in rows("organisation_countries"))
PARTIES = rows("cooperation_parties")
COOPERATION_COUNTRIES = grouped(
    [
        *(
            (party["cooperation_id"], code)
            for party in PARTIES
            for code in ORGANISATION_COUNTRIES.get(party["organisation_id"], ())
        ),
        *((r["cooperation_id"], r["country_code"]) for r in rows("cooperation_party_countries")),
    ]
)
SIDES = grouped((party["cooperation_id"], party["side"]) for party in PARTIES)
EU_US = {r["cooperation_id"] for r in rows("cooperations") if {"EU", "US"} <= SIDES[r["cooperation_id"]]}
STATUS = {r["cooperation_id"]: r["status"] for r in rows("cooperations")}
TITLE = {r["cooperation_id"]: r["title"] for r in rows("cooperations")}
# What makes no sense for a record is not unknown: (table, record id, field).
NOT_APPLICABLE = {
    (r["table_name"], r["record_id"], r["field"]) for r in rows("missing_values") if r["reason"] == "not applicable"
}
EVENT_COUNTRIES = grouped((r["event_id"], r["country_code"]) for r in rows("event_places"))
ENDED = {r["organisation_id"] for r in rows("organisation_ends")}
BODIES = [
    r
    for r in rows("organisations")
    if r["is_cluster_organisation"] == "true"
    and not r["successor_id"]
    and r["organisation_id"] not in ENDED
    and r["kind"] != "regional_cluster"
]


def events_of_no_country() -> set[str]:
    """Events to whose places, all of them, no country is applicable: held on the internet."""
    places = rows("event_places")
    elsewhere = {
        r["event_id"]
        for r in places
        if ("event_places", f"{r['event_id']}|{r['sequence']}", "country_code") not in NOT_APPLICABLE
    }
    return {r["event_id"] for r in places} - elsewhere


def in_country(code: str) -> tuple[list[str], list[str]]:
    """EU–US cooperations with a party known to be of a country, and those of no recorded country."""
    known = sorted(one for one in EU_US if code in COOPERATION_COUNTRIES.get(one, ()))
    return known, sorted(EU_US - set(COOPERATION_COUNTRIES))


def captions(app) -> str:
    """Small print of the page, without the escapes of Markdown."""
    return "\n".join(part.value for part in app.caption).replace("\\", "")


def expanders(app) -> list[str]:
    """Labels of the panels that can be opened."""
    return [panel.label for panel in app.expander]


def opened(app, key: str):
    """The app after a panel was opened."""
    app.session_state[key] = True
    app.run()
    assert [error.value for error in app.exception] == []
    return app


def test_poland_has_its_own_organisations(open_app):
    """Bodies whose country is recorded as Poland, and no body of unknown country among them."""
    app = open_app("overview", {"country": "PL"})
    polish = [r for r in BODIES if "PL" in ORGANISATION_COUNTRIES.get(r["organisation_id"], ())]
    unknown = [
        one
        for one in (r["organisation_id"] for r in BODIES)
        if one not in ORGANISATION_COUNTRIES and ("organisations", one, "country_code") not in NOT_APPLICABLE
    ]
    value = next(metric.value for metric in app.metric if metric.label.startswith("Cluster organisations"))
    assert value == f"{sum(r['side'] == 'EU' for r in polish)} + {sum(r['side'] == 'US' for r in polish)}"
    assert len(polish) >= 15 and unknown
    assert f"{len(unknown)} more cluster organisations might match: no recorded country" in captions(app)


def test_figures_without_anything_known_say_none(open_app):
    """No event is known to have been in Poland: 'none', and how many have no country."""
    app = open_app("overview", {"country": "PL"})
    known = [one for one, codes in EVENT_COUNTRIES.items() if "PL" in codes]
    unknown = {r["event_id"] for r in rows("events")} - set(EVENT_COUNTRIES) - events_of_no_country()
    assert not known and next(metric.value for metric in app.metric if metric.label == "Events") == "none"
    assert f"{len(unknown)} more events might match: no recorded country" in captions(app)


@pytest.mark.parametrize("code", ["FR", "DE"])
def test_cooperations_of_a_country(open_app, code):
    """k of n counts those known to match, in the title and in the register; the others are in the panel."""
    known, unknown = in_country(code)
    signed = sum(STATUS[one] in ("signed", "renewed") for one in known)
    noun = "EU–US cooperation" if len(unknown) == 1 else "EU–US cooperations"
    told = f"{len(unknown)} more {noun} might match: no recorded country"
    app = open_app("cooperations", {"country": code})
    assert app.header[0].value.startswith(f"{signed} of {len(known)} recorded EU–US cooperations for ")
    assert f"Not counted: {told}." in captions(app)
    assert sorted(app.dataframe[0].value["Cooperation"]) == sorted(TITLE[one] for one in known)
    assert len(app.dataframe) == 1, "the panel is filled when it is opened"
    assert expanders(app) == [told]


def test_the_panel_lists_the_rest(open_app):
    """Each record that might match, with what is not recorded of it."""
    _, unknown = in_country("FR")
    app = opened(open_app("cooperations", {"country": "FR"}), "cooperations_possible")
    table = app.dataframe[-1].value
    assert sorted(table["Cooperation"]) == sorted(TITLE[one] for one in unknown) and unknown
    assert set(table["Not recorded"]) == {"country"}
    assert "not counted in any figure" in captions(app)


def test_a_record_known_not_to_match_is_in_neither(open_app):
    """An undated cooperation of another country is excluded by its country."""
    app = opened(open_app("cooperations", {"country": "FR", "from": "2015"}), "cooperations_possible")
    undated = {
        one
        for one in (r["cooperation_id"] for r in rows("cooperations") if not r["start_on"])
        if ("cooperations", one, "start_on") not in NOT_APPLICABLE
    }
    late = {r["cooperation_id"] for r in rows("cooperations") if (r["end_on"] or r["start_on"])[:4] >= "2015"}
    french, placeless = map(set, in_country("FR"))
    possible = {one: ["country"] for one in placeless & late} | {one: ["date"] for one in french & undated}
    possible |= {one: ["country", "date"] for one in placeless & undated}
    matching, others = app.dataframe[0].value, app.dataframe[-1].value
    assert sorted(matching["Cooperation"]) == sorted(TITLE[one] for one in french & late)
    assert sorted(zip(others["Cooperation"], others["Not recorded"], strict=True)) == sorted(
        (TITLE[one], ", ".join(lacking)) for one, lacking in possible.items()
    )
    assert expanders(app)[0].startswith(f"{len(possible)} more EU–US cooperations might match: ")


def test_the_switch_hides_them_and_changes_no_count(open_app):
    """`unknown=no` in the link: no panel and no word of them, the same title and rows."""
    shown = open_app("cooperations", {"country": "FR"})
    hidden = open_app("cooperations", {"country": "FR", "unknown": "no"})
    assert hidden.header[0].value == shown.header[0].value
    assert hidden.dataframe[0].value.equals(shown.dataframe[0].value)
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
