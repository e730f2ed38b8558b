"""What the cards of Horizon projects must say, worked out from the CSV files of the shipped snapshot.

Themes are those that a reader gives the topics of the calls by their titles; a topic that names no field has none.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from tests.expected.cards import Expected, bars_alt, leader, ranked, single
from tests.expected.texts import Token, label, number, said, share
from tests.oracle import Oracle
from tests.oracle_records import Chosen

POPULATION = "project with US participation", "projects with US participation"
MAX_ORGANISATIONS, MAX_PAIRS, MAX_COLUMNS = 50, 200, 12
_THEMES_OF_TOPICS = {
    "aerospace": "GALILEO-3-2015 PROTEC-1-2014",
    "agri-food": "ISIB-12c-2015 SFS-14b-2015",
    "creative-and-sport": "NMP-21-2014",
    "energy": "EE-10-2015 LCE-16-2014 NFRP-02-2014",
    "environment": "BG-01-2015",
    "health": "HCO-06-2015 Health PHC-01-2014 PHC-02-2015 PHC-03-2015 PHC-05-2014 PHC-08-2014 PHC-09-2015 PHC-11-2015 "
    "PHC-13-2014 PHC-14-2015 PHC-15-2015 PHC-22-2015 PHC-23-2014 PHC-30-2015 PHC-32-2014 PHC-33-2015",
    "ict": "EINFRA-1-2014 EINFRA-7-2014 ICT-11-2014 ICT-12-2015 ICT-14-2014 ICT-30-2015 ICT-38-2015",
    "maritime": "BG-01-2015 BG-08-2014",
    "materials": "NMP-10-2014 NMP-21-2014 NMP-23-2015 SC5-13b-2014",
    "water": "WATER-3-2015",
}
NO_THEME = {"ERC-ADG-2014", "ERC-CoG-2014", "ERC-StG-2014", "EURO-2-2014", "INFRAIA-1-2014-2015", "INT-01-2015"}


@dataclass(frozen=True)
class Party:
    """An organisation in a project."""

    project: str
    organisation: str
    name: str
    country: str


@dataclass(frozen=True)
class Project:
    """A project with its year, themes, and the codes of the countries of its organisations."""

    id: str
    year: int
    themes: frozenset[str]
    countries: frozenset[str]


@dataclass(frozen=True)
class Snapshot:
    """The projects that match, and all their parties by side."""

    projects: list[Project]
    eu: list[Party]
    us: list[Party]


def themes_of(topic: str) -> frozenset[str]:
    """Themes of a topic of a call."""
    found = frozenset(theme for theme, topics in _THEMES_OF_TOPICS.items() if topic in topics.split())
    assert bool(found) != (topic in NO_THEME), f"{topic} has no decision here"
    return found


def applied(oracle: Oracle, chosen: Chosen) -> Chosen:
    """The filters that apply: themes of the sectors, countries and years."""
    schemes = oracle.names("sectors", "sector_id", "scheme")
    return chosen._replace(sides=(), sectors=tuple(one for one in chosen.sectors if schemes[one] == "theme"))


def _all(oracle: Oracle) -> list[Project]:
    countries = oracle.lists("horizon_participations", "horizon_project_id", "country_code")
    return [
        Project(
            row["horizon_project_id"],
            int(row["start_on"][:4]),
            themes_of(row["topics"]),
            countries[row["horizon_project_id"]],
        )
        for row in oracle.rows("horizon_projects")
    ]


def _matches(project: Project, own: Chosen) -> bool:
    """Whether countries and years match."""
    return (
        (not own.countries or bool(project.countries & set(own.countries)))
        and (own.year_from is None or project.year >= own.year_from)
        and (own.year_to is None or project.year <= own.year_to)
    )


def _snapshot(oracle: Oracle, chosen: Chosen) -> Snapshot:
    own, sides = applied(oracle, chosen), oracle.names("countries", "country_code", "side")
    projects = [
        project
        for project in _all(oracle)
        if _matches(project, own) and (not own.sectors or project.themes & set(own.sectors))
    ]
    ids = {project.id for project in projects}
    parties = [
        Party(row["horizon_project_id"], row["participant_id"], row["organisation_name"], row["country_code"])
        for row in oracle.rows("horizon_participations")
        if row["horizon_project_id"] in ids
    ]
    return Snapshot(
        projects,
        [party for party in parties if sides[party.country] == "EU"],
        [party for party in parties if sides[party.country] == "US"],
    )


def _note(oracle: Oracle, chosen: Chosen) -> list[Token]:
    """Projects without a theme that match the other filters, where a theme is asked for."""
    own = applied(oracle, chosen)
    count = sum(_matches(project, own) and not project.themes for project in _all(oracle)) if own.sectors else 0
    noun = "Horizon project" if count == 1 else "Horizon projects"
    return [number("might match", count), *said(noun, "sector")] if count else []


def _scope(oracle: Oracle, chosen: Chosen) -> str:
    text = label(oracle, applied(oracle, chosen))
    if not text:
        return ""
    if len(text) > 60:
        return " for this filter"
    return f" {text}" if text.split()[0] in ("since", "until") else f" for {text}"


def _counted(oracle: Oracle, chosen: Chosen, projects: Iterable[Project]) -> list[Token]:
    count = len(list(projects))
    return [number("projects", count), *said(POPULATION[count != 1] + _scope(oracle, chosen))]


def _of_all(oracle: Oracle, chosen: Chosen, count: int, total: int) -> list[Token]:
    return share("projects of the category", count, "projects", total, POPULATION[1] + _scope(oracle, chosen))


def _evidence(projects: Iterable[Project]) -> list[tuple[str, set[str]]]:
    return [("horizon_projects", {project.id for project in projects})]


def _besides(counts: Counter[str], names: Iterable[str]) -> tuple[list[Token], tuple[str, int] | None]:
    """The categories that the filter asks for, and the leader of the others."""
    asked = set(names)
    tokens = said(*(name for name, _ in ranked(counts) if name in asked))
    return tokens, leader(Counter({name: count for name, count in counts.items() if name not in asked}))


def years(oracle: Oracle, chosen: Chosen) -> Expected | None:
    found = _snapshot(oracle, chosen)
    if not found.projects:
        return None
    counts = Counter(str(project.year) for project in found.projects)
    first, total = leader(counts) if len(counts) > 1 else None, _counted(oracle, chosen, found.projects)
    drawn = range(int(min(counts)), int(max(counts)) + 1)
    return Expected(
        title=[Token("year", first[0]), *_of_all(oracle, chosen, first[1], len(found.projects))] if first else total,
        subtitle=total,
        alt=[
            *said("H2020"),
            number("projects of the programme", len(found.projects)),
            *(token for one in drawn for token in (Token("year", str(one)), number("projects", counts[str(one)]))),
        ],
        note=_note(oracle, chosen),
        evidence=_evidence(found.projects),
    )


def programmes(oracle: Oracle, chosen: Chosen) -> Expected | None:
    found = _snapshot(oracle, chosen)
    if not found.projects:
        return None
    counts = Counter({"H2020": len(found.projects)})
    first = leader(counts)
    return Expected(
        title=[*said("H2020"), *_of_all(oracle, chosen, first[1], first[1])] if first else [],
        subtitle=_counted(oracle, chosen, found.projects),
        alt=bars_alt(counts),
        bars=single(counts),
        note=_note(oracle, chosen),
        evidence=_evidence(found.projects),
    )


def countries(oracle: Oracle, chosen: Chosen) -> Expected | None:
    found, names = _snapshot(oracle, chosen), oracle.names("countries", "country_code")
    counts = Counter(names[code] for _, code in {(party.project, party.country) for party in found.eu})
    if not counts:
        return None
    besides, first = _besides(counts, (names[code] for code in chosen.countries))
    return Expected(
        title=[*besides, *said(first[0]), *_of_all(oracle, chosen, first[1], len(found.projects))] if first else [],
        subtitle=_counted(oracle, chosen, found.projects),
        alt=bars_alt(counts),
        bars=single(counts),
        note=_note(oracle, chosen),
        evidence=_evidence(found.projects),
    )


def themes(oracle: Oracle, chosen: Chosen) -> Expected | None:
    found, names = _snapshot(oracle, chosen), oracle.names("sectors", "sector_id")
    if not found.projects:
        return None
    counts = Counter(names[theme] for project in found.projects for theme in project.themes)
    none = sum(not project.themes for project in found.projects)
    besides, first = _besides(counts, (names[one] for one in chosen.sectors))
    drawn = counts + Counter({"not classified": none})
    return Expected(
        title=[*besides, *said(first[0]), *_of_all(oracle, chosen, first[1], len(found.projects))] if first else [],
        subtitle=[*_counted(oracle, chosen, found.projects), number("not classified", none)],
        alt=bars_alt(drawn),
        bars=single(drawn),
        note=_note(oracle, chosen),
        evidence=_evidence(found.projects),
    )


def _restricted(oracle: Oracle, chosen: Chosen, found: Snapshot) -> tuple[list[Party], list[str]]:
    """Parties of the EU side, of the countries of that side in the filter where there are any; their names."""
    names, sides = (oracle.names("countries", "country_code", column) for column in ("name", "side"))
    only = [code for code in chosen.countries if sides[code] == "EU"]
    parties = [party for party in found.eu if not only or party.country in only]
    return parties, sorted(names[code] for code in only)


def _latest_names(oracle: Oracle, parties: Iterable[Party]) -> dict[str, str]:
    """Organisation -> its name in its latest project of the whole snapshot."""
    year = {project.id: project.year for project in _all(oracle)}
    wanted = {party.organisation for party in parties}
    found: dict[str, tuple[int, str]] = {}
    for row in oracle.rows("horizon_participations"):
        if (own := row["participant_id"]) in wanted:
            found[own] = max(found.get(own, (0, "")), (year[row["horizon_project_id"]], row["organisation_name"]))
    return {own: name for own, (_, name) in found.items()}


def organisations(oracle: Oracle, chosen: Chosen) -> Expected | None:
    found = _snapshot(oracle, chosen)
    parties, where = _restricted(oracle, chosen, found)
    counts = Counter(own for own, _ in {(party.organisation, party.project) for party in parties})
    if not counts:
        return None
    total = len(counts)
    first = leader(Counter(dict(counts.most_common(MAX_ORGANISATIONS))))
    many = [number("listed", MAX_ORGANISATIONS)] if total > MAX_ORGANISATIONS else []
    of = said(*where) if where else said("of the EU side")
    name = _latest_names(oracle, parties)
    return Expected(
        title=[*said(name[first[0]]), number("its projects", first[1])]
        if first
        else [number("organisations", total), *of],
        subtitle=[*many, number("organisations", total), *of],
        note=_note(oracle, chosen),
        evidence=_evidence(found.projects),
    )


def _common(us: list[Party], eu: list[Party]) -> dict[tuple[str, str], set[str]]:
    """(US organisation, EU organisation) -> the projects of both."""
    pairs: dict[tuple[str, str], set[str]] = {}
    for one, other in product(us, eu):
        if one.project == other.project:
            pairs.setdefault((one.organisation, other.organisation), set()).add(one.project)
    return pairs


def partner_countries(oracle: Oracle, chosen: Chosen) -> Expected | None:
    found, names = _snapshot(oracle, chosen), oracle.names("countries", "country_code")
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
    drawn = [number("drawn", MAX_COLUMNS)] if total > MAX_COLUMNS else []
    each = [(name, [number(name, count), number("of all", total)]) for name, count in ranked(counts)]
    return Expected(
        title=[*besides, *said(first[0]), *share("met", first[1], "US organisations", total, "US organisations")]
        if first
        else [],
        subtitle=[number("US organisations", total), *_counted(oracle, chosen, with_eu), *drawn],
        alt=[
            number("pairs", len(pairs)),
            number("US organisations", total),
            number("countries", len(counts)),
            *said(*most[:5]),
            *(token for name, values in each for token in (*said(name), *values)),
        ],
        bars=single(counts),
        note=_note(oracle, chosen),
        evidence=_evidence(with_eu),
    )


def pairs(oracle: Oracle, chosen: Chosen) -> Expected | None:
    found = _snapshot(oracle, chosen)
    parties, where = _restricted(oracle, chosen, found)
    common = _common(found.us, parties)
    if not common:
        return None
    repeated = sum(len(projects) > 1 for projects in common.values())
    with_them = [project for project in found.projects if project.id in {party.project for party in parties}]
    return Expected(
        title=[number("pairs", len(common)), *([number("several", repeated)] if repeated else [])],
        subtitle=[
            *(said(*where) if where else said("of the EU side")),
            *_counted(oracle, chosen, with_them),
            *([number("listed", MAX_PAIRS)] if len(common) > MAX_PAIRS else []),
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
