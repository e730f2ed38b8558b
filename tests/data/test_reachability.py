"""A way from each subject to each fact: every row of data/ is reached from a page in at most three steps.

Step 1 is a row of a register, step 2 its profile, step 3 the profile of a record listed there. What must be reached is
read from the CSV files; what is reached, from the queries and profiles that the pages draw.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import pytest

from domain.record_types import RECORD_TYPES
from settings import ROOT
from tests.expected.texts import period, stated_date
from tests.oracle import Oracle
from tests.profile_rows import ELSEWHERE, NO_FACTS, SHOWN, Key, Names
from tests.screens import Screens, read_screens, related_as_drawn
from warehouse import populations

# Reads many profiles, or every register with all its columns.
pytestmark = [pytest.mark.usefixtures("published"), pytest.mark.slow]
Tie = tuple[Key, Key, str]  # two records that must lead to each other, with the role that both must tell
MAIN = [population.table for population in populations.REGISTER_POPULATIONS] + ["figures", "activities"]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(4, id="profiles of each fourth record"),
        pytest.param(1, id="all profiles", marks=pytest.mark.soak),
    ],
)
def screens(request, published) -> Screens:
    return read_screens(request.param)


@pytest.mark.parametrize(
    "key", [("organisations", "plastipolis"), ("events", "eu-us-cluster-workshop-2015"), ("projects", "escp4i-enw")]
)
def test_profiles_are_drawn_from_these_lists(screens, key):
    drawn = related_as_drawn(*key)
    assert drawn and set(drawn) == set(screens.links[key])


def test_every_table_has_its_way():
    """A new table of facts needs a rule here, and a list or a column of the profiles that it belongs to."""
    files = {path.stem for path in [*(ROOT / "data").glob("*.csv"), *(ROOT / "data" / "lookups").glob("*.csv")]}
    assert files - NO_FACTS == set(SHOWN) | set(TIED) | set(MAIN) | ELSEWHERE


@pytest.mark.parametrize("table", SHOWN)
def test_the_subject_shows_the_row(oracle, screens, table):
    """A country, a name, a sector, a target, a place: in the profile of the record it belongs to."""
    names = Names(oracle)
    wanted = [pair for row in oracle.rows(table) for pair in SHOWN[table](names, row)]
    assert wanted, table
    assert {key for key, _ in wanted} - screens.first == set()
    assert [(key, text) for key, text in wanted if key in screens.read and not screens.shows(key, text)] == []


# ---------------------------------------------------------------- rows that tie two records


def _ties(oracle: Oracle, table: str) -> Iterator[Tie]:
    """The records that the rows of a table tie, as (one, other, role)."""
    for row in oracle.rows(table):
        keys = [(name, row[column]) for column, name in TIED[table].items() if row.get(column)]
        if table == "figures":
            subject = {"programme": "policies"}.get(row["subject_type"], f"{row['subject_type']}s")
            keys.append((subject, row["subject_id"]))
        if table == "source_owners" and row["owner_kind"] != "authority":
            keys.append((f"{row['owner_kind']}s", row["owner_id"]))
        if len(keys) == 2:
            yield keys[0], keys[1], row.get("role", "") if table != "cooperation_parties" else ""


TIED: Mapping[str, Mapping[str, str]] = {
    "organisations": {"organisation_id": "organisations", "successor_id": "organisations"},
    "projects": {"project_id": "projects", "lead_organisation_id": "organisations"},
    "project_members": {"project_id": "projects", "organisation_id": "organisations"},
    "cooperation_parties": {
        "cooperation_id": "cooperations",
        "organisation_id": "organisations",
        "project_id": "projects",
    },
    "event_organisations": {"event_id": "events", "organisation_id": "organisations"},
    "event_projects": {"event_id": "events", "project_id": "projects"},
    "event_policies": {"event_id": "events", "policy_id": "policies"},
    "story_cooperations": {"story_id": "success_stories", "cooperation_id": "cooperations"},
    "story_partners": {"story_id": "success_stories", "organisation_id": "organisations"},
    "cooperation_renewals": {"cooperation_id": "cooperations", "renewed_cooperation_id": "cooperations"},
    "source_owners": {"source_id": "sources"},
    "activities": {"activity_id": "activities", "event_id": "events"},
    "figures": {"figure_id": "figures"},
}
# Subjects without a profile: pages list their figures themselves.
WITHOUT_PROFILE = {"sectors", "cluster-mapping-portals"}


@pytest.mark.parametrize("table", TIED)
def test_each_of_two_records_leads_to_the_other(oracle, screens, table):
    """Members and projects, parties and cooperations, figures and their subjects: from both ends, with the role."""
    ties = [tie for tie in _ties(oracle, table) if not WITHOUT_PROFILE & {*tie[0], *tie[1]}]
    assert ties, table
    lost = [tie for tie in ties if not (screens.leads(*tie) and screens.leads(tie[1], tie[0], tie[2]))]
    assert lost == []


def test_the_partnership_of_every_activity(oracle, screens):
    """An activity and its partnership lead to each other."""
    pairs = [(("projects", r["project_id"]), ("activities", r["activity_id"])) for r in oracle.rows("activities")]
    assert [pair for pair in pairs if not (screens.leads(*pair) and screens.leads(*reversed(pair)))] == []


@pytest.mark.parametrize("table", MAIN)
def test_every_record_is_in_a_register_or_in_a_profile_of_one(oracle, screens, table):
    key = RECORD_TYPES[table].key
    keys = {(table, row[key]) for row in oracle.rows(table)}
    second = {key for one in screens.first for key in screens.links[one]}
    assert keys - screens.first - second == set()
    assert table in ("figures", "activities") or keys <= screens.first


# ---------------------------------------------------------------- fields of a record

# Fields that stand nowhere as such, and why.
NOT_SHOWN = {
    "latitude": "the point of the map",
    "longitude": "the point of the map",
    "is_cluster_organisation": "follows from the kind",
    "is_eu_us": "follows from the parties",
    "date_stated": "the period is shown at its precision",
    "date_precision": "part of the period",
    "start_precision": "part of the start",
    "end_precision": "part of the end",
    "subject_type": "leads to the subject",
    "subject_id": "leads to the subject",
    "successor_id": "leads to the successor",
    "lead_organisation_id": "leads to the lead",
    "event_id": "leads to the event",
    "project_id": "leads to the partnership",
    "country_code": "among the countries",
    "generation": "a number of one digit, in the profile as such",
}
CODED = {"sector_id": "sectors", "region_code": "regions"}


def _field_text(oracle: Oracle, table: str, name: str, value: str) -> str:
    """A value as readers see it: terms by their label, codes by their name, numbers without a zero after the point."""
    if name in CODED:
        return oracle.names(CODED[name], name)[value]
    if value in ("true", "false"):
        return "yes" if value == "true" else "no"
    if name in ("as_of", "member_count_as_of"):
        return stated_date(value)
    if name == "value":
        return f"{float(value):g}" if float(value) < 1e6 else str(int(float(value)))
    return oracle.labels(f"{table}.{name}").get(value, value)


@pytest.mark.parametrize("table", MAIN)
def test_every_field_of_a_record_is_in_its_profile(oracle, screens, table):
    """Each value of the file, in the words that readers see."""
    key, lost = RECORD_TYPES[table].key, defaultdict(list)
    for row in oracle.rows(table):
        record = table, row[key]
        for name, value in row.items():
            if record in screens.read and value and name not in {key, "start_on", "end_on", *NOT_SHOWN}:
                text = _field_text(oracle, table, name, value)
                if not screens.shows(record, text):
                    lost[name].append((row[key], text))
    assert dict(lost) == {}


@pytest.mark.parametrize("table", ["cooperations", "events", "policies"])
def test_every_date_is_in_the_profile(oracle, screens, table):
    dated = [one for one in oracle.records[table] if one.start and (table, one.id) in screens.read]
    assert dated and [one.id for one in dated if not screens.shows((table, one.id), period(one))] == []
