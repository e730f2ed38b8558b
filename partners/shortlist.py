"""Queries of the partner finder: possible seekers, proposals with their reasons, and existing cooperations."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from domain.filters import Filters
from partners.facts import PartnerFacts, load_partner_facts
from partners.score import Score, ScoreComponent, Seeker, ranked, score, seeker_of
from warehouse.connection import Connection, fetch
from warehouse.populations import ALL_ORGANISATIONS
from warehouse.registers import rows as register_rows

MAX_SOURCES = 2  # named for each proposal


@dataclass(frozen=True)
class Shortlist:
    """The result for one seeker.

    ``proposals``: ranked rows, best first, with points, parts, ``why``, ``sources`` and ``evidence`` (records
    as (table, id)); ``agreements``: cooperations that exist already; ``unranked``: candidates without a sector.
    """

    seeker: Seeker
    proposals: pd.DataFrame
    agreements: pd.DataFrame
    unranked: pd.DataFrame


def seekers(connection: Connection) -> dict[str, str]:
    """Organisations of the EU and US sides that can look for partners, without merged and ended ones: {id: label}."""
    rows = connection.execute(
        "SELECT organisation_id, name || ' (' || array_to_string(countries, ', ') || ')' FROM organisation_register "
        "WHERE is_current AND side IN ('EU', 'US') ORDER BY name"
    ).fetchall()
    return dict(rows)


def places(connection: Connection) -> dict[str, str]:
    """Countries and regions of both sides that have organisations: {code: label}."""
    rows = connection.execute(
        "SELECT country_code, c.name FROM countries c WHERE side IN ('EU', 'US') AND country_code IN "
        "(SELECT unnest(country_codes) FROM organisation_register) "
        "UNION ALL SELECT region_code, r.name || ', ' || c.name FROM regions r JOIN countries c USING (country_code) "
        "WHERE side IN ('EU', 'US') AND region_code IN (SELECT region_code FROM organisations) ORDER BY 2"
    ).fetchall()
    return dict(rows)


def current_id(connection: Connection, organisation_id: str) -> str | None:
    """Id of the EU or US organisation that succeeded this one through mergers, or its own; None for any other.

    An organisation that has ended without a successor has none.
    """
    row = connection.execute(
        "SELECT current_id FROM current_organisations c "
        "JOIN organisation_register o ON o.organisation_id = c.current_id "
        "WHERE c.organisation_id = $id AND o.is_current AND o.side IN ('EU', 'US')",
        {"id": organisation_id},
    ).fetchone()
    return row[0] if row else None


def candidates(connection: Connection, side: str, filters: Filters) -> pd.DataFrame:
    """Register rows of the organisations of a side that match the filters, without merged and ended ones."""
    matching = register_rows(connection, ALL_ORGANISATIONS, filters)
    return matching[(matching["side"] == side) & matching["is_current"]]


def for_organisation(
    connection: Connection, organisation_id: str, filters: Filters, cluster_only: bool = True
) -> Shortlist:
    """Partners for an organisation, a merged one as its successor. Raises KeyError when it is not known."""
    facts = load_partner_facts(connection)
    return _shortlist(connection, facts, seeker_of(facts, organisation_id), filters, cluster_only)


def for_place(connection: Connection, place: str, filters: Filters, cluster_only: bool = True) -> Shortlist:
    """Partners for the sectors of the filters in a country or region. Raises KeyError for an unknown place."""
    facts, label = load_partner_facts(connection), places(connection)[place]
    seeker = _seeker_of_place(connection, facts, place, label, filters.sectors)
    return _shortlist(connection, facts, seeker, filters, cluster_only)


def side_of_place(connection: Connection, place: str) -> str:
    """Side of a country or region: EU, US or OTHER."""
    code = place.split("-")[0].upper()
    row = connection.execute("SELECT side FROM countries WHERE country_code = $code", {"code": code}).fetchone()
    return row[0] if row else "OTHER"


def _seeker_of_place(
    connection: Connection, facts: PartnerFacts, place: str, label: str, sectors: Sequence[str]
) -> Seeker:
    schemes = dict(connection.execute("SELECT sector_id, scheme FROM sectors").fetchall())
    clusters = {sector for sector in sectors if schemes.get(sector) == "traded_cluster"}
    themes = {sector for sector in sectors if schemes.get(sector) == "theme"}
    themes |= {theme for theme, cluster in facts.crosswalk if cluster in clusters}
    peers = frozenset(
        o.organisation_id
        for o in facts.organisations.values()
        if o.is_current
        and place in (*o.countries, o.region)
        and (
            clusters & set(facts.clusters.get(o.organisation_id, {}))
            or themes & set(facts.themes.get(o.organisation_id, {}))
        )
    )
    return Seeker(
        label,
        side_of_place(connection, place),
        (place.split("-")[0].upper(),),
        {sector: () for sector in sorted(clusters)},
        {sector: () for sector in sorted(themes)},
        peers=peers,
    )


def _shortlist(
    connection: Connection, facts: PartnerFacts, seeker: Seeker, filters: Filters, cluster_only: bool
) -> Shortlist:
    matching = candidates(connection, seeker.other_side, filters)
    agreements = _agreements(connection, facts, seeker, matching)
    proposed = matching[matching["is_cluster_organisation"]] if cluster_only else matching
    if seeker.organisation_id:
        proposed = proposed[~proposed["organisation_id"].isin(agreements["partner_id"])]
    scores = [score(facts, seeker, candidate) for candidate in proposed["organisation_id"]]
    best = ranked(scores, facts)
    by_id = proposed.set_index("organisation_id", drop=False)
    unranked = by_id.loc[[s.organisation_id for s in scores if s.total is None]]
    return Shortlist(seeker, _proposals(connection, by_id, best), agreements, unranked.reset_index(drop=True))


def _agreements(connection: Connection, facts: PartnerFacts, seeker: Seeker, matching: pd.DataFrame) -> pd.DataFrame:
    """Current cooperations of the seeker with the other side: one row per partner and cooperation."""
    seekers = {seeker.organisation_id} if seeker.organisation_id else seeker.peers
    pairs = [
        (partner, name, cooperation)
        for partner, name in zip(matching["organisation_id"], matching["name"], strict=True)
        for cooperation in dict.fromkeys(
            c for one in sorted(seekers) for c in facts.linked(one, partner, only_current=True)
        )
    ]
    listed = pd.DataFrame(pairs, columns=["partner_id", "partner", "cooperation_id"], dtype="str")
    cooperations = fetch(
        connection,
        "SELECT * FROM cooperation_register WHERE cooperation_id IN (SELECT unnest($ids)) ",
        {"ids": listed["cooperation_id"].tolist()},
    )
    return listed.merge(cooperations, on="cooperation_id").sort_values(
        ["start_on", "partner", "cooperation_id"], na_position="last", ignore_index=True
    )


def _proposals(connection: Connection, by_id: pd.DataFrame, best: Sequence[Score]) -> pd.DataFrame:
    """Register rows in the order of the scores, with the labels of their components."""
    frame = by_id.loc[[s.organisation_id for s in best]].reset_index(drop=True)
    points = pd.DataFrame([s.points for s in best], columns=["sector_points", "link_points", "target_points"])
    points = points.astype("float64").round().astype("int64")
    totals = pd.Series([s.total for s in best], dtype="float64")
    evidence = pd.Series([s.evidence for s in best], dtype="object")
    return frame.assign(
        rank=(-totals).round(9).rank(method="min").astype("int64"),
        score=points.sum(axis=1),
        **points,
        clusters=[s.clusters.label for s in best],
        theme_part=[s.themes.label for s in best],
        related=[s.related.label for s in best],
        links=[s.links.label for s in best],
        targets_part=[s.targets.label for s in best],
        why=[why(s) for s in best],
        sources=_sources(connection, [s.evidence for s in best]),
        evidence=evidence,
    )


def why(candidate: Score) -> str:
    """One sentence with the reasons for proposing a candidate."""
    reasons = []
    if candidate.clusters.value:
        reasons.append(f"shares {_of(candidate.clusters, 'traded cluster')} ({candidate.clusters.reason})")
    if candidate.themes.value:
        reasons.append(f"shares {_of(candidate.themes, 'theme')} ({candidate.themes.reason})")
    if candidate.related.reason and not candidate.clusters.value:
        reasons.append(f"has related traded clusters ({candidate.related.reason})")
    reasons += [component.reason for component in (candidate.links, candidate.targets) if component.reason]
    sentence = "; ".join(reasons) or "no shared sector, link or target is recorded"
    return sentence[0].upper() + sentence[1:] + "."


def _of(component: ScoreComponent, noun: str) -> str:
    """'1 of 3 themes', '1 of 1 theme'."""
    return f"{component.label} {noun}" + ("" if component.label.endswith(" of 1") else "s")


def _sources(connection: Connection, evidence: Sequence[Collection[tuple[str, str]]]) -> list[str]:
    """Sources of the evidence of each row: the first ones with locators, and how many more there are."""
    refs = [(position, *record) for position, records in enumerate(evidence) for record in records]
    positions, tables, ids = ([row[i] for row in refs] for i in range(3))
    rows = connection.execute(
        "WITH refs AS (SELECT unnest($positions::INTEGER[]) AS position, unnest($tables::VARCHAR[]) AS table_name, "
        "unnest($ids::VARCHAR[]) AS record_id), "
        "cited AS (SELECT position, s.title, bool_or(s.reliability = 'seed') AS is_seed, "
        "list_sort(list_distinct(list(c.locator))) AS locators FROM refs "
        "JOIN citations c USING (table_name, record_id) JOIN sources s USING (source_id) GROUP BY ALL) "
        "SELECT position, list(title || ' (' || array_to_string(locators[:2], '; ') || "
        "CASE WHEN len(locators) > 2 THEN '; …' ELSE '' END || ')' ORDER BY is_seed DESC, title) "
        "FROM cited GROUP BY ALL",
        {"positions": positions, "tables": tables, "ids": ids},
    ).fetchall()
    documents = dict(rows)
    return [_listed(documents.get(position, [])) for position in range(len(evidence))]


def _listed(documents: list[str]) -> str:
    more = len(documents) - MAX_SOURCES
    return "; ".join(documents[:MAX_SOURCES]) + (f"; and {more} more" if more > 0 else "")
