"""Rows that break a rule: one message for each fault, with file, line, column, value, rule and fix."""

import pytest
from etl_dataset import edit, messages

pytestmark = pytest.mark.slow  # reads all facts in every test


def _append(data, table, line):
    path = next(data.rglob(f"{table}.csv"))
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")


def _meant(file, near):
    return f"is not in {file}. Did you mean '{near}'? Otherwise add a row for it to {file}."


# Name of the case: (how the data are broken, every message that must follow, in order).
CASES = {
    "no such date": (
        lambda data: edit(data, "projects", "2016-02-01", "2013-13-01"),
        ["data/projects.csv line 5, start_on: '2013-13-01' is not a date. Write YYYY-MM-DD."],
    ),
    "date in another format": (
        lambda data: edit(data, "projects", "2016-02-01", "01/02/2016"),
        ["data/projects.csv line 5, start_on: '01/02/2016' is not a date. Write YYYY-MM-DD."],
    ),
    "no number": (
        lambda data: edit(data, "figures", "47.37,percent", '"47,37",percent'),
        ["data/figures.csv line 2, value: '47,37' is not a number. Write digits with a decimal point, such as 1250.5."],
    ),
    "no whole number": (
        lambda data: edit(data, "organisations", ",90,", ",ninety,"),
        [
            (
                "data/organisations.csv line 4, member_count: 'ninety' is not a whole number. Write "
                "digits only, such as 1250."
            ),
        ],
    ),
    "neither true nor false": (
        lambda data: edit(
            data, "cooperations", "aspiration,Exchange of knowledge,,false", "aspiration,Exchange of knowledge,,no"
        ),
        ["data/cooperations.csv line 3, is_eu_us: 'no' is neither true nor false. Write true or false."],
    ),
    "blank cell": (
        lambda data: edit(data, "opportunities", "Work on the reuse of water.", ""),
        ["data/opportunities.csv line 2, statement: the cell is blank, but this column needs a value. Fill it in."],
    ),
    "duplicate id": (
        lambda data: _append(data, "opportunities", "water-reuse,water,Another one."),
        [
            (
                "data/opportunities.csv line 3, opportunity_id: 'water-reuse' is already in line 2. "
                "Remove one of the two rows or correct its id."
            ),
        ],
    ),
    "duplicate key of two columns": (
        lambda data: _append(data, "project_targets", "escp4i-move,CA,2"),
        [
            (
                "data/project_targets.csv line 5, project_id, country_code: 'escp4i-move|CA' is already in line 4. "
                "Remove one of the two rows or correct its id."
            ),
        ],
    ),
    "successors in a circle": (
        lambda data: edit(
            data, "organisations", "researched,,,,,,,true,false,,", "researched,,,,,,,true,false,plastipolis,"
        ),
        [
            (
                "data/organisations.csv line 2, successor_id: 'polymeris' leads back to plastipolis. "
                "Follow the chain and correct the row that closes it."
            ),
            (
                "data/organisations.csv line 3, successor_id: 'plastipolis' leads back to polymeris. "
                "Follow the chain and correct the row that closes it."
            ),
        ],
    ),
    "country of the Union's own code": (
        lambda data: edit(data, "event_places", "Oyonnax,FR", "Oyonnax,UK"),
        [f"data/event_places.csv line 2, country_code: 'UK' {_meant('data/lookups/countries.csv', 'GB')}"],
    ),
    "country by a misspelt name": (
        lambda data: edit(data, "event_places", "Oyonnax,FR", "Oyonnax,Frnace"),
        [f"data/event_places.csv line 2, country_code: 'Frnace' {_meant('data/lookups/countries.csv', 'FR')}"],
    ),
    "unknown country": (
        lambda data: edit(data, "event_places", "Oyonnax,FR", "Oyonnax,ZZ"),
        [
            (
                "data/event_places.csv line 2, country_code: 'ZZ' is not in data/lookups/countries.csv. "
                "Correct it, or add a row for it to data/lookups/countries.csv."
            ),
        ],
    ),
    "misspelt status": (
        lambda data: edit(data, "cooperations", "MoU,signed", "MoU,singed"),
        [f"data/cooperations.csv line 2, status: 'singed' {_meant('data/lookups/cooperation_statuses.csv', 'signed')}"],
    ),
    "end before start": (
        lambda data: edit(data, "projects", "2019-01-31", "2015-01-31"),
        [
            (
                "data/projects.csv line 5, end_on: '2015-01-31' is before start_on, '2016-02-01'. "
                "Write the first day in start_on and the last in end_on."
            ),
        ],
    ),
    "value of no vocabulary": (
        lambda data: edit(data, "events", "held", "helt"),
        [
            (
                "data/events.csv line 2, status_in_source: 'helt' is not one of held, planned, not "
                "stated. Did you mean 'held'?"
            ),
        ],
    ),
    "precision without coordinates": (
        lambda data: edit(data, "organisations", "46.26,5.65,city", ",,city"),
        [
            (
                "data/organisations.csv line 2, location_precision: 'city' does not fit latitude, which is blank. "
                "A place known to the city has coordinates and no other place has: add them or correct the precision."
            ),
        ],
    ),
    "citation of a row whose key is broken": (
        lambda data: edit(data, "project_targets", "escp4i-move,CA,1", "escp4i-move,,1"),
        [
            (
                "data/project_targets.csv line 4, country_code: the cell is blank, but this column needs "
                "a value. Fill it in."
            )
        ],
    ),
    "id in capitals": (
        lambda data: edit(data, "opportunities", "water-reuse,", "Water Reuse,"),
        [
            (
                "data/citations.csv line 22, record_id: 'water-reuse' is not a record of data/opportunities.csv. "
                "Did you mean 'Water Reuse'?"
            ),
            (
                "data/opportunities.csv line 2, opportunity_id: 'Water Reuse' is not an id. "
                "Write lower-case letters and digits joined by single hyphens, such as escp4i-enw."
            ),
        ],
    ),
    "citation to a source that does not exist": (
        lambda data: _append(data, "citations", "events,matchmaking-2016,*,d36,s1"),
        [
            (
                "data/citations.csv line 50, source_id: 'd36' is not in data/sources.csv. "
                "Correct it, or add a row for it to data/sources.csv."
            ),
        ],
    ),
    "citation of nothing": (
        lambda data: _append(data, "citations", "events,matchmaking-2017,*,d35,s1"),
        [
            (
                "data/citations.csv line 50, record_id: 'matchmaking-2017' is not a record of data/events.csv. "
                "Did you mean 'matchmaking-2016'?"
            ),
        ],
    ),
    "citation of a column that does not exist": (
        lambda data: _append(data, "citations", "opportunities,water-reuse,place,d35,s1"),
        [
            (
                "data/citations.csv line 50, field: 'place' is not a column of opportunities. "
                "Write one of opportunity_id, sector_id, statement or *."
            ),
        ],
    ),
    "citation of a table that does not exist": (
        lambda data: _append(data, "citations", "happenings,x,*,d35,s1"),
        [
            (
                "data/citations.csv line 50, table_name: 'happenings' is not a table of facts. "
                "Write the name of a table of the schema."
            ),
        ],
    ),
    "missing value of a row that does not exist": (
        lambda data: edit(data, "missing_values", "escp4i-move", "escp4i-muve"),
        [
            (
                "data/missing_values.csv line 2, record_id: 'escp4i-muve' is not a record of data/projects.csv. "
                "Did you mean 'escp4i-move'?"
            ),
        ],
    ),
    "missing value that is there": (
        lambda data: edit(data, "missing_values", "projects,escp4i-move,start_on", "projects,bilat-usa,start_on"),
        [
            (
                "data/missing_values.csv line 2, field: 'start_on' has a value in data/projects.csv line 5: "
                "'2016-02-01'. Remove this row or the value."
            ),
        ],
    ),
    "alternative value of a column that does not exist": (
        lambda data: edit(data, "alternative_values", "member_count", "members"),
        [
            (
                "data/alternative_values.csv line 2, field: 'members' is not a column of organisations. Write one of "
                "organisation_id, name, acronym, kind, side, country_code, region_code, place, latitude, longitude, "
                "location_precision, location_basis, location_note, website, founded_year, member_count, "
                "member_count_as_of, member_count_note, is_cluster_organisation, named_in_seeds, successor_id, "
                "description."
            ),
        ],
    ),
    "alternative value that is the value": (
        lambda data: edit(data, "alternative_values", "120", "90"),
        [
            (
                "data/alternative_values.csv line 2, value: '90' is the value of data/organisations.csv line 4 itself. "
                "Remove this row, or write what the other source says."
            ),
        ],
    ),
    "figure about nothing": (
        lambda data: edit(data, "figures", "organisation,polymer-ohio", "organisation,polymerohio"),
        [
            (
                "data/figures.csv line 7, subject_id: 'polymerohio' is not a record of data/organisations.csv. "
                "Did you mean 'polymer-ohio'?"
            ),
        ],
    ),
    "correction that no longer matches": (
        lambda data: edit(data, "activities", "Visit of Standford", "Visit to Stanford"),
        [
            (
                "data/corrections.csv line 2, old_value: 'Visit of Standford' no longer matches data/activities.csv "
                "line 2, where description is 'Visit to Stanford'. Restate old_value, or remove the correction if the "
                "file is right."
            ),
        ],
    ),
    "correction of nothing": (
        lambda data: edit(data, "corrections", "wiintech-events-1", "wiintech-events-9"),
        [
            (
                "data/corrections.csv line 2, record_id: 'wiintech-events-9' is not in data/activities.csv. "
                "Correct the id or remove the correction."
            ),
        ],
    ),
    "alias claimed by two organisations": (
        lambda data: _append(data, "organisation_aliases", "plastipolis,DUTCH Water-Network"),
        [
            (
                "data/organisation_aliases.csv line 4, alias: 'DUTCH Water-Network' is claimed by plastipolis here and "
                "by nwp in data/organisation_aliases.csv line 2. One name belongs to one organisation: merge the two, "
                "or leave the name with one of them."
            ),
        ],
    ),
    "look-alikes that nobody has decided on": (
        lambda data: edit(data, "organisations", "polymeris,Polymeris", "polymeris,Plastipolis Cluster"),
        [
            (
                "data/organisations.csv line 2, name: 'Plastipolis' (plastipolis) looks like 'Plastipolis Cluster' "
                "(polymeris) in data/organisations.csv line 3, 100 of 100, and nobody has decided whether they are the "
                "same. Merge the two, or add a row to reconciliation.csv with the decision 'kept apart' and the reason."
            ),
        ],
    ),
    "point outside its country": (
        lambda data: edit(data, "organisations", "40.13,-82.93", "40.13,82.93"),
        [
            (
                "data/organisations.csv line 4, latitude, longitude: '40.13, 82.93' lies more than 1,000 km outside "
                "United States (data/lookups/countries.csv line 6). Correct the coordinates or the country; latitude "
                "is north, longitude is east."
            ),
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_fault_has_its_message(case, inputs, data):
    """Exactly the expected messages, and no others that merely follow from the fault."""
    break_it, expected = CASES[case]
    break_it(data)
    assert messages(inputs) == expected
