"""The score of the partner finder: five parts, each shown, none of which counts a gap against anyone.

Up to 70 points for sectors, 20 for links, 10 for targets; docs/decisions/0008-partner-score.md says why.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.text import format_some
from partners.facts import Facts

# Sectors are averaged over the parts that are known, with these weights, and give up to 70 points.
SECTOR_WEIGHTS = {"clusters": 3, "themes": 3, "related": 1}
SECTOR_POINTS, LINK_POINTS, TARGET_POINTS = 70, 20, 10
# A link counts by its shortest way; a way not known adds nothing and takes nothing.
DIRECT, SHARED_PROJECT, SHARED_PARTNER, PROJECT_PARTNER = 1.0, 0.75, 0.5, 0.25
# A target counts in full when the project shares a theme with the other organisation.
TARGET_WITH_THEME, TARGET_ONLY = 1.0, 0.5

Evidence = tuple[tuple[str, str], ...]
"""Records a statement rests on: (table, record id), as in citations."""


@dataclass(frozen=True)
class Seeker:
    """Who looks for partners: an organisation, or a place and sectors without one.

    ``organisation_id`` is None for a place; ``peers`` are then the organisations of that place and sector.
    ``clusters`` and ``themes`` map sectors to the records they rest on, none for a sector just chosen.
    """

    name: str
    side: str
    countries: tuple[str, ...]
    clusters: Mapping[str, tuple[str, ...]]
    themes: Mapping[str, tuple[str, ...]]
    organisation_id: str | None = None
    peers: frozenset[str] = frozenset()

    @property
    def other_side(self) -> str:
        """The side of the Atlantic that partners are looked for on."""
        return "US" if self.side == "EU" else "EU"


@dataclass(frozen=True)
class Part:
    """One part of the score: a value between 0 and 1, or None when nothing is known; words; evidence."""

    value: float | None = None
    words: str = ""
    because: str = ""
    evidence: Evidence = ()


NOT_KNOWN = Part(None, "not known")


@dataclass(frozen=True)
class Score:
    """All parts of one candidate's score."""

    organisation_id: str
    clusters: Part
    themes: Part
    related: Part
    links: Part
    targets: Part
    evidence: Evidence = field(init=False)

    def __post_init__(self) -> None:
        parts = (self.clusters, self.themes, self.related, self.links, self.targets)
        object.__setattr__(self, "evidence", tuple(dict.fromkeys(record for part in parts for record in part.evidence)))

    def sector_fit(self, weights: Mapping[str, int]) -> float | None:
        """Weighted mean of the sector parts that are known, 0 to 1; None when none is."""
        known = [(getattr(self, name).value, weight) for name, weight in weights.items()]
        known = [(value, weight) for value, weight in known if value is not None]
        return sum(v * w for v, w in known) / sum(w for _, w in known) if known else None

    @property
    def points(self) -> tuple[float, float, float] | None:
        """Points for sectors, link and target; None when no sector of either is known, which is no low score but none."""
        fit = self.sector_fit(SECTOR_WEIGHTS)
        if fit is None:
            return None
        return SECTOR_POINTS * fit, LINK_POINTS * (self.links.value or 0), TARGET_POINTS * (self.targets.value or 0)

    @property
    def total(self) -> float | None:
        """Points from 0 to 100, or None as for the parts."""
        return None if self.points is None else sum(self.points)


def seeker_of(facts: Facts, organisation_id: str) -> Seeker:
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


def score(facts: Facts, seeker: Seeker, candidate_id: str) -> Score:
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


def ranked(scores: list[Score], facts: Facts) -> list[Score]:
    """Scores from the highest to the lowest, by name where they tie; those without a total are left out."""
    known = [score for score in scores if score.total is not None]
    return sorted(known, key=lambda s: (-round(s.total, 9), facts.organisations[s.organisation_id].name))


def _shared(facts: Facts, seeker: Seeker, own: Mapping, others: Mapping) -> Part:
    """Sectors of one scheme that both have, of all that either has; of those wished for, when they are a wish."""
    if not own or not others:
        return NOT_KNOWN
    both = sorted(set(own) & set(others), key=facts.sector_names.get)
    records = [("organisation_sectors", record) for sector in both for record in (*own[sector], *others[sector])]
    every = set(own) | set(others) if seeker.organisation_id else set(own)
    because = format_some([facts.sector_names[sector] for sector in both])
    return Part(len(both) / len(every), f"{len(both)} of {len(every)}", because, tuple(records))


def _related(facts: Facts, own: Mapping, others: Mapping) -> Part:
    """Mean, over the traded clusters of both, of how related each is to the nearest of the other side."""
    if not own or not others:
        return NOT_KNOWN
    nearest = [max((facts.related(c, other), other, c) for other in others) for c in sorted(own)]
    nearest += [max((facts.related(c, other), other, c) for other in own) for c in sorted(others)]
    value = sum(strength for strength, _, _ in nearest) / len(nearest)
    strongest = max(((s, a, b) for s, a, b in nearest if a != b), default=(0.0, "", ""))
    if strongest[0] == 0:
        return Part(value, f"{value:.2f}")
    one, other = sorted(strongest[1:], key=lambda cluster: cluster not in own)
    records = [("organisation_sectors", r) for r in (*own.get(one, ()), *others.get(other, ()))]
    words = f"{facts.sector_names[one]} with {facts.sector_names[other]}"
    return Part(value, f"{value:.2f}", words, tuple(records))


