"""The Horizon projects of the shipped snapshot as the CSV files have them, and which match a filter.

Themes are those that a reader gives the topics of the calls by their titles; a topic that names no field has none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from tests.oracle import Oracle
from tests.oracle_records import Chosen

_THEMES_OF_TOPICS = {
    "aerospace": "GALILEO-3-2015 PROTEC-1-2014",
    "agri-food": "ISIB-12c-2015 SFS-14b-2015",
    "creative-and-sport": "NMP-21-2014",
    "energy": "EE-10-2015 LCE-16-2014 NFRP-02-2014",
    "environment": "BG-01-2015 ISIB-12c-2015 LCE-16-2014",
    "health": "HCO-06-2015 Health NMP-10-2014 PHC-01-2014 PHC-02-2015 PHC-03-2015 PHC-05-2014 PHC-08-2014 PHC-09-2015 "
    "PHC-11-2015 "
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
    themes = tuple(one for one in chosen.sectors if schemes[one] == "theme")
    return chosen._replace(sectors=themes, sides=(), regions=(), states=())


def all_projects(oracle: Oracle) -> list[Project]:
    """Every project of the snapshot."""
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


def matches(project: Project, own: Chosen) -> bool:
    """Whether countries and years match."""
    return (
        (not own.countries or bool(project.countries & set(own.countries)))
        and (own.year_from is None or project.year >= own.year_from)
        and (own.year_to is None or project.year <= own.year_to)
    )


def snapshot(oracle: Oracle, chosen: Chosen) -> Snapshot:
    """The projects that match the filters, with their parties."""
    own, sides = applied(oracle, chosen), oracle.names("countries", "country_code", "side")
    projects = [
        project
        for project in all_projects(oracle)
        if matches(project, own) and (not own.sectors or project.themes & set(own.sectors))
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


def restricted(oracle: Oracle, chosen: Chosen, found: Snapshot) -> tuple[list[Party], list[str]]:
    """Parties of the EU side, of the countries of that side in the filter where there are any; their names."""
    names, sides = (oracle.names("countries", "country_code", column) for column in ("name", "side"))
    only = [code for code in chosen.countries if sides[code] == "EU"]
    parties = [party for party in found.eu if not only or party.country in only]
    return parties, sorted(names[code] for code in only)


def latest_names(oracle: Oracle, parties: Iterable[Party]) -> dict[str, str]:
    """Organisation -> its name in its latest project of the whole snapshot."""
    year = {project.id: project.year for project in all_projects(oracle)}
    wanted = {party.organisation for party in parties}
    found: dict[str, tuple[int, str]] = {}
    for row in oracle.rows("horizon_participations"):
        if (own := row["participant_id"]) in wanted:
            found[own] = max(found.get(own, (0, "")), (year[row["horizon_project_id"]], row["organisation_name"]))
    return {own: name for own, (_, name) in found.items()}


def common_projects(us: list[Party], eu: list[Party]) -> dict[tuple[str, str], set[str]]:
    """(US organisation, EU organisation) -> the projects of both."""
    pairs: dict[tuple[str, str], set[str]] = {}
    for one, other in product(us, eu):
        if one.project == other.project:
            pairs.setdefault((one.organisation, other.organisation), set()).add(one.project)
    return pairs
