"""The score of the partner finder: five components, all of them displayed. Missing data never lower a score.

Up to 70 points for sectors, 20 for links, 10 for targets; docs/decisions/0008-partner-score.md says why.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.text import format_some
from partners.facts import PartnerFacts

# The sector components that are known are averaged with these weights and give up to 70 points.
SECTOR_WEIGHTS = {"clusters": 3, "themes": 3, "related": 1}
SECTOR_POINTS, LINK_POINTS, TARGET_POINTS = 70, 20, 10
# A link is scored by its shortest path. Unknown links add no points and cost none.
DIRECT, SHARED_PROJECT, SHARED_PARTNER, PROJECT_PARTNER = 1.0, 0.75, 0.5, 0.25
# A target counts in full when the project shares a theme with the other organisation.
TARGET_WITH_THEME, TARGET_ONLY = 1.0, 0.5

RecordRefs = tuple[tuple[str, str], ...]
"""Records that a component rests on: (table, record id), as in citations."""


Sectors = Mapping[str, tuple[str, ...]]
"""Sectors of an organisation, each with its records; without records for a sector chosen in a filter."""


@dataclass(frozen=True)
class Seeker:
    """The organisation that looks for partners, or a place with sectors.

    ``organisation_id`` is None for a place; ``peers`` are then the organisations of that place and those sectors.
    ``clusters`` and ``themes`` map sectors to their records, without records for a sector chosen in a filter.
    """

    name: str
    side: str
    countries: tuple[str, ...]
    clusters: Sectors
    themes: Sectors
    organisation_id: str | None = None
    peers: frozenset[str] = frozenset()

    @property
    def other_side(self) -> str:
        """The side on which partners are sought: US for an EU seeker, else EU."""
        return "US" if self.side == "EU" else "EU"


@dataclass(frozen=True)
class ScoreComponent:
    """One component of the score: a value between 0 and 1, or None when nothing is known.

    ``label`` is its short form ('2 of 3'), ``reason`` the clause of a sentence, ``evidence`` the records behind it.
    """

    value: float | None = None
    label: str = ""
    reason: str = ""
    evidence: RecordRefs = ()


NOT_KNOWN = ScoreComponent(None, "not known")


@dataclass(frozen=True)
class Score:
    """All components of one candidate's score."""

    organisation_id: str
    clusters: ScoreComponent
    themes: ScoreComponent
    related: ScoreComponent
    links: ScoreComponent
    targets: ScoreComponent
    evidence: RecordRefs = field(init=False)

    def __post_init__(self) -> None:
        parts = (self.clusters, self.themes, self.related, self.links, self.targets)
        object.__setattr__(self, "evidence", tuple(dict.fromkeys(record for part in parts for record in part.evidence)))

    def sector_fit(self, weights: Mapping[str, int]) -> float | None:
        """Weighted mean of the sector components that are known, 0 to 1; None when none is."""
        known = [(getattr(self, name).value, weight) for name, weight in weights.items()]
        known = [(value, weight) for value, weight in known if value is not None]
        return sum(v * w for v, w in known) / sum(w for _, w in known) if known else None

    @property
    def points(self) -> tuple[float, float, float] | None:
        """Points for sectors, link and target; None, rather than a low score, when no sectors can be compared."""
        fit = self.sector_fit(SECTOR_WEIGHTS)
        if fit is None:
            return None
        return SECTOR_POINTS * fit, LINK_POINTS * (self.links.value or 0), TARGET_POINTS * (self.targets.value or 0)

    @property
    def total(self) -> float | None:
        """Points from 0 to 100; None when no sectors can be compared."""
        return None if self.points is None else sum(self.points)


def seeker_of(facts: PartnerFacts, organisation_id: str) -> Seeker:
    """An organisation as seeker; a merged one as its successor. Raises KeyError when it is not known."""
    current = facts.organisations[facts.successors[organisation_id]]
    return Seeker(
        current.name,
        current.side,
        current.countries,
        facts.clusters.get(current.organisation_id, {}),
        facts.themes.get(current.organisation_id, {}),
        current.organisation_id,
    )