def _links(facts: Facts, seeker: Seeker, candidate: str) -> Part:
    """The shortest recorded way between both; None when none is recorded, which does not mean there is none."""
    if seeker.organisation_id is None:
        return _partner_of_peers(facts, seeker, candidate)
    for way in (_direct, _shared_project, _shared_partner, _project_partner):
        part = way(facts, seeker.organisation_id, candidate)
        if part is not None:
            return part
    return Part(None, "none known")


def _direct(facts: Facts, one: str, other: str) -> Part | None:
    found = facts.links.get(one, {}).get(other, ())
    if not found:
        return None
    words = f"a link is recorded: {facts.titles[found[0]]} ({facts.cooperations[found[0]]})"
    return Part(DIRECT, "direct", words, _cooperations(found))


def _shared_project(facts: Facts, one: str, other: str) -> Part | None:
    both = facts.projects_of.get(one, frozenset()) & facts.projects_of.get(other, frozenset())
    cooperations = [
        (project, cooperation)
        for member, party in ((one, other), (other, one))
        for project, found in facts.project_partners.get(party, {}).items()
        if project in facts.projects_of.get(member, ())
        for cooperation in found
    ]
    projects = sorted(both | {project for project, _ in cooperations})
    if not projects:
        return None
    words = f"both take part in or cooperate with {format_some([facts.project_labels[p] for p in projects])}"
    evidence = _memberships(facts, projects, {one, other}) + _cooperations(c for _, c in cooperations)
    return Part(SHARED_PROJECT, "shared project", words, evidence)


def _shared_partner(facts: Facts, one: str, other: str) -> Part | None:
    candidates = sorted(set(facts.links.get(one, {})) & set(facts.links.get(other, {})))
    shared = [c for c in candidates if facts.linked(one, c) and facts.linked(other, c)]
    if not shared:
        return None
    records = _cooperations(c for partner in shared for side in (one, other) for c in facts.linked(side, partner))
    words = f"both have worked with {format_some([facts.organisations[p].name for p in shared])}"
    return Part(SHARED_PARTNER, "shared partner", words, records)


def _project_partner(facts: Facts, one: str, other: str) -> Part | None:
    """A fellow member of a project of the one has worked with the other, whichever way round."""
    found = []
    for member, party in ((one, other), (other, one)):
        for project in sorted(facts.projects_of.get(member, ())):
            fellows = facts.members_of[project] - {one, other}
            found += [(project, fellow, party, member) for fellow in sorted(fellows) if facts.linked(party, fellow)]
    if not found:
        return None
    project, fellow, party, member = found[0]
    words = (
        f"{facts.organisations[fellow].name}, in the project {facts.project_labels[project]} with "
        f"{facts.organisations[member].name}, has worked with {facts.organisations[party].name}"
    )
    evidence = _cooperations(facts.linked(party, fellow)) + _memberships(facts, [project], {member, fellow})
    return Part(PROJECT_PARTNER, "through a project partner", words, evidence)


def _partner_of_peers(facts: Facts, seeker: Seeker, candidate: str) -> Part:
    shared = [peer for peer in sorted(seeker.peers) if facts.linked(candidate, peer)]
    if not shared:
        return Part(None, "none known")
    records = _cooperations(c for peer in shared for c in facts.linked(candidate, peer))
    words = f"it has worked with {format_some([facts.organisations[p].name for p in shared])} of that place"
    return Part(SHARED_PARTNER, "partner of this place", words, records)


def _targets(facts: Facts, seeker: Seeker, candidate: str) -> Part:
    """Projects of either that list the other's country among their targets, best with a theme in common."""
    other = facts.organisations[candidate]
    wished = f"theme of {seeker.name}" if seeker.organisation_id else "sector asked for"
    themes = facts.themes.get(candidate, {})
    ways = [(member, other.countries, themes, f"theme of {other.name}") for member in sorted(_who(seeker))]
    ways.append((candidate, seeker.countries, seeker.themes, wished))
    found = []
    for member, countries, themes, whose in ways:
        for project in sorted(facts.projects_of.get(member, ())):
            if facts.targets_of.get(project, frozenset()) & set(countries):
                fits = bool(facts.themes_of_project.get(project, frozenset()) & set(themes))
                value, where = (TARGET_WITH_THEME, f" in a {whose}") if fits else (TARGET_ONLY, "")
                found.append((value, project, member, countries, where))
    if not found:
        return Part(None, "none known")
    value, project, member, countries, where = max(found, key=lambda row: row[0])
    words = (
        f"{facts.organisations[member].name} is in {facts.project_labels[project]}, which targets the "
        f"{'USA' if 'US' in countries else 'country'}{where}"
    )
    targeted = facts.targets_of[project] & set(countries)
    records = _memberships(facts, [project], {member}) + tuple(
        ("project_targets", f"{project}|{country}") for country in sorted(targeted)
    )
    return Part(value, facts.project_labels[project], words, records)


def _who(seeker: Seeker) -> frozenset[str]:
    return frozenset([seeker.organisation_id]) if seeker.organisation_id else seeker.peers


def _cooperations(ids) -> Evidence:
    return tuple(("cooperations", cooperation) for cooperation in dict.fromkeys(ids))


def _memberships(facts: Facts, projects: list[str], organisations: set[str]) -> Evidence:
    return tuple(
        ("project_members", record)
        for project, organisation, record in facts.members
        if project in projects and organisation in organisations
    )
