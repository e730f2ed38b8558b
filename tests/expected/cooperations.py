"""What the cards of cooperations must say."""

from collections import Counter
from datetime import date

from tests.expected.cards import AGREEMENTS, MIN_CHART_RECORDS, STATUSES, Expected, ids, leader
from tests.expected.texts import MAX_ROWS, Token, might_match, number, period, rate, said, scope, share
from tests.oracle import Oracle
from tests.oracle_records import Chosen, Record


def agreements(oracle: Oracle, chosen: Chosen, is_all: bool = False) -> Expected | None:
    """Agreements, the latest first."""
    population = "agreements" if is_all else "EU–US agreements"
    found = oracle.counted(population, chosen)
    if not found:
        return None
    words = ("recorded agreement", "recorded agreements") if is_all else ("EU–US agreement", "EU–US agreements")
    dated = [record for record in found if record.start]
    latest = _latest(dated) if dated else ""
    undated = len(found) - len(dated)
    return Expected(
        title=[
            number("agreements", len(found)),
            *said(words[len(found) > 1], scope(oracle, chosen, "cooperations")),
            *said("dated" if latest and undated and len(found) > 1 else "", latest),
        ],
        subtitle=[number("undated", undated)] if undated else [],
        evidence=[("cooperations", ids(found))],
        note=might_match(oracle, population, chosen, *words),
    )


def _latest(dated: list[Record]) -> str:
    """The date of the agreement that is latest for certain; else the year that all that may be latest are of."""
    ends = {record.id: record.end or record.start or date.min for record in dated}
    may_be = [r for r in dated if all(ends[r.id] >= (other.start or date.min) for other in dated)]
    texts = {period(record) for record in may_be}
    years = {str((record.start or date.min).year) for record in may_be} | {str(ends[r.id].year) for r in may_be}
    return texts.pop() if len(texts) == 1 else years.pop() if len(years) == 1 else ""


def statuses(oracle: Oracle, chosen: Chosen, is_all: bool = False) -> Expected | None:
    """Cooperations by status."""
    population = "cooperations" if is_all else "EU–US cooperations"
    found = oracle.counted(population, chosen)
    if not found:
        return None
    by_status = Counter(record.row["status"] for record in found)
    signed = sum(by_status[status] for status in AGREEMENTS)
    alt = [number("cooperations", len(found))]
    for status in STATUSES:
        if by_status[status]:
            alt += [*said(status), number(status, by_status[status])]
    words = f"recorded {population}{scope(oracle, chosen, 'cooperations')}"
    one, many = ("cooperation", "cooperations") if is_all else ("EU–US cooperation", "EU–US cooperations")
    return Expected(
        title=share("signed or renewed", signed, "cooperations", len(found), words),
        subtitle=[],
        alt=alt if len(found) >= MIN_CHART_RECORDS else [],
        bars={status.capitalize(): (count,) for status, count in by_status.items()},
        evidence=[("cooperations", ids(found))],
        note=might_match(oracle, population, chosen, one, many),
    )


def _pairs(oracle: Oracle, found: list[Record]) -> Counter[tuple[str, str]]:
    """Cooperations by EU country and US state of their parties, by name, where both are recorded."""
    sides, names = oracle.names("countries", "country_code", "side"), oracle.names("countries", "country_code")
    states = oracle.names("regions", "region_code")
    return Counter(
        (names[country], states[state])
        for record in found
        for country in record.countries
        if sides[country] == "EU"
        for state in record.regions.codes
        if state.startswith("US-")
    )


def who_with_whom(oracle: Oracle, chosen: Chosen) -> Expected | None:
    """EU–US cooperations by EU country and US state."""
    found = oracle.counted("EU–US cooperations", chosen)
    if not found:
        return None
    pairs, where = _pairs(oracle, found), scope(oracle, chosen, "cooperations")
    first = leader(Counter({" and ".join(pair): count for pair, count in pairs.items()}))
    title = said(f"EU–US cooperations{where}")
    if first:
        title = [*said(first[0]), number("meet in", first[1]), number("cooperations", len(found)), *said(where)]
        title += rate(first[1], len(found))
    rows = sorted(pairs.items(), key=lambda row: (-row[1], row[0]))
    alt = [number("pairs", len(rows))]
    alt += [token for pair, count in rows[:MAX_ROWS] for token in (*said(" and ".join(pair)), number("in", count))]
    alt += [number("pairs not listed", len(rows) - MAX_ROWS)] if len(rows) > MAX_ROWS else []
    return Expected(
        title=title,
        subtitle=_not_in_matrix(oracle, found),
        alt=alt if len(found) >= MIN_CHART_RECORDS else [],
        bars={" and ".join(pair): (count,) for pair, count in rows[:MAX_ROWS]},
        evidence=[("cooperations", ids(found))],
        note=might_match(oracle, "EU–US cooperations", chosen, "EU–US cooperation", "EU–US cooperations"),
    )


def _not_in_matrix(oracle: Oracle, found: list[Record]) -> list[Token]:
    """How many have both places, and how many lack one or either; nothing where each has both."""
    sides = oracle.names("countries", "country_code", "side")
    stateless = {r.id for r in found if not any(code.startswith("US-") for code in r.regions.codes)}
    landless = {r.id for r in found if not any(sides[code] == "EU" for code in r.countries)}
    if not stateless | landless:
        return []
    if len(found) == 1:
        return said("either" if stateless & landless else "state" if stateless else "EU country")
    both = len(found) - len(stateless | landless)
    tokens = [number("have both", both)] if both else said("none of the")
    tokens.append(number("cooperations", len(found)))
    for what, without in (("state", stateless), ("EU country", landless), ("either", stateless & landless)):
        tokens += [number(f"without {what}", len(without)), *said(what)] if without else []
    return tokens
