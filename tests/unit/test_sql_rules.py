"""Rules of views that hardly any shipped record decides, on rows written for each rule."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import duckdb
import pytest
from bare_rows import insert, keep_nothing

from etl.load import create_views
from etl.schema import create_tables

# The tables whose records registers list, with key and register.
REGISTERS = {
    "organisations": ("organisation_id", "organisation_register"),
    "projects": ("project_id", "project_register"),
    "cooperations": ("cooperation_id", "cooperation_register"),
    "events": ("event_id", "event_register"),
    "policies": ("policy_id", "policy_register"),
    "success_stories": ("story_id", "story_register"),
    "opportunities": ("opportunity_id", "opportunity_register"),
}
Add = Callable[..., None]


@pytest.fixture(scope="module")
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    """All tables and views, without a row; what a build keeps as a table is a view, which sees rows added later."""
    with duckdb.connect(config={"threads": "1"}) as connection:
        create_tables(connection)
        create_views(connection, with_comments=False)
        keep_nothing(connection)
        yield connection


@pytest.fixture
def rows(empty: duckdb.DuckDBPyConnection) -> Iterator[Callable[[str], list[tuple]]]:
    """`rows(sql)` of the views; what a test adds is gone after it."""
    empty.begin()
    yield lambda sql: empty.execute(sql).fetchall()
    empty.rollback()


@pytest.fixture
def add(empty: duckdb.DuckDBPyConnection, rows: object) -> Add:
    """`add(table, column=value, …)` adds a row; other needed columns have a value of NEEDED."""
    return lambda table, **values: insert(empty, table, **values)


def cooperation(add: Add, name: str, *parties: tuple[str, str], role: str | None = None, **values: Any) -> None:
    """A cooperation of organisations, each with its side."""
    add("cooperations", cooperation_id=name, **values)
    for order, (party, side) in enumerate(parties, 1):
        add("cooperation_parties", cooperation_id=name, party_order=order, organisation_id=party, side=side, role=role)


@pytest.fixture
def statuses(add: Add) -> None:
    """Those that the cooperations of a test have."""
    for position, name in enumerate(("ongoing", "signed"), 1):
        add("cooperation_statuses", status=name, position=position)


def test_a_record_of_which_nothing_is_known_is_in_its_register():
    """Once, with empty lists: never null, or a filter would lose it without a word.

    All have the same id, so that a list of one would show up in the register of another.
    """
    with duckdb.connect(config={"threads": "1"}) as connection:
        create_tables(connection)
        insert(connection, "cooperation_statuses", status="ongoing", position=1)
        insert(connection, "sectors", sector_id="water", name="Water", scheme="theme")
        for table, (key, _) in REGISTERS.items():
            insert(connection, table, **{key: "bare"})
        insert(connection, "missing_values", table_name="organisations", record_id="bare", field="country_code")
        create_views(connection)
        for key, register in REGISTERS.values():
            columns = connection.execute(f"DESCRIBE {register}").fetchall()
            lists = [name for name, kind, *_ in columns if kind.endswith("[]")]
            found = connection.execute(f"SELECT {key}, {', '.join(lists)} FROM {register}").fetchall()
            assert [row[0] for row in found] == ["bare"], register
            blank = {name for name, value in zip(lists, found[0][1:], strict=True) if value is None}
            assert blank == set(), register
            found = connection.execute(f"SELECT sector_ids, not_applicable FROM {register}").fetchall()
            sectors = ["water"] if register == "opportunity_register" else []
            assert found == [(sectors, ["countries"] if register == "organisation_register" else [])], register


def test_a_record_without_sectors_has_those_of_its_parties_or_projects(rows, add: Add, statuses):
    """One with a sector of its own keeps to it, whatever others of its kind have."""
    for name in ("water", "energy"):
        add("sectors", sector_id=name, name=name, scheme="theme")
    add("organisations", organisation_id="a")
    add("projects", project_id="p")
    add("organisations", organisation_id="b")
    for name, sector in (("a", "water"), ("b", "energy")):
        add("organisation_sectors", organisation_id=name, sector_id=sector, basis="stated")
    add("project_sectors", project_id="p", sector_id="energy", basis="stated")
    cooperation(add, "own", ("a", "EU"))
    add("cooperation_sectors", cooperation_id="own", sector_id="energy", basis="stated")
    cooperation(add, "inherited", ("a", "EU"))
    add("events", event_id="of-a-project")
    add("event_projects", event_id="of-a-project", project_id="p", role="host")
    found = rows("FROM record_sectors WHERE table_name IN ('cooperations', 'events') ORDER BY ALL")
    assert found == [
        ("cooperations", "inherited", "water", "assigned", "parties"),
        ("cooperations", "own", "energy", "stated", None),
        ("events", "of-a-project", "energy", "assigned", "projects"),
    ]


def test_a_theme_by_our_crosswalk_is_assigned(rows, add: Add):
    """Also where the source states the traded cluster; the theme of a stated sub-sector is stated."""
    add("sectors", sector_id="materials", name="Materials", scheme="theme")
    add("sectors", sector_id="coating", name="Coating", scheme="sub_sector", parent_id="materials")
    add("sectors", sector_id="tc-plastics", name="Plastics", scheme="traded_cluster")
    add("sector_links", theme_id="materials", traded_cluster_id="tc-plastics")
    for sector in ("coating", "tc-plastics"):
        add("organisations", organisation_id=sector)
        add("organisation_sectors", organisation_id=sector, sector_id=sector, basis="stated")
    assert rows("FROM organisation_themes ORDER BY 1") == [
        ("coating", "materials", "stated"),
        ("tc-plastics", "materials", "assigned"),
    ]


def test_programmes_have_the_countries_of_their_authorities(rows, add: Add):
    """One of the whole world without a country may be of any; with one, and of one side, nothing is missing."""
    add("countries", country_code="CA", name="Canada", side="OTHER")
    for name, side in (("world", "OTHER"), ("canadian", "OTHER"), ("european", "EU")):
        add("projects", project_id=name)
        add("policy_projects", project_id=name, side=side)
    add("project_countries", project_id="canadian", country_code="CA")
    add("projects", project_id="free", kind="support_project")
    assert rows("SELECT project_id, list(side ORDER BY side) FROM project_gaps GROUP BY ALL ORDER BY 1") == [
        ("free", ["EU", "OTHER", "US"]),
        ("world", ["EU", "OTHER", "US"]),
    ]
    assert rows(
        "SELECT record_id, list(scheme ORDER BY scheme) FROM sector_gaps WHERE table_name = 'policies' "
        "GROUP BY ALL ORDER BY 1"
    ) == [(name, ["theme", "traded_cluster"]) for name in ("canadian", "european", "world")]


@pytest.mark.parametrize(
    ("counted", "measure", "is_complete"),
    [
        (2, "clusters in the partnership", True),
        (1, "clusters in the pilot", True),
        (3, "clusters in the partnership", False),
        (2, "members", False),
    ],
)
def test_a_list_of_members_is_complete_where_as_many_are_known_as_a_source_counts(
    rows, add: Add, counted, measure, is_complete
):
    """Leads and partners are clusters of the partnership, associates are not."""
    add("projects", project_id="p", kind="pilot_project")
    for name, role in (("a", "lead"), ("b", "partner"), ("c", "associate")):
        add("organisations", organisation_id=name, country_code=None)
        add("project_members", project_id="p", organisation_id=name, role=role)
    add("figures", figure_id="f", subject_id="p", measure=measure, value=counted)
    gaps = rows("SELECT DISTINCT side FROM project_gaps ORDER BY side")
    # The members are of the EU side, and their countries are not recorded.
    assert gaps == ([("EU",)] if is_complete else [("EU",), ("OTHER",), ("US",)])


def test_a_body_of_neither_side_may_have_its_seat_anywhere(rows, add: Add):
    add("countries", country_code="FR", name="France", side="EU")
    for name, side, country in (
        ("eu", "EU", None),
        ("world", "OTHER", None),
        ("french", "EU", "FR"),
        ("net", "EU", None),
    ):
        add("organisations", organisation_id=name, side=side, country_code=country)
    # A country makes no sense for the last; for the first a date makes none, its country is unknown all the same.
    add("missing_values", table_name="organisations", record_id="net", field="country_code")
    add("missing_values", table_name="organisations", record_id="eu", field="start_on")
    assert rows("SELECT organisation_id, list(side ORDER BY side) FROM organisation_gaps GROUP BY ALL ORDER BY 1") == [
        ("eu", ["EU"]),
        ("world", ["EU", "OTHER", "US"]),
    ]


def founded(add: Add, **years: int | None) -> None:
    """Organisations and the years in which they were founded."""
    for name, year in years.items():
        add("organisations", organisation_id=name, founded_year=year)


EARLIEST = "SELECT cooperation_id, year(earliest_on) FROM earliest_days ORDER BY 1"


@pytest.mark.parametrize(
    ("parties", "role", "year"),
    [
        # Each of two is needed.
        ([("old", "EU"), ("young", "EU")], None, 2010),
        ([("old", "EU"), ("unknown", "EU")], None, 1990),
        # Of several on one side all but one may have come later.
        ([("old", "EU"), ("middle", "EU"), ("young", "EU")], None, 1990),
        ([("old", "EU"), ("middle", "US"), ("young", "US")], None, 2000),
        ([("old", "EU"), ("young", "US"), ("unknown", "US")], None, 1990),
        # Every signatory signs.
        ([("old", "EU"), ("middle", "EU"), ("young", "EU")], "signatory", 2010),
    ],
)
def test_no_cooperation_before_its_parties(rows, add: Add, statuses, parties, role, year):
    founded(add, old=1990, middle=2000, young=2010, unknown=None)
    cooperation(add, "c", *parties, role=role)
    cooperation(add, "dated", *parties, role=role, start_on=date(2015, 1, 1), date_precision="year")
    assert rows(EARLIEST) == [("c", year)]


def test_no_renewal_before_what_it_renews(rows, add: Add, statuses):
    cooperation(add, "first", start_on=date(2012, 5, 1), date_precision="month")
    cooperation(add, "again")
    add("cooperation_renewals", cooperation_id="again", renewed_cooperation_id="first")
    assert rows("FROM earliest_days") == [("again", date(2012, 5, 1))]


@pytest.mark.parametrize(("role", "found"), [("charter member", [("between-members", 2014)]), ("partner", [])])
def test_no_members_before_their_alliance(rows, add: Add, statuses, role, found):
    founded(add, a=None, b=None)
    cooperation(
        add, "alliance", ("a", "EU"), role=role, kind="alliance", start_on=date(2014, 1, 1), date_precision="year"
    )
    cooperation(add, "between-members", ("a", "EU"), ("b", "US"), role=role)
    cooperation(add, "other", ("a", "EU"), role=role, start_on=date(2016, 1, 1), date_precision="year")
    assert rows(EARLIEST) == found


def test_a_partnership_carries_on_what_was_begun_under_its_name(rows, add: Add, statuses):
    """No earlier than the first dated one of its generation, unless a dated cooperation of it is older."""
    ways = {"kind": "escp4i_partnership", "target_list": "unknown"}
    add("projects", project_id="first", generation=1, start_on=date(2012, 1, 1), start_precision="year", **ways)
    add("projects", project_id="later", generation=1, start_on=date(2013, 1, 1), start_precision="year", **ways)
    add("projects", project_id="of-a-generation-without-dates", generation=2, **ways)
    for name in ("new", "older", "alike"):
        add("projects", project_id=name, generation=1, **ways)
        add("cooperations", cooperation_id=f"of-{name}")
        add("cooperation_parties", cooperation_id=f"of-{name}", party_order=1, project_id=name, side="EU")
    for name, year in (("older", 2009), ("alike", 2012)):
        add("cooperations", cooperation_id=f"dated-{name}", start_on=date(year, 1, 1), date_precision="year")
        add("cooperation_parties", cooperation_id=f"dated-{name}", party_order=1, project_id=name, side="EU")
    first = date(2012, 1, 1)
    assert rows("FROM earliest_project_days ORDER BY 1") == [(name, first) for name in ("alike", "new", "older")]
    assert rows(EARLIEST) == [("of-alike", 2012), ("of-new", 2012)]


def test_what_a_source_tells_as_done_is_not_later_than_the_source(rows, add: Add, statuses):
    """The last day on which its first dated source may have been published; what is ongoing may last for years."""
    days = {"day": date(2016, 2, 3), "month": date(2016, 2, 1), "year": date(2016, 1, 1), "later": date(2017, 1, 1)}
    for name, day in days.items():
        add("sources", source_id=name, published_on=day, published_precision="day" if name == "later" else name)
    add("sources", source_id="undated", published_precision="undated")
    for name in ("day", "month", "year", "undated"):
        cooperation(add, f"signed-{name}", status="signed")
        for source in (name, *(["later"] if name != "undated" else [])):
            add("citations", table_name="cooperations", record_id=f"signed-{name}", source_id=source)
    cooperation(add, "ongoing", status="ongoing")
    add("citations", table_name="cooperations", record_id="ongoing", source_id="day")
    for name in ("held", "planned"):
        add("events", event_id=name, status_in_source=name)
        add("citations", table_name="events", record_id=name, source_id="year")
    assert rows("FROM latest_days ORDER BY ALL") == [
        ("cooperations", "signed-day", date(2016, 2, 3)),
        ("cooperations", "signed-month", date(2016, 2, 29)),
        ("cooperations", "signed-year", date(2016, 12, 31)),
        ("events", "held", date(2016, 12, 31)),
    ]


def test_why_the_places_of_an_event_are_not_recorded(rows, add: Add):
    """A reason of the event is one of every place; an event on the internet alone has neither side nor country."""
    cases = {
        "internet": ["not applicable", "not applicable"],
        "internet-and-unknown": ["not applicable", "not stated"],
        "internet-and-place": ["not applicable", None],
    }
    for name, reasons in cases.items():
        add("events", event_id=name)
        for order, reason in enumerate(reasons, 1):
            add("event_places", event_id=name, sequence=order)
            if reason:
                add(
                    "missing_values",
                    table_name="event_places",
                    record_id=f"{name}|{order}",
                    field="country_code",
                    reason=reason,
                )
    assert rows("FROM blank_reasons ORDER BY ALL") == [
        ("events", "internet", "countries", "not applicable"),
        ("events", "internet-and-unknown", "countries", "not stated"),
    ]
    assert rows("FROM filters_not_applicable") == [("events", "internet", ["countries", "sides"])]
