"""Table 2 of D3.5, cell by cell: what each project plans, where nothing is known, and which have no row."""

from datetime import date

import pytest

# Entries of each cell as printed; 0 where the cell reads "Information is not available".
CELLS = {
    ("escp4i-eacp-abroad", "planned activities"): 1,
    ("escp4i-eacp-abroad", "events"): 3,
    ("escp4i-adpack", "planned activities"): 0,
    ("escp4i-adpack", "events"): 1,
    ("escp4i-new-frontier-in-food", "planned activities"): 0,
    ("escp4i-new-frontier-in-food", "events"): 1,
    ("escp4i-bioxclusters-plus", "planned activities"): 0,
    ("escp4i-bioxclusters-plus", "events"): 1,
    ("escp4i-smartcitytech", "planned activities"): 1,
    ("escp4i-smartcitytech", "events"): 1,
    ("escp4i-silicon-europe-worldwide", "planned activities"): 1,
    ("escp4i-silicon-europe-worldwide", "events"): 2,
    ("escp4i-enw", "planned activities"): 2,
    ("escp4i-enw", "events"): 0,
}

# Projects of Table 1 that Table 2 does not mention at all.
WITHOUT_A_ROW = {
    "escp4i-3bi",
    "escp4i-crosscut",
    "escp4i-decision",
    "escp4i-elca4i",
    "escp4i-eu4food",
    "escp4i-eu4sportsclustersall",
    "escp4i-laser-go",
    "escp4i-mobigoin",
    "escp4i-peres",
    "escp4i-reina-plus",
    "escp4i-wiintech2020",
}

D = date
# Project, word of the entry, first and last day that bound it, precision, places (city or area, country).
EVENTS = [
    ("escp4i-eacp-abroad", "pnaa", D(2017, 2, 1), D(2017, 2, 28), "month", [("Seattle", "US")]),
    ("escp4i-eacp-abroad", "aeromart", D(2017, 4, 1), D(2017, 4, 30), "month", [("Montreal", "CA")]),
    ("escp4i-eacp-abroad", "aiac", D(2017, 11, 1), D(2017, 11, 30), "month", [("Ottawa", "CA")]),
    ("escp4i-adpack", "interpack", D(2017, 5, 4), D(2017, 5, 10), "day", [(None, "DE")]),
    ("escp4i-new-frontier-in-food", "ces", D(2017, 1, 1), D(2017, 1, 31), "month", [("Las Vegas", "US")]),
    ("escp4i-bioxclusters-plus", "bio", D(2017, 6, 1), D(2017, 6, 30), "month", [("San Diego", "US")]),
    ("escp4i-smartcitytech", "visit", None, None, "undated", [("Silicon Valley", "US"), ("Latin America", None)]),
    (
        "escp4i-silicon-europe-worldwide",
        "business connection",
        D(2017, 10, 1),
        D(2017, 10, 31),
        "month",
        [("Albany", "US")],
    ),
    ("escp4i-silicon-europe-worldwide", "semicon", D(2017, 7, 1), D(2017, 7, 31), "month", [("San Francisco", "US")]),
]


def entries_of(rows, project_id: str) -> list[tuple]:
    """event_id, name, status, dates and precision of the events that a project's Table 2 cell names."""
    return rows(
        "SELECT DISTINCT e.event_id, e.name, status_in_source, start_on, end_on, date_precision "
        "FROM activities JOIN events e USING (event_id) WHERE project_id = $1 AND cell = 'events'",
        project_id,
    )


def the_event(rows, project_id: str, word: str) -> tuple:
    """The one event of the cell whose name has the word."""
    found = [event for event in entries_of(rows, project_id) if word in event[1].casefold()]
    assert len(found) == 1, f"{project_id}, {word}: {found}"
    return found[0]


@pytest.mark.parametrize(("project_id", "cell"), CELLS)
def test_entries_of_each_cell(rows, project_id, cell):
    """One row per printed entry; a cell without information is one row that says so."""
    found = rows(
        "SELECT availability, count(*) FROM activities WHERE project_id = $1 AND cell = $2 GROUP BY availability",
        project_id,
        cell,
    )
    entries = CELLS[project_id, cell]
    assert found == ([("stated", entries)] if entries else [("not available", 1)])


