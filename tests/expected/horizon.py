"""What the cards of Horizon projects must say, worked out from the CSV files of the shipped snapshot."""

from collections import Counter
from collections.abc import Iterable
from itertools import product

from tests.expected.cards import Expected, bars_alt, first_of, leader, ranked, single
from tests.expected.horizon_records import (
    Party,
    Project,
    all_projects,
    applied,
    common_projects,
    latest_names,
    matches,
    restricted,
    snapshot,
)
from tests.expected.texts import Token, label, number, said, share, stated_date, years_label
from tests.oracle import Oracle
from tests.oracle_records import Chosen

POPULATION = "project with US participation", "projects with US participation"
IN_THE_DATA = "projects in the data with US participation"
MAX_ORGANISATIONS, MAX_PAIRS, MAX_COLUMNS = 50, 200, 12


def _note(oracle: Oracle, chosen: Chosen) -> list[Token]:
    """Projects without a theme that match the other filters, where a theme is asked for."""
    own = applied(oracle, chosen)
    count = sum(matches(project, own) and not project.themes for project in all_projects(oracle)) if own.sectors else 0
    noun = "Horizon project" if count == 1 else "Horizon projects"
    return [number("might match", count), *said(noun, "sector")] if count else []


def _scope(oracle: Oracle, chosen: Chosen) -> str:
    text = label(oracle, applied(oracle, chosen))
    if not text:
        return ""
    if len(text) > 60:
        return " for this filter"
    own = applied(oracle, chosen)
    when = years_label(own.year_from, own.year_to)
    others = label(oracle, own._replace(year_from=None, year_to=None))
    # The years of the filter are those in which a project begins, not those in which it runs.
    begun = f"begun {'in ' if when.isdigit() else ''}{when}" if when else ""
    return "".join([f" for {others}" if others else "", "," if others and begun else "", f" {begun}" if begun else ""])


def _counted(oracle: Oracle, chosen: Chosen, projects: Iterable[Project]) -> list[Token]:
    count = len(list(projects))
    return [number("projects", count), *said(POPULATION[count != 1] + _scope(oracle, chosen))]


def _population(oracle: Oracle, chosen: Chosen) -> str:
    return IN_THE_DATA + _scope(oracle, chosen)


def _of_all(oracle: Oracle, chosen: Chosen, count: int, total: int) -> list[Token]:
    return share("projects of the category", count, "projects", total, _population(oracle, chosen))


def _span(oracle: Oracle) -> list[Token]:
    """'61 projects begun November 2014 to May 2016': the whole of the data, whatever the filter."""
    days = [row["start_on"] for row in oracle.rows("horizon_projects")]
    first, last = (stated_date(day[:7]) for day in (min(days), max(days)))
    return [number("projects in the data", len(days)), *said(f"{first} to {last}")]


def _evidence(projects: Iterable[Project]) -> list[tuple[str, set[str]]]:
    return [("horizon_projects", {project.id for project in projects})]


def _besides(counts: Counter[str], names: Iterable[str]) -> tuple[list[Token], tuple[str, int] | None]:
    """The categories that the filter asks for, by name, and the leader of the others."""
    asked = set(names)
    tokens = said(*sorted(name for name in counts if name in asked))
    return tokens, leader(Counter({name: count for name, count in counts.items() if name not in asked}))


def years(oracle: Oracle, chosen: Chosen) -> Expected | None:
    found = snapshot(oracle, chosen)
    if not found.projects:
        return None
    counts = Counter(str(project.year) for project in found.projects)
    first, total = leader(counts) if len(counts) > 1 else None, _counted(oracle, chosen, found.projects)
    drawn = range(int(min(counts)), int(max(counts)) + 1)
    return Expected(
        title=[*_of_all(oracle, chosen, first[1], len(found.projects)), Token("year", first[0])] if first else total,
        subtitle=[*total, *_span(oracle)],
        alt=[
            # One programme alone divides nothing, so it is not named.
            *(token for one in drawn for token in (Token("year", str(one)), number("projects", counts[str(one)]))),
        ],
        note=_note(oracle, chosen),
        evidence=_evidence(found.projects),
    )


def programmes(oracle: Oracle, chosen: Chosen) -> Expected | None:
    found = snapshot(oracle, chosen)
    if not found.projects:
        return None
    counts = Counter({"H2020": len(found.projects)})
    first = leader(counts)
    return Expected(
        title=[*said("H2020"), *_of_all(oracle, chosen, first[1], first[1])]
        if first
        else said(f"P{_population(oracle, chosen)[1:]}"),
        subtitle=[*_counted(oracle, chosen, found.projects), *_span(oracle)],
        alt=bars_alt(counts),
        bars=single(counts),
        note=_note(oracle, chosen),
        evidence=_evidence(found.projects),
    )


def countries(oracle: Oracle, chosen: Chosen) -> Expected | None:
    found, names = snapshot(oracle, chosen), oracle.names("countries", "country_code")
    counts = Counter(names[code] for _, code in {(party.project, party.country) for party in found.eu})
    if not counts:
        return None
    besides, first = _besides(counts, (names[code] for code in chosen.countries))
    return Expected(
        title=[*besides, *said(first[0]), *_of_all(oracle, chosen, first[1], len(found.projects))]
        if first
        else said(_population(oracle, chosen)),
        subtitle=[*_counted(oracle, chosen, found.projects), *_span(oracle)],
        alt=bars_alt(counts),
        bars=single(counts),
        note=_note(oracle, chosen),
        evidence=_evidence(found.projects),
    )


