"""What each card must say under a choice of filters: its numbers in order, and the records its evidence must hold."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.expected.texts import (
    Token,
    listed,
    might_match,
    number,
    period,
    rate,
    said,
    scope,
)
from tests.oracle import Oracle
from tests.oracle_records import Chosen, Record

MIN_CHART_RECORDS = 5  # fewer are shown one by one
STATUSES = ("signed", "renewed", "completed", "ongoing", "planned", "possible", "aspiration")
AGREEMENTS = STATUSES[:2]
HELD = {"held": "held", "planned": "planned in the source", "not stated": "held or not: not stated"}
OF_SIDE = {"EU": "EU", "US": "USA", "BOTH": "EU and USA", "OTHER": "other"}
CLUSTERS = "cluster organisation or regional cluster", "cluster organisations and regional clusters"
BODIES = "cluster organisation", "cluster organisations"
REGIONAL = "regional clusters without a named organisation"


@dataclass
class Expected:
    """Tokens of each text of a card, values of its bars, and its evidence as (table, ids) in the order of the card.

    ``filters`` are those that restrict the card as text, where a choice of the page changes them.
    """

    title: list[Token]
    subtitle: list[Token]
    evidence: list[tuple[str, set[str]]]
    alt: list[Token] = field(default_factory=list)
    note: list[Token] = field(default_factory=list)
    figures: list[tuple[list[Token], list[Token]]] = field(default_factory=list)
    bars: dict[str, tuple[int, ...]] | None = None
    filters: str | None = None


def ids(records: Sequence[Record]) -> set[str]:
    """Their ids."""
    return {record.id for record in records}


def leader(counts: Counter[str]) -> tuple[str, int] | None:
    """The category that has more than any other, where there are at least five cases."""
    if sum(counts.values()) < 5:
        return None
    (first, most), *others = counts.most_common(2)
    return None if others and others[0][1] == most else (first, most)


def ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    """Categories by count, the highest first, then by name."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def bars_alt(counts: Counter[str]) -> list[Token]:
    """Alternative text of a bar chart: rows, who leads, and the values."""
    rows = ranked(counts)
    most = rows[0][1]
    leaders = [name for name, count in rows if count == most]
    named = [] if len(leaders) == len(rows) > 1 else first_of(leaders, 4)
    again = [number("rows", len(rows))] if len(leaders) == len(rows) > 1 else []
    finding = [*again, *named, number("the highest count", most)] if len(rows) > 1 else []
    values = [(name, [number(name, count)]) for name, count in rows]
    return [number("rows", len(rows)), *finding, *listed(values)]


def first_of(leaders: list[str], most: int) -> list[Token]:
    """The first of those that lead, and how many are not named."""
    rest = len(leaders) - most
    return [*said(*leaders[:most]), *([number("others that lead", rest)] if rest > 0 else [])]


def single(counts: Counter[str]) -> dict[str, tuple[int, ...]]:
    """Values of a chart of one bar per category."""
    return {name: (count,) for name, count in counts.items()}


def lanes_alt(oracle: Oracle, found: list[Record], table: str, group: dict[str, str], column: str) -> list[Token]:
    """Alternative text of lanes: first and last date, then each record with date, name, kind and group."""
    kinds = oracle.labels(f"{table}.kind")
    dated = sorted((r for r in found if r.start), key=lambda r: (r.start, r.end, r.row["name"]))
    undated = sorted((r for r in found if not r.start), key=lambda r: r.row["name"])
    if len(found) < MIN_CHART_RECORDS or not dated:
        return []
    tokens = [number("dated records", len(dated)), *said(period(dated[0]), period(dated[-1]))]
    tokens += [number("undated", len(undated))] if undated else []
    for record in dated + undated:
        date = period(record) if record.start else "undated"
        tokens += said(date, record.row["name"], kinds[record.row["kind"]], group[record.row[column]])
    return tokens


