"""The report in one file: its numbers are those of the database, and it loads nothing from the network."""

import re
from collections import Counter
from datetime import date
from urllib.parse import quote_plus

import pytest
from html_reading import Page
from plotly.offline import get_plotlyjs_version

from domain.filters import Filters
from exports.content import gather
from exports.html.report import plotly_script, report
from settings import load_settings
from tests.unknown_values import events_of_unknown_country
from warehouse import queries, query_cache
from warehouse.connection import open_database

MADE_ON = date(2026, 11, 22)


@pytest.fixture(autouse=True, scope="module")
def _published(published: None) -> None:
    """Every test of this module reads the database of the tests."""


@pytest.fixture(scope="module")
def whole() -> tuple[bytes, Page]:
    page = report(gather(Filters(), MADE_ON, has_annex=True))
    return page, Page(page)


@pytest.fixture(scope="module")
def rows():
    """`rows(sql)` from the database that the report was made of, without our questions in between."""
    with open_database(load_settings().database) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


@pytest.mark.parametrize(
    ("anchor", "sql"),
    [
        ("register-organisations", "SELECT name FROM organisation_register"),
        ("register-projects", "SELECT label FROM project_register"),
        ("register-cooperations", "SELECT title FROM cooperation_register"),
        ("register-policies", "SELECT name FROM policy_register"),
        ("register-events", "SELECT name FROM event_register"),
        ("register-opportunities", "SELECT statement FROM opportunities"),
    ],
)
def test_registers_hold_every_row(whole, rows, anchor, sql):
    """Names in the first column, none missing and none twice."""
    first = [next(iter(row.values())) for row in whole[1].rows(anchor)]
    assert Counter(first) == Counter(name for (name,) in rows(sql)) and first


def test_the_figures_say_what_the_database_says(whole, rows):
    """Cooperations by status in the chart: EU–US ones counted from the parties themselves, without renewals."""
    counted = dict(
        rows(
            "SELECT status, count(*) FROM cooperations WHERE cooperation_id IN ("
            "  SELECT cooperation_id FROM cooperation_parties GROUP BY ALL"
            "  HAVING bool_or(side = 'EU') AND bool_or(side = 'US')"
            ") AND cooperation_id NOT IN (SELECT cooperation_id FROM cooperation_renewals) GROUP BY status"
        )
    )
    rungs = whole[1].figure("statuses")["layout"]["yaxis"]["ticktext"]
    drawn = {
        name.lower(): int(number) for name, number in (re.match(r"(\w+) <b>(\d+)", rung).groups() for rung in rungs)
    }
    assert drawn == counted
    dots = [data[0] for trace in whole[1].figure("statuses")["data"] for data in trace["customdata"]]
    assert len(dots) == len(set(dots)) == sum(counted.values())
    dated = rows(
        "SELECT title FROM cooperation_register JOIN (SELECT cooperation_id FROM cooperation_parties GROUP BY ALL"
        "  HAVING bool_or(side = 'EU') AND bool_or(side = 'US')) USING (cooperation_id)"
        " WHERE cooperation_id NOT IN (SELECT cooperation_id FROM cooperation_renewals) AND start_on IS NOT NULL"
        " ORDER BY start_on DESC, end_on DESC"
    )
    shown = [row["Cooperation"] for row in whole[1].rows("statuses")]
    assert shown == [title for (title,) in dated[:8]], "the latest, and no undated one"
    assert f"The 8 latest of {sum(counted.values())} rows; {sum(counted.values()) - 8} more" in whole[1].text


def test_the_map_draws_every_organisation_with_a_city(whole, rows):
    """Numbers in the hover texts and circles add up to those placed, and to the other ends of the arcs drawn."""
    (placed,) = rows(
        "SELECT count(*) FROM organisation_register WHERE is_cluster_organisation AND location_precision = 'city'"
    )
    figure = whole[1].figure("map-atlantic")
    circles = [trace for trace in figure["data"] if trace.get("marker")]
    smallest = min(size for trace in circles for size in trace["marker"]["size"])
    drawn = sum(round((size / smallest) ** 2) for trace in circles for size in trace["marker"]["size"])
    said = int(re.search(r"(\d+) organisations", alt_of(whole[1], "map-atlantic"))[1])
    assert drawn == said >= placed[0]
    arcs = [trace for trace in figure["data"] if trace.get("legendgroup")]
    assert len(arcs) == len(query_cache.run_query(queries.map_links, Filters())) > 0
    assert f"{len(arcs)} links across the Atlantic" in alt_of(whole[1], "map-atlantic")


def alt_of(page: Page, name: str) -> str:
    """The words of a chart."""
    return next(
        attrs["aria-label"]
        for _, attrs in page.tags
        if re.fullmatch(rf"step-\d+-{name}", attrs.get("data-figure") or "")
    )


def test_headline_is_k_of_n(whole, rows):
    """The share of partnerships is written as counted by the view."""
    ((numerator, denominator),) = rows(
        "SELECT numerator, denominator FROM usa_share WHERE measure_id = 'gen1-listed-of-final'"
    )
    assert f"{numerator} of {denominator}" in whole[1].text