def themes(oracle: Oracle, chosen: Chosen) -> Expected | None:
    found, names = snapshot(oracle, chosen), oracle.names("sectors", "sector_id")
    if not found.projects:
        return None
    counts = Counter(names[theme] for project in found.projects for theme in project.themes)
    none = sum(not project.themes for project in found.projects)
    besides, first = _besides(counts, (names[one] for one in chosen.sectors))
    drawn = counts + Counter({"not classified": none})
    return Expected(
        title=[*besides, *said(first[0]), *_of_all(oracle, chosen, first[1], len(found.projects))]
        if first
        else said(_population(oracle, chosen)),
        subtitle=[*_counted(oracle, chosen, found.projects), number("not classified", none), *_span(oracle)],
        alt=bars_alt(drawn),
        bars=single(drawn),
        note=_note(oracle, chosen),
        evidence=_evidence(found.projects),
    )


def organisations(oracle: Oracle, chosen: Chosen) -> Expected | None:
    found = snapshot(oracle, chosen)
    parties, where = restricted(oracle, chosen, found)
    counts = Counter(own for own, _ in {(party.organisation, party.project) for party in parties})
    if not counts:
        return None
    total = len(counts)
    first = leader(Counter(dict(counts.most_common(MAX_ORGANISATIONS))))
    many = [number("listed", MAX_ORGANISATIONS)] if total > MAX_ORGANISATIONS else []
    of = said(*where) if where else said("of the EU side")
    name = latest_names(oracle, parties)
    return Expected(
        title=[*said(name[first[0]], *where, _population(oracle, chosen)), number("its projects", first[1])]
        if first
        else [number("organisations", total), *of, *said(_population(oracle, chosen))],
        subtitle=[
            *_counted(oracle, chosen, found.projects),
            *many,
            number("organisations", total),
            *of,
            *_span(oracle),
        ],
        note=_note(oracle, chosen),
        evidence=_evidence(found.projects),
    )


def partner_countries(oracle: Oracle, chosen: Chosen) -> Expected | None:
    found, names = snapshot(oracle, chosen), oracle.names("countries", "country_code")
    pairs = {
        (one.organisation, other.country) for one, other in product(found.us, found.eu) if one.project == other.project
    }
    if not pairs:
        return None
    total = len({own for own, _ in pairs})
    counts = Counter(names[code] for _, code in pairs)
    besides, first = _besides(counts, (names[code] for code in chosen.countries))
    most = [name for name, count in ranked(counts) if count == max(counts.values())]
    with_eu = [project for project in found.projects if project.id in {party.project for party in found.eu}]
    of_these = f"US organisations in {_population(oracle, chosen)}"
    drawn = [number("drawn", MAX_COLUMNS), *said("by projects, then by countries, then by name")]
    squares = [number("pairs drawn", _pairs_drawn(oracle, found.us, pairs)), number("organisations drawn", MAX_COLUMNS)]
    each = [(name, [number(name, count), number("of all", total)]) for name, count in ranked(counts)]
    return Expected(
        title=[*besides, *said(first[0]), *share("met", first[1], "US organisations", total, of_these)]
        if first
        else said(_population(oracle, chosen)),
        subtitle=[
            number("US organisations", total),
            *_counted(oracle, chosen, with_eu),
            *(drawn if total > MAX_COLUMNS else []),
            *_span(oracle),
        ],
        alt=[
            number("pairs", len(pairs)),
            number("US organisations", total),
            number("countries", len(counts)),
            *(squares if total > MAX_COLUMNS else []),
            *first_of(most, 5),
            *(token for name, values in each for token in (*said(name), *values)),
        ],
        bars=single(counts),
        note=_note(oracle, chosen),
        evidence=_evidence(with_eu),
    )


def _pairs_drawn(oracle: Oracle, us: list[Party], pairs: set[tuple[str, str]]) -> int:
    """Pairs of the organisations drawn: the first by projects, then by countries, then by name."""
    projects = Counter(own for own, _ in {(party.organisation, party.project) for party in us})
    countries, names = Counter(own for own, _ in pairs), latest_names(oracle, us)
    order = sorted(countries, key=lambda own: (-projects[own], -countries[own], names[own]))
    return sum(countries[own] for own in order[:MAX_COLUMNS])


def pairs(oracle: Oracle, chosen: Chosen) -> Expected | None:
    found = snapshot(oracle, chosen)
    parties, where = restricted(oracle, chosen, found)
    common = common_projects(found.us, parties)
    if not common:
        return None
    is_cut = len(common) > MAX_PAIRS
    repeated = sum(len(projects) > 1 for projects in common.values())
    with_them = [project for project in found.projects if project.id in {party.project for party in parties}]
    return Expected(
        title=[
            *said(f"P{_population(oracle, chosen)[1:]}"),
            number("pairs", len(common)),
            *(said(*where) if where else said("of the EU side")),
            *([number("several", repeated)] if repeated else []),
        ],
        subtitle=[
            *(said(*where) if where else said("of the EU side")),
            *_counted(oracle, chosen, with_them),
            *([number("listed", MAX_PAIRS), *said("by common projects, then by name")] if is_cut else []),
            *_span(oracle),
        ],
        note=_note(oracle, chosen),
        evidence=_evidence(with_them),
    )


def nothing(_oracle: Oracle, _chosen: Chosen) -> None:
    """The snapshot has no coordinates, so there is no map of it."""


BUILDS = {
    "horizon_years": years,
    "horizon_programmes": programmes,
    "horizon_countries": countries,
    "horizon_themes": themes,
    "horizon_organisations": organisations,
    "horizon_partner_countries": partner_countries,
    "horizon_pairs": pairs,
    "horizon_map": nothing,
}