# ---------------------------------------------------------------- cooperations


def stories(oracle: Oracle, chosen: Chosen) -> Expected | None:
    """Success stories."""
    found = oracle.matching("stories", chosen)
    if not found:
        return None
    return Expected(
        title=[number("stories", len(found)), *said(scope(oracle, chosen, "success_stories"))],
        subtitle=[Token("section of the discussion paper", "2")],
        evidence=[("success_stories", ids(found))],
        note=might_match(oracle, "stories", chosen, "success story", "success stories"),
    )


# ---------------------------------------------------------------- events and policies


def event_dates(oracle: Oracle, chosen: Chosen) -> Expected | None:
    """Events by kind and date."""
    found = oracle.matching("events", chosen)
    if not found:
        return None
    undated = sum(record.start is None for record in found)
    to_the_day = sum(record.row["date_precision"] == "day" for record in found)
    return Expected(
        title=[
            number("events", len(found)),
            *said(scope(oracle, chosen, "events")),
            *([number("dated to the day", to_the_day)] if len(found) > 1 else []),
        ],
        subtitle=[number(status, count) for status, count in (("undated", undated), *_not_held(found)) if count],
        alt=lanes_alt(oracle, found, "events", HELD, "status_in_source"),
        evidence=[("events", ids(found))],
        note=might_match(oracle, "events", chosen, "event", "events"),
    )


def _not_held(found: list[Record]) -> list[tuple[str, int]]:
    counts = Counter(record.row["status_in_source"] for record in found)
    return [(status, counts[status]) for status in ("planned", "not stated")]


POLICY = "policy instrument", "policy instruments"
CONCLUSION = "conclusion of the workshop of 2015", "conclusions of the workshop of 2015"


def conclusions(oracle: Oracle, chosen: Chosen) -> Expected | None:
    """The conclusions of the workshop of 2015."""
    found = oracle.matching("conclusions of 2015", chosen)
    if not found:
        return None
    return Expected(
        title=[
            number("conclusions", len(found)),
            *said(CONCLUSION[len(found) > 1], scope(oracle, chosen, "policies")),
        ],
        subtitle=_documents_read(oracle, [record.id for record in found]),
        evidence=[("policies", ids(found))],
        note=might_match(oracle, "conclusions of 2015", chosen, *CONCLUSION),
    )


def _documents_read(oracle: Oracle, policies: list[str]) -> list[Token]:
    """Each document that a conclusion cites, with how many cite it; a page known by its address only is none."""
    titles = oracle.names("sources", "source_id", "title")
    pairs = {
        (titles[row["source_id"]], row["record_id"])
        for row in oracle.rows("citations")
        if row["table_name"] == "policies" and row["record_id"] in policies and "not read" not in row["locator"]
    }
    counts = Counter(title for title, _ in pairs)
    return [
        token
        for title, count in sorted(counts.items(), key=lambda one: -one[1])
        for token in (*said(title), number("cite it", count), number("conclusions", len(policies)))
    ]


def policy_kinds(oracle: Oracle, chosen: Chosen) -> Expected | None:
    """Policy instruments by kind, side and date."""
    found = oracle.matching("policies", chosen)
    if not found:
        return None
    kinds, sides = oracle.labels("policies.kind"), oracle.labels("policies.side")
    counts = Counter(kinds[record.row["kind"]] for record in found)
    by_side = Counter(sides[record.row["side"]] for record in found)
    first, where = leader(counts), said(scope(oracle, chosen, "policies"))
    total, undated = number("instruments", len(found)), sum(record.start is None for record in found)
    named = [*said(first[0]), *where, number(first[0], first[1]), total] if first else [total, *where]
    side_tokens = [token for side in sorted(by_side) for token in (*said(side), number(side, by_side[side]))]
    present = [side for side in OF_SIDE if any(record.row["side"] == side for record in found)]
    pairs = Counter((kinds[record.row["kind"]], record.row["side"]) for record in found)
    return Expected(
        title=named,
        subtitle=[total, *where, *side_tokens, *([number("undated", undated)] if undated else [])],
        alt=lanes_alt(oracle, found, "policies", OF_SIDE, "side"),
        bars={kind: tuple(pairs[kind, side] for side in present) for kind in counts},
        evidence=[("policies", ids(found))],
        note=might_match(oracle, "policies", chosen, *POLICY),
    )