def test_every_section_and_chart_has_its_words(whole):
    """Title, question, method, source line, release and an alternative text for each."""
    content, page = gather(Filters(), MADE_ON), whole[1]
    for section in content.steps:
        for words in (section.title, section.question, section.card.title, section.card.method):
            assert words in page.text, (section.name, words)
    assert page.text.count(content.release_line) >= len(content.steps)
    charts = [attrs for _, attrs in page.tags if "data-figure" in attrs]
    assert len(charts) == len(page.figures()) >= 9
    assert all(len(attrs["aria-label"]) > 40 and attrs["role"] == "group" for attrs in charts)
    assert any("s1.1, paragraph 2" in " ".join(row.values()) for row in page.rows("sources"))


def test_it_is_small_and_asks_no_host(whole):
    """Under 3 MB; addresses stand in links only, and the page forbids itself the rest."""
    page, parsed = whole
    assert len(page) < 3_000_000
    assert [tag for tag, attrs in parsed.tags if "src" in attrs or tag in ("link", "img", "iframe", "object")] == []
    linked = {tag for tag, attrs in parsed.tags for value in attrs.values() if re.match("https?:", value or "")}
    assert linked == {"a"}
    policy = next(attrs["content"] for tag, attrs in parsed.tags if attrs.get("http-equiv"))
    assert policy.startswith("default-src 'none'") and "http" not in policy
    style = parsed.scripts[""]
    assert "@import" not in style[:20_000] and "url(" not in style[:20_000]


def test_without_its_annex_it_cites_what_its_pages_show():
    """No register; the numbers in brackets and beside rows are 1 to n, each of them in the list of sources."""
    page = Page(report(gather(Filters(), MADE_ON)))
    assert not [anchor for anchor in page.tables if anchor.startswith("register-")]
    listed = [int(row["No."]) for row in page.rows("sources")]
    assert listed == list(range(1, len(listed) + 1)) and len(listed) < 100
    beside = [number for row in page.rows("agreements") for number in re.findall(r"\d+", row["Source"].split("and")[0])]
    marked = [attrs["href"] for tag, attrs in page.tags if tag == "a" and attrs["href"].startswith("#source-")]
    cited = {int(number) for number in beside} | {int(link.removeprefix("#source-")) for link in marked}
    assert beside and cited <= set(listed)


def test_the_way_back_to_the_view(monkeypatch):
    """With a public address each figure leads to its page with filter and release; without one nothing does."""
    content = gather(Filters(sectors=("water",)), MADE_ON)
    end = f"sector=water&release={quote_plus(content.release_id)}"

    def addresses() -> list[str]:
        links = [attrs["href"] for tag, attrs in Page(report(content)).tags if tag == "a"]
        return [link for link in links if "release=" in link]

    monkeypatch.setenv("CLUSTERS_PUBLIC_URL", "")
    assert addresses() == [] and "/?sector=" not in Page(report(content)).text
    monkeypatch.setenv("CLUSTERS_PUBLIC_URL", "https://clusters.example.org")
    found = addresses()
    assert f"https://clusters.example.org/?{end}" in found and f"https://clusters.example.org/events?{end}" in found
    assert all(link.startswith("https://clusters.example.org/") and link.endswith(end) for link in found)


def test_its_plotly_draws_what_python_writes(whole):
    """The version is that of plotly for Python, and the small bundle knows every kind of trace."""
    assert re.search(r"v([\d.]+)", plotly_script())[1] == get_plotlyjs_version()
    kinds = {trace.get("type", "scatter") for figure in whole[1].figures().values() for trace in figure["data"]}
    assert kinds and kinds <= {"bar", "scatter", "pie"}


def test_every_internal_link_leads_somewhere(whole):
    page = whole[1]
    ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    links = {attrs["href"][1:] for tag, attrs in page.tags if tag == "a" and attrs["href"].startswith("#")}
    assert links and links <= ids


def test_filters_reach_the_numbers(rows):
    """With a sector chosen the register holds its rows and no other; the filter stands over all."""
    content = gather(Filters(sectors=("water",)), MADE_ON, has_annex=True)
    page = Page(report(content))
    expected = rows("SELECT name FROM event_register WHERE list_contains(sector_ids, 'water')")
    assert expected and Counter(row["Event"] for row in page.rows("register-events")) == Counter(n for (n,) in expected)
    assert content.filter_label in page.text and "Water" in content.filter_label


@pytest.mark.parametrize("is_shown", [True, False])
def test_possible_matches_are_told_beside_the_figure(facts, is_shown):
    """How many events have no known country, counted in the files; not a word of them where they are hidden."""
    unknown = len(events_of_unknown_country(facts))
    page = Page(report(gather(Filters(countries=("BE",), show_possible=is_shown), MADE_ON, has_annex=True)))
    assert unknown > 1
    told = f"{unknown} more events might match: no recorded country"
    assert (told in page.text) is (f"Not in this register: {told}." in page.text) is is_shown
    assert ("might match" in page.text) is is_shown


def test_progress_is_told_and_may_cancel():
    seen = []

    def stop(part: float, _: str) -> None:
        seen.append(part)
        if part > 0.5:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        report(gather(Filters(), MADE_ON), stop)
    assert seen == sorted(seen) and len(seen) > 5 and seen[0] >= 0 and seen[-1] <= 1