def test_nothing_else_is_in_the_cells(rows):
    """7 projects in Table 2, 14 cells, 14 entries, 4 times no information."""
    found = rows("SELECT DISTINCT project_id, cell FROM activities WHERE cell <> 'text'")
    assert set(found) == set(CELLS)
    assert rows("SELECT count(*) FROM activities WHERE cell <> 'text' AND availability = 'stated'") == [(14,)]
    assert rows("SELECT count(*) FROM activities WHERE availability = 'not available'") == [(4,)]


def test_a_project_without_a_row_is_not_a_project_without_information(rows):
    """The other 11 projects have no entry: 'not available' is said only where the table says it."""
    assert len(WITHOUT_A_ROW) == 18 - len({project_id for project_id, _ in CELLS})
    found = rows(
        "SELECT project_id FROM activities WHERE cell <> 'text' AND list_contains($1::VARCHAR[], project_id)",
        sorted(WITHOUT_A_ROW),
    )
    assert found == []


@pytest.mark.parametrize(("project_id", "word", "first", "last", "precision", "places"), EVENTS)
def test_dates_of_the_events_keep_their_precision(rows, project_id, word, first, last, precision, places):
    """A month stays a month; 4-10.05.2017 is 4 to 10 May; the inspiration visit has no date."""
    assert the_event(rows, project_id, word)[3:] == (first, last, precision)


@pytest.mark.parametrize(("project_id", "word", "first", "last", "precision", "places"), EVENTS)
def test_places_of_the_events(rows, project_id, word, first, last, precision, places):
    """Montreal, Ottawa and Germany are not the USA; Silicon Valley and Latin America are two places."""
    event_id = the_event(rows, project_id, word)[0]
    found = rows("SELECT place, country_code FROM event_places WHERE event_id = $1 ORDER BY sequence", event_id)
    assert [country for _, country in found] == [country for _, country in places]
    for (stated, _), (expected, _) in zip(found, places, strict=True):
        # Interpack: the table names the country only; a city would have to come from elsewhere.
        assert expected is None or expected in stated.replace("é", "e")


@pytest.mark.parametrize(("project_id", "word"), [(p, w) for p, w, *_ in EVENTS if w != "pnaa"])
def test_announced_events_are_planned(rows, project_id, word):
    """The table announces; that a date lies before or after the paper's does not say what took place."""
    assert the_event(rows, project_id, word)[2] == "planned"


def test_the_seattle_conference_is_announced_and_told(rows):
    """Table 2 plans the PNAA conference, section 3.3 of the same paper tells of the mission to it."""
    assert the_event(rows, "escp4i-eacp-abroad", "pnaa")[2] in ("held", "planned")


def test_every_cell_is_cited_to_table_2(rows):
    """Each entry leads to the table it stands in."""
    missing = rows(
        "SELECT activity_id FROM activities WHERE cell <> 'text' AND activity_id NOT IN (SELECT "
        "record_id FROM citations "
        "WHERE table_name = 'activities' AND source_id = 'd35' AND locator LIKE '%Table 2%')"
    )
    assert missing == []


def test_events_of_the_table_belong_to_their_project(rows):
    """The project of the cell stands at the event too, so that the events page can name it."""
    missing = rows(
        "SELECT a.activity_id FROM activities a WHERE a.event_id IS NOT NULL AND a.cell = 'events' AND NOT EXISTS "
        "(FROM event_projects p WHERE p.event_id = a.event_id AND p.project_id = a.project_id)"
    )
    assert missing == []


def test_two_agreements_are_planned_not_signed(rows):
    """EnW: 'a minimum of two international agreements' is an intention with a number, not two agreements."""
    found = rows("SELECT value, qualifier, unit FROM figures WHERE subject_id = 'escp4i-enw' AND value = 2")
    assert len(found) == 1 and found[0][1] in ("at least", "planned"), found
    signed = rows(
        "SELECT cooperation_id FROM cooperations JOIN cooperation_parties USING (cooperation_id) "
        "WHERE project_id = 'escp4i-enw' AND status IN ('signed', 'renewed', 'completed')"
    )
    assert signed == []