def score(facts: PartnerFacts, seeker: Seeker, candidate_id: str) -> Score:
    """Score a candidate of the other side for a seeker."""
    clusters, themes = facts.clusters.get(candidate_id, {}), facts.themes.get(candidate_id, {})
    return Score(
        candidate_id,
        _shared(facts, seeker, seeker.clusters, clusters),
        _shared(facts, seeker, seeker.themes, themes),
        _related(facts, seeker.clusters, clusters),
        _links(facts, seeker, candidate_id),
        _targets(facts, seeker, candidate_id),
    )


def ranked(scores: list[Score], facts: PartnerFacts) -> list[Score]:
    """Scores from the highest to the lowest, by name where they tie; those without a total are left out."""
    known = [(score, score.total) for score in scores if score.total is not None]
    known.sort(key=lambda pair: (-round(pair[1], 9), facts.organisations[pair[0].organisation_id].name))
    return [score for score, _ in known]


def _shared(facts: PartnerFacts, seeker: Seeker, own: Sectors, others: Sectors) -> ScoreComponent:
    """Shared sectors of one scheme, of all that either has; for a place, of the sectors chosen in the filter."""
    if not own or not others:
        return NOT_KNOWN
    both = sorted(set(own) & set(others), key=facts.sector_names.__getitem__)
    records = [("organisation_sectors", record) for sector in both for record in (*own[sector], *others[sector])]
    every = set(own) | set(others) if seeker.organisation_id else set(own)
    shared = format_some([facts.sector_names[sector] for sector in both])
    return ScoreComponent(len(both) / len(every), f"{len(both)} of {len(every)}", shared, tuple(records))


def _related(facts: PartnerFacts, own: Sectors, others: Sectors) -> ScoreComponent:
    """Mean, over the traded clusters of both, of how related each is to the nearest of the other side."""
    if not own or not others:
        return NOT_KNOWN
    nearest = [max((facts.related(c, other), other, c) for other in others) for c in sorted(own)]
    nearest += [max((facts.related(c, other), other, c) for other in own) for c in sorted(others)]
    value = sum(strength for strength, _, _ in nearest) / len(nearest)
    strongest = max(((s, a, b) for s, a, b in nearest if a != b), default=(0.0, "", ""))
    if strongest[0] == 0:
        return ScoreComponent(value, f"{value:.2f}")
    one, other = sorted(strongest[1:], key=lambda cluster: cluster not in own)
    records = [("organisation_sectors", r) for r in (*own.get(one, ()), *others.get(other, ()))]
    reason = f"{facts.sector_names[one]} with {facts.sector_names[other]}"
    return ScoreComponent(value, f"{value:.2f}", reason, tuple(records))


def _links(facts: PartnerFacts, seeker: Seeker, candidate: str) -> ScoreComponent:
    """The shortest recorded path between both; value None when none is recorded, which does not mean there is none."""
    if seeker.organisation_id is None:
        return _partner_of_peers(facts, seeker, candidate)
    for path in (_direct, _shared_project, _shared_partner, _project_partner):
        component = path(facts, seeker.organisation_id, candidate)
        if component is not None:
            return component
    return ScoreComponent(None, "none known")


def _direct(facts: PartnerFacts, one: str, other: str) -> ScoreComponent | None:
    linked = facts.links.get(one, {}).get(other, ())
    if not linked:
        return None
    reason = f"a cooperation is recorded: {facts.titles[linked[0]]} ({facts.cooperations[linked[0]]})"
    return ScoreComponent(DIRECT, "direct", reason, _cooperations(linked))


def _shared_project(facts: PartnerFacts, one: str, other: str) -> ScoreComponent | None:
    both = facts.projects_of.get(one, frozenset()) & facts.projects_of.get(other, frozenset())
    cooperations = [
        (project, cooperation)
        for member, party in ((one, other), (other, one))
        for project, linked in facts.project_partners.get(party, {}).items()
        if project in facts.projects_of.get(member, ())
        for cooperation in linked
    ]
    projects = sorted(both | {project for project, _ in cooperations})
    if not projects:
        return None
    reason = (
        "both are recorded as members or partners of "
        f"{format_some([facts.project_labels[project] for project in projects])}"
    )
    evidence = _memberships(facts, projects, {one, other}) + _cooperations(c for _, c in cooperations)
    return ScoreComponent(SHARED_PROJECT, "shared project", reason, evidence)


