"""Everything the partner score reads: organisations, sectors, cooperations, memberships and targets.

Merged organisations appear as their successors (view current_organisations). The facts are immutable, so that a
validation can hold out a cooperation by making a smaller copy.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import Any

from domain.text import format_list
from warehouse.connection import Connection


@dataclass(frozen=True)
class Organisation:
    """An organisation without a successor; ``countries`` are ISO codes, ``region`` a region code or None.

    One that has ended is not current: it may be part of a reason, but is neither proposed nor a seeker.
    """

    organisation_id: str
    name: str
    side: str
    is_cluster: bool
    countries: tuple[str, ...]
    region: str | None
    is_current: bool = True


@dataclass(frozen=True)
class Relatedness:
    """How related two traded clusters are, from 0 to 1; symmetric.

    ``themes``: themes of each cluster by the crosswalk. ``records``: records in which each cluster occurs.
    """

    themes: Mapping[str, frozenset[str]]
    records: Mapping[str, frozenset[str]]

    def __call__(self, one: str, other: str) -> float:
        """1 for a cluster and itself, else the mean of the overlap of themes and the overlap of records."""
        if one == other:
            return 1.0
        none: frozenset[str] = frozenset()
        by_theme = overlap(self.themes.get(one, none), self.themes.get(other, none))
        by_record = overlap(self.records.get(one, none), self.records.get(other, none))
        return (by_theme + by_record) / 2


def overlap(one: Collection[str], other: Collection[str]) -> float:
    """Jaccard index: shared members of two sets divided by all their members; 0 when both are empty."""
    union = set(one) | set(other)
    return len(set(one) & set(other)) / len(union) if union else 0.0


@dataclass(frozen=True)
class PartnerFacts:
    """Everything the score reads.

    ``sectors``: (organisation, scheme, sector, record of organisation_sectors); ``parties``:
    (cooperation, organisation or None, project or None); ``members``: (project, organisation, record of
    project_members); ``crosswalk``: (theme, traded cluster); ``co_occurrences``: (record, traded cluster);
    ``cooperations``: status by id; ``carried_out`` and ``current``: the statuses of what is no mere intention, and of
    what lasts; ``predecessors``: names of the organisations merged into one.
    """

    organisations: Mapping[str, Organisation]
    successors: Mapping[str, str]
    predecessors: Mapping[str, tuple[str, ...]]
    sector_names: Mapping[str, str]
    crosswalk: tuple[tuple[str, str], ...]
    sectors: tuple[tuple[str, str, str, str], ...]
    co_occurrences: tuple[tuple[str, str], ...]
    cooperations: Mapping[str, str]
    carried_out: frozenset[str]
    current: frozenset[str]
    titles: Mapping[str, str]
    parties: tuple[tuple[str, str | None, str | None], ...]
    members: tuple[tuple[str, str, str], ...]
    targets: tuple[tuple[str, str], ...]
    project_labels: Mapping[str, str]
    project_themes: tuple[tuple[str, str], ...]

    def name(self, organisation_id: str) -> str:
        """Name of a current organisation, with those merged into it: 'Polymeris (formerly Plastipolis)'."""
        name = self.organisations[organisation_id].name
        former = self.predecessors.get(organisation_id, ())
        return f"{name} (formerly {format_list(former)})" if former else name

    def without(
        self, cooperations: Collection[str], records: Collection[str] = (), co_occurrences: Collection[str] = ()
    ) -> "PartnerFacts":
        """A copy without these cooperations, rows of organisation_sectors and project_members, and co-occurrences."""
        return replace(
            self,
            cooperations={k: v for k, v in self.cooperations.items() if k not in cooperations},
            parties=tuple(row for row in self.parties if row[0] not in cooperations),
            sectors=tuple(row for row in self.sectors if row[3] not in records),
            members=tuple(row for row in self.members if row[2] not in records),
            co_occurrences=tuple(row for row in self.co_occurrences if row[0] not in co_occurrences),
        )

    @cached_property
    def clusters(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Traded clusters of each organisation, with their records of organisation_sectors."""
        return self._sectors_of("traded_cluster")

    @cached_property
    def themes(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Themes of each organisation, with their records of organisation_sectors."""
        return self._sectors_of("theme")

    def _sectors_of(self, scheme: str) -> dict[str, dict[str, tuple[str, ...]]]:
        by_organisation: dict[str, dict[str, tuple[str, ...]]] = {}
        for organisation_id, row_scheme, sector_id, record in self.sectors:
            if row_scheme == scheme:
                own = by_organisation.setdefault(organisation_id, {})
                own[sector_id] = (*own.get(sector_id, ()), record)
        return by_organisation

    @cached_property
    def related(self) -> Relatedness:
        """Relatedness of traded clusters through shared themes and shared records of our own data."""
        return Relatedness(
            _grouped((cluster, theme) for theme, cluster in self.crosswalk),
            _grouped((cluster, record) for record, cluster in self.co_occurrences),
        )

    @cached_property
    def links(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Cooperations of every status between two organisations: {one: {other: cooperations}}, both ways."""
        parties: dict[str, list[str]] = defaultdict(list)
        for cooperation_id, organisation_id, _ in self.parties:
            if organisation_id:
                parties[cooperation_id].append(organisation_id)
        links: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        for cooperation_id, organisations in sorted(parties.items()):
            for one, other in combinations(sorted(set(organisations)), 2):
                for a, b in ((one, other), (other, one)):
                    links[a][b] = (*links[a].get(b, ()), cooperation_id)
        return dict(links)

    @cached_property
    def projects_of(self) -> Mapping[str, frozenset[str]]:
        """Projects each organisation is a member of."""
        return _grouped((organisation, project) for project, organisation, _ in self.members)

    @cached_property
    def members_of(self) -> Mapping[str, frozenset[str]]:
        """Known members of each project."""
        return _grouped((project, organisation) for project, organisation, _ in self.members)

    @cached_property
    def project_partners(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Projects as parties of carried out cooperations: {organisation: {project: cooperations}}."""
        projects = _grouped((cooperation, project) for cooperation, _, project in self.parties if project)
        by_organisation: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        for cooperation, organisation, _ in self.parties:
            if organisation and self.cooperations[cooperation] in self.carried_out:
                for project in sorted(projects.get(cooperation, ())):
                    by_organisation[organisation][project] = (
                        *by_organisation[organisation].get(project, ()),
                        cooperation,
                    )
        return dict(by_organisation)

    @cached_property
    def targets_of(self) -> Mapping[str, frozenset[str]]:
        """Countries each project lists as targets."""
        return _grouped(self.targets)

    @cached_property
    def themes_of_project(self) -> Mapping[str, frozenset[str]]:
        """Themes of each project."""
        return _grouped(self.project_themes)

    def linked(self, one: str, other: str, *, only_current: bool = False) -> tuple[str, ...]:
        """Cooperations between two organisations that were carried out, or only those that are current."""
        statuses = self.current if only_current else self.carried_out
        linked = self.links.get(one, {}).get(other, ())
        return tuple(cooperation for cooperation in linked if self.cooperations[cooperation] in statuses)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        groups[key].add(value)
    return {key: frozenset(values) for key, values in groups.items()}


def load_partner_facts(connection: Connection) -> PartnerFacts:
    """The facts of a database, each list in a fixed order, so that results are reproducible."""

    def rows(sql: str) -> list[Any]:
        return connection.execute(sql).fetchall()

    def statuses(condition: str) -> frozenset[str]:
        return frozenset(status for (status,) in rows(f"SELECT status FROM cooperation_statuses WHERE {condition}"))

    organisations = rows(
        "SELECT organisation_id, name, side, is_cluster_organisation, country_codes, region_code, is_current "
        "FROM organisation_register WHERE successor_id IS NULL ORDER BY name"
    )
    return PartnerFacts(
        organisations={
            organisation_id: Organisation(organisation_id, name, side, is_cluster, tuple(countries), *others)
            for organisation_id, name, side, is_cluster, countries, *others in organisations
        },
        successors=dict(rows("SELECT organisation_id, current_id FROM current_organisations ORDER BY ALL")),
        predecessors={
            current: tuple(names)
            for current, names in rows(
                "SELECT current_id, list(name ORDER BY name) FROM current_organisations JOIN organisations "
                "USING (organisation_id) WHERE organisation_id <> current_id GROUP BY ALL ORDER BY ALL"
            )
        },
        sector_names=dict(rows("SELECT sector_id, name FROM sectors ORDER BY ALL")),
        crosswalk=tuple(rows("SELECT theme_id, traded_cluster_id FROM sector_links ORDER BY ALL")),
        sectors=tuple(rows("SELECT organisation_id, scheme, sector_id, record_id FROM partner_sectors ORDER BY ALL")),
        co_occurrences=tuple(rows("SELECT record, traded_cluster_id FROM co_occurrence_records ORDER BY ALL")),
        cooperations=dict(rows("SELECT cooperation_id, status FROM cooperations ORDER BY ALL")),
        carried_out=statuses("commitment <> 'intention'"),
        current=statuses("is_current"),
        titles=dict(rows("SELECT cooperation_id, title FROM cooperations ORDER BY ALL")),
        parties=tuple(rows("SELECT cooperation_id, organisation_id, project_id FROM partner_parties ORDER BY ALL")),
        members=tuple(rows("SELECT project_id, organisation_id, record_id FROM partner_memberships ORDER BY ALL")),
        targets=tuple(rows("SELECT project_id, country_code FROM project_targets ORDER BY ALL")),
        project_labels=dict(rows("SELECT project_id, label FROM project_register ORDER BY ALL")),
        project_themes=tuple(rows("SELECT project_id, theme_id FROM project_themes ORDER BY ALL")),
    )