# ---------------------------------------------------------------- start page


def headlines(oracle: Oracle, chosen: Chosen) -> Expected:
    """The four headline figures."""
    cooperations, events = oracle.counted("EU–US cooperations", chosen), oracle.matching("events", chosen)
    bodies, regional = oracle.matching("cluster organisations", chosen), oracle.matching("regional clusters", chosen)
    note = [
        *might_match(oracle, "EU–US cooperations", chosen, "EU–US cooperation", "EU–US cooperations"),
        *might_match(oracle, "cluster organisations", chosen, *BODIES),
        *might_match(oracle, "regional clusters", chosen, "regional cluster without a named organisation", REGIONAL),
        *might_match(oracle, "events", chosen, "event", "events"),
    ]
    return Expected(
        title=[],
        subtitle=[],
        figures=[
            _share_figure(oracle),
            _cooperation_figure(cooperations, scope(oracle, chosen, "cooperations")),
            _organisation_figure(bodies, regional, scope(oracle, chosen, "organisations")),
            _event_figure(events, scope(oracle, chosen, "events")),
        ],
        evidence=[
            ("usa_share", {"gen1-listed-of-final", "printed-47"}),
            ("cooperations", ids(cooperations)),
            ("organisations", ids(bodies)),
            ("organisations", ids(regional)),
            ("events", ids(events)),
        ],
        note=note,
    )


Figure = tuple[list[Token], list[Token]]


def _share_figure(oracle: Oracle) -> Figure:
    listing, final = len(oracle.matching("Table 1")), oracle.figure("escp4i-gen1-partnerships-final")
    printed = Token("share printed by the paper", f"{oracle.figure('escp4i-usa-top-target-share'):.2f}")
    return [number("list the USA", listing), number("final count", int(final))], [*rate(listing, int(final)), printed]


def _undated(records: list[Record]) -> Token:
    return number("undated", sum(record.start is None for record in records))


def _cooperation_figure(found: list[Record], where: str) -> Figure:
    if not found:
        return [], said(where)
    signed = sum(record.row["status"] in AGREEMENTS for record in found)
    total = number("EU–US cooperations", len(found))
    return [number("signed or renewed", signed), total], [total, *said(where), _undated(found)]


def _organisation_figure(bodies: list[Record], regional: list[Record], where: str) -> Figure:
    sides = Counter(record.row["side"] for record in bodies)
    placed = sum(record.row["location_precision"] == "city" for record in bodies)
    in_us = sum(record.row["side"] == "US" for record in regional)
    others = [number("of neither side", sides["OTHER"])] if sides["OTHER"] else []
    apart = [number("regional clusters", len(regional))] if regional else []
    if in_us:
        everywhere = said("all in the USA" if in_us > 1 else "in the USA")
        apart += everywhere if in_us == len(regional) else [number("in the USA", in_us)]
    if not bodies:
        return said("none"), [*said("No named organisation", where), *apart]
    note = [*said(where), *others, number("located to the city", placed), number("bodies", len(bodies)), *apart]
    return [number("EU side", sides["EU"]), number("USA", sides["US"])], note


def _event_figure(found: list[Record], where: str) -> Figure:
    if not found:
        return [], said(where)
    to_the_day = sum(record.row["date_precision"] == "day" for record in found)
    total = number("events", len(found))
    return [total], [number("dated to the day", to_the_day), total, *said(where), _undated(found)]


Build = Callable[[Oracle, Chosen], Expected | None]