def _shared_partner(facts: PartnerFacts, one: str, other: str) -> ScoreComponent | None:
    candidates = sorted(set(facts.links.get(one, {})) & set(facts.links.get(other, {})))
    shared = [c for c in candidates if facts.linked(one, c) and facts.linked(other, c)]
    if not shared:
        return None
    records = _cooperations(c for partner in shared for side in (one, other) for c in facts.linked(side, partner))
    reason = f"both have worked with {format_some([facts.name(partner) for partner in shared])}"
    return ScoreComponent(SHARED_PARTNER, "shared partner", reason, records)


def _project_partner(facts: PartnerFacts, one: str, other: str) -> ScoreComponent | None:
    """A fellow project member of either organisation has worked with the other one."""
    paths = []
    for member, party in ((one, other), (other, one)):
        for project in sorted(facts.projects_of.get(member, ())):
            fellows = facts.members_of[project] - {one, other}
            paths += [(project, fellow, party, member) for fellow in sorted(fellows) if facts.linked(party, fellow)]
    if not paths:
        return None
    project, fellow, party, member = paths[0]
    reason = (
        f"{facts.name(fellow)}, recorded as a member of {facts.project_labels[project]} with {facts.name(member)}, has "
        f"worked with {facts.name(party)}"
    )
    evidence = _cooperations(facts.linked(party, fellow)) + _memberships(facts, [project], {member, fellow})
    return ScoreComponent(PROJECT_PARTNER, "through a project partner", reason, evidence)


def _partner_of_peers(facts: PartnerFacts, seeker: Seeker, candidate: str) -> ScoreComponent:
    shared = [peer for peer in sorted(seeker.peers) if facts.linked(candidate, peer)]
    if not shared:
        return ScoreComponent(None, "none known")
    records = _cooperations(c for peer in shared for c in facts.linked(candidate, peer))
    reason = f"it has worked with {format_some([facts.name(peer) for peer in shared])} of that place"
    return ScoreComponent(SHARED_PARTNER, "partner of this place", reason, records)


def _targets(facts: PartnerFacts, seeker: Seeker, candidate: str) -> ScoreComponent:
    """Projects of either that target the other's country; the value is higher when they share a theme."""
    other = facts.organisations[candidate]
    of_seeker = f"theme of {seeker.name}" if seeker.organisation_id else "chosen sector"
    themes = facts.themes.get(candidate, {})
    paths = [(member, other.countries, themes, f"theme of {other.name}") for member in sorted(_members(seeker))]
    paths.append((candidate, seeker.countries, seeker.themes, of_seeker))
    targeting = []
    for member, countries, theirs, whose in paths:
        for project in sorted(facts.projects_of.get(member, ())):
            if facts.targets_of.get(project, frozenset()) & set(countries):
                fits = bool(facts.themes_of_project.get(project, frozenset()) & set(theirs))
                value, theme = (TARGET_WITH_THEME, f" in a {whose}") if fits else (TARGET_ONLY, "")
                targeting.append((value, project, member, countries, theme))
    if not targeting:
        return ScoreComponent(None, "none known")
    value, project, member, countries, theme = max(targeting, key=lambda row: row[0])
    reason = (
        f"{facts.name(member)} is recorded as a member of {facts.project_labels[project]}, which targets the "
        f"{'USA' if 'US' in countries else 'country'}{theme}"
    )
    targeted = facts.targets_of[project] & set(countries)
    records = _memberships(facts, [project], {member}) + tuple(
        ("project_targets", f"{project}|{country}") for country in sorted(targeted)
    )
    return ScoreComponent(value, facts.project_labels[project], reason, records)


def _members(seeker: Seeker) -> frozenset[str]:
    return frozenset([seeker.organisation_id]) if seeker.organisation_id else seeker.peers


def _cooperations(ids: Iterable[str]) -> RecordRefs:
    return tuple(("cooperations", cooperation) for cooperation in dict.fromkeys(ids))


def _memberships(facts: PartnerFacts, projects: list[str], organisations: set[str]) -> RecordRefs:
    return tuple(
        ("project_members", record)
        for project, organisation, record in facts.members
        if project in projects and organisation in organisations
    )
