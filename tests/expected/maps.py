"""What the cards with the map of organisations and cooperations must say."""

from collections import Counter
from collections.abc import Sequence

from tests.expected.cards import CLUSTERS, STATUSES, Expected, ids, ranked
from tests.expected.texts import Token, might_match, number, said, scope
from tests.oracle import Link, Oracle
from tests.oracle_records import Chosen, Record

SIDES = {"EU": "EU", "US": "USA", "OTHER": "Other"}


def cooperation_map(
    oracle: Oracle, chosen: Chosen, extent: str, is_all: bool = False, only_agreements: bool = False
) -> Expected | None:
    """Organisations located to a city, and the cooperations between two of them, or the agreements alone."""
    population = "organisations" if is_all else "clusters"
    found = oracle.matching(population, chosen)
    every = oracle.counted("cooperations", chosen)
    cooperations = [r for r in every if r.row["status"] in STATUSES[:2]] if only_agreements else every
    links = oracle.links(cooperations)
    joined = {link.cooperation_id for link in links}
    ends = {end for link in links for end in (link.eu, link.us)}
    placed = {record.id for record in found if record.row["location_precision"] == "city"}
    if not placed | ends:
        return None
    signed = sum(record.id in joined and record.row["status"] in STATUSES[:2] for record in cooperations)
    active = sum(record.id in joined and record.row["status"] in STATUSES[2:4] for record in cooperations)
    intended = sum(record.id in joined and record.row["status"] in STATUSES[4:] for record in cooperations)
    where = {table: scope(oracle, chosen, table) for table in ("organisations", "cooperations")}
    both = "EU–US agreements" if only_agreements else "EU–US cooperations"
    recorded = len(oracle.counted(both, chosen))
    drawn = [number("recorded", recorded)] if recorded else []
    drawn += said(where["cooperations"])
    of_them = [] if recorded == 1 else [number("drawn", len(joined))]
    drawn += [*of_them, number("arcs", len(links))] if joined else []
    pairs = len({(link.eu, link.us) for link in links})
    drawn += [number("pairs of organisations", pairs)] if pairs < len(links) else []
    no_point = [number("without a point", len(found) - len(placed)), number("organisations", len(found))]
    no_point = [*(no_point if found else []), *said(where["organisations"])]
    one, many = ("organisation", "organisations") if is_all else CLUSTERS
    title = _map_title(extent, is_all, found, len(joined), where)
    kinds = {"signed or renewed": signed, "completed or ongoing": active, "intentions": intended}
    statuses = [number(kind, count) for kind, count in kinds.items() if count]
    subtitle = [Token("year of the sides", "2017"), *no_point, *drawn, *statuses]
    if only_agreements:
        title = [*([number("agreements", len(joined))] if joined else []), *said(where["cooperations"])]
        subtitle = drawn
    return Expected(
        title=title,
        subtitle=subtitle,
        alt=_map_alt(oracle, extent, placed | ends, links),
        evidence=[("organisations", ids(found)), ("cooperations", joined)],
        note=[
            *might_match(oracle, population, chosen, one, many),
            *might_match(oracle, both, chosen, both.removesuffix("s"), both),
        ],
    )


def _map_title(extent: str, is_all: bool, found: Sequence[Record], joined: int, where: dict[str, str]) -> list[Token]:
    sides = Counter(record.row["side"] for record in found)
    placed = Counter(record.row["side"] for record in found if record.row["location_precision"] == "city")
    if is_all or extent not in ("Atlantic", "Europe", "USA"):
        counts = [*said(where["organisations"]), *(number(side, sides[side]) for side in SIDES)]
        return [number("organisations", len(found)), *counts, number("located to the city", placed.total())]
    if extent == "Atlantic":
        return [*([number("joined", joined)] if joined else []), *said(where["cooperations"])]
    side = {"Europe": "EU", "USA": "US"}[extent]
    located = number("located to the city", placed[side])
    return [number("of the side", sides[side]), *said(where["organisations"]), located]


def _map_alt(oracle: Oracle, extent: str, points: set[str], links: Sequence[Link]) -> list[Token]:
    rows = [row for row in oracle.rows("organisations") if row["organisation_id"] in points]
    sides = Counter(row["side"] for row in rows)
    alt = [*said(extent), number("points", len(rows))]
    for side, name in SIDES.items():
        alt += [*said(name), number(name, sides[side])] if sides[side] else []
    for place, count in ranked(Counter(row["place"] for row in rows))[:3]:
        alt += [*said(place), number(place, count)]
    status = oracle.names("cooperations", "cooperation_id", "status")
    arcs = Counter(status[link.cooperation_id] for link in links)
    alt += [number("arcs", len(links))] if links else []
    return [*alt, *(token for one in STATUSES if arcs[one] for token in (*said(one), number(one, arcs[one])))]
