"""What the cards of projects and sectors must say."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from tests.expected.cards import BODIES, MIN_CHART_RECORDS, REGIONAL, Expected, bars_alt, ids, leader, ranked, single
from tests.expected.texts import (
    Token,
    applied,
    label,
    listed,
    might_match,
    number,
    rate,
    said,
    scope,
    sector_label,
    share,
)
from tests.oracle import Oracle
from tests.oracle_records import Chosen, Record

# ---------------------------------------------------------------- projects


def readings(oracle: Oracle) -> list[tuple[str, int | None, int | None, float]]:
    """The readings of the USA share: id, numerator, denominator and share in per cent."""
    listing = len(oracle.matching("Table 1"))
    final, launch = (int(oracle.figure(f"escp4i-gen1-partnerships-{when}")) for when in ("final", "at-launch"))
    chose, answered = (int(oracle.figure(f"escp4i-gen2-survey-{what}")) for what in ("usa", "respondents"))
    printed = oracle.figure("escp4i-usa-top-target-share")
    fits = {Fraction(k, n) for n in range(1, 27) for k in range(1, n + 1) if round(100 * k / n, 2) == printed}
    assert len(fits) == 1, "the inference holds only while one fraction fits"
    inferred = fits.pop()
    return [
        ("gen1-listed-of-final", listing, final, 100 * listing / final),
        ("gen1-listed-of-launch", listing, launch, 100 * listing / launch),
        ("printed-47", None, None, printed),
        ("gen1-inferred-9-of-19", inferred.numerator, inferred.denominator, float(100 * inferred)),
        ("gen2-survey", chose, answered, 100 * chose / answered),
    ]


def usa_share(oracle: Oracle, _: Chosen) -> Expected:
    """Every reading of the share; no filter applies."""
    rows = readings(oracle)
    _, k, n, _ = rows[0]
    shares = [percent for *_, percent in rows]
    alt = [number("readings", len(rows)), Token("lowest", f"{min(shares):.0f}"), Token("highest", f"{max(shares):.0f}")]
    literals = [[], [Token("year of the launch", "2016")], [], [Token("largest printed total", "26")]]
    literals.append([Token("year of the consultation", "2018")])
    for (measure, own_k, own_n, percent), after in zip(rows, literals, strict=True):
        generation = "2" if measure == "gen2-survey" else "1"
        alt.append(Token("generation", generation))
        if own_k is None or own_n is None:
            alt.append(Token("printed share", f"{percent:.2f}"))
        else:
            alt += share("k", own_k, "n", own_n)
        alt += [*([] if measure.startswith("gen1-inferred") else said("ESCP-4i")), *after]
    return Expected(
        title=share("list the USA", k, "final count", n),
        subtitle=said("ESCP-4i"),
        alt=alt,
        evidence=[("usa_share", {measure for measure, *_ in rows})],
    )


STATES = ("listed", "not listed", "unknown")
TOTALS = {"1": "escp4i-gen1-partnerships-final", "2": "escp4i-gen2-partnerships"}


def target_state(oracle: Oracle, record: Record) -> str:
    """Whether a partnership lists the USA: only a complete list without the USA is a no."""
    if "US" in oracle.targets(record.id):
        return "listed"
    return "not listed" if record.row["target_list"] == "complete" else "unknown"


def generations(oracle: Oracle, chosen: Chosen) -> Expected | None:
    """Partnerships known here by generation, by what is known of the USA as a target."""
    found = oracle.matching("partnerships", chosen)
    if not found:
        return None
    states = Counter((record.row["generation"], target_state(oracle, record)) for record in found)
    of = {state: sum(count for (_, own), count in states.items() if own == state) for state in STATES}
    where = scope(oracle, chosen, "projects")
    title = [number("list the USA", of["listed"]), number("partnerships", len(found)), *said("ESCP-4i", where)]
    without = number("complete list without the USA", of["not listed"])
    unknown = [number("unknown", of["unknown"])] if of["unknown"] else []
    known = sorted({generation for generation, _ in states})
    is_whole = applied(chosen, "projects") == Chosen()
    totals = {g: int(oracle.figure(figure)) for g, figure in TOTALS.items() if is_whole}
    not_here = {g: total - sum(states[g, state] for state in STATES) for g, total in totals.items()}
    present = [state for state in STATES if of[state]]
    alt, others = [number("partnerships", len(found)), *said("ESCP-4i")], sum(not_here.get(one, 0) for one in known)
    alt = [number("squares", len(found) + others), *alt, number("not known here", others)] if others else alt
    bars = {}
    for generation in known:
        values = [states[generation, state] for state in present]
        values += [not_here.get(generation, 0)] if not_here else []
        bars[f"Generation {generation}"] = tuple(values)
        # Of generations that no source counts, nothing is said about partnerships not known here.
        told = values if generation in not_here or not not_here else values[:-1]
        alt += [Token("generation", generation), *(number("squares", value) for value in told)]
    return Expected(
        title=[*title, *rate(of["listed"], len(found))],
        subtitle=[without, *unknown],
        alt=alt if len(found) >= MIN_CHART_RECORDS else [],
        bars=bars,
        evidence=[("projects", ids(found))],
        note=might_match(oracle, "partnerships", chosen, "ESCP-4i partnership", "ESCP-4i partnerships"),
    )


def _target_counts(oracle: Oracle, projects: Sequence[Record]) -> Counter[str]:
    countries = oracle.names("countries", "country_code")
    return Counter(countries[code] for record in projects for code in oracle.targets(record.id))


def co_targets(oracle: Oracle, chosen: Chosen) -> Expected | None:
    """Countries that the partnerships of Table 1 target beside the USA."""
    found = oracle.matching("Table 1", chosen)
    if not found:
        return None
    counts = _target_counts(oracle, found)
    del counts["United States"]
    first = leader(counts)
    where = scope(oracle, chosen, "projects")
    table_1 = Token("table of the discussion paper", "1")
    title = [table_1, *said(where)]
    if first:
        title = [*said(first[0]), number("list it", first[1]), number("partnerships", len(found)), table_1]
        title += [*said(where), *rate(first[1], len(found))]
    total = number("partnerships", len(found))
    alt = [number("pairs", sum(counts.values())), total, number("countries", len(counts))]
    alt += [token for name, count in ranked(counts) for token in (*said(name), number(name, count), total)]
    return Expected(
        title=title,
        subtitle=[total, table_1, *said(where), table_1, *said("ESCP-4i")],
        alt=alt if len(found) >= MIN_CHART_RECORDS and counts else [],
        bars=single(counts),
        evidence=[("projects", ids(found))],
        note=might_match(oracle, "Table 1", chosen, "partnership of Table 1", "partnerships of Table 1"),
    )


def target_countries(oracle: Oracle, chosen: Chosen, show: str = "") -> Expected | None:
    """Countries that projects list as targets; ``show`` narrows them to one sector of the filter."""
    narrowed = chosen._replace(sectors=(show,)) if show else chosen
    found = oracle.matching("projects with targets", narrowed)
    listing = [record for record in found if oracle.targets(record.id)]
    if not listing:
        return None
    counts = _target_counts(oracle, listing)
    where = said(scope(oracle, narrowed, "projects"))
    first = leader(counts)
    title = where
    if first:
        title = [*said(first[0]), number("list it", first[1]), number("list targets", len(listing)), *where]
        title += rate(first[1], len(listing))
    partial = [record for record in listing if record.row["target_list"] == "partial"]
    told = [number("partial lists", len(partial))] if partial else []
    if partial and first:
        without = sum(not _target_counts(oracle, [record])[first[0]] for record in partial)
        told += [number("of them without the first", without), *said(first[0])]
    return Expected(
        title=title,
        subtitle=[number("list targets", len(listing)), number("of a kind that lists them", len(found)), *where, *told],
        alt=bars_alt(counts),
        bars=single(counts),
        evidence=[("projects", ids(listing))],
        note=might_match(
            oracle,
            "projects with targets",
            narrowed,
            "project of a kind with targets",
            "projects of a kind with targets",
        ),
    )


# ---------------------------------------------------------------- sectors


def _both_sides(oracle: Oracle, chosen: Chosen) -> list[Record]:
    return [r for r in oracle.matching("cluster organisations", chosen) if r.row["side"] in ("EU", "US")]


def _by_side(found: Sequence[Record], sectors: dict[str, str]) -> dict[str, tuple[int, ...]]:
    """EU and US organisations of each sector by its name; those without any are left out."""
    counts = Counter((sector, r.row["side"]) for r in found for sector in r.sectors if sector in sectors)
    present = {sector for sector, _ in counts}
    return {sectors[sector]: (counts[sector, "EU"], counts[sector, "US"]) for sector in present}


def _sides_alt(pairs: dict[str, tuple[int, ...]]) -> list[Token]:
    rows = sorted(pairs.items(), key=lambda pair: (-sum(pair[1]), pair[0]))
    sums = [sum(pair[at] for pair in pairs.values()) for at in (0, 1)]
    tokens = [number("rows", len(rows)), number("EU in all", sums[0]), number("USA in all", sums[1])]
    return [*tokens, *listed([(name, [number("EU", eu), number("USA", us)]) for name, (eu, us) in rows])]


def _neither(oracle: Oracle, chosen: Chosen) -> list[Token]:
    """Organisations that match and are of neither side: in no bar."""
    found = oracle.matching("cluster organisations", chosen)
    count = sum(record.row["side"] not in ("EU", "US") for record in found)
    return [number("of neither side", count), *said("of neither side")] if count else []


def by_sector(oracle: Oracle, chosen: Chosen, scheme: str) -> Expected | None:
    """Cluster organisations by sector of one scheme, EU beside USA; sectors of the filter are marked, not left out."""
    sectors = {row["sector_id"]: row["name"] for row in oracle.rows("sectors") if row["scheme"] == scheme}
    marked = sorted(set(chosen.sectors) & set(sectors), key=sectors.__getitem__)
    chosen = chosen._replace(sectors=())
    found = _both_sides(oracle, chosen)
    pairs = _by_side(found, sectors)
    if not pairs:
        return None
    drawn = pairs | {sectors[one]: pairs.get(sectors[one], (0, 0)) for one in marked}
    first = leader(Counter({name: sum(pair) for name, pair in pairs.items()}))
    where, total = scope(oracle, chosen, "organisations"), number("EU and USA", len(found))
    if 0 < len(marked) <= 3:
        names = [sectors[one] for one in marked]
        title = [t for n in names for t in (*said(n), number("EU", drawn[n][0]), number("USA", drawn[n][1]))]
        title += said(where)
    else:
        title = [*said(first[0], where), number(first[0], first[1])] if first else said(where)
    regional = len(oracle.matching("regional clusters", chosen))
    empty = len(sectors) - len(pairs)
    none = [number("without any", empty), number("sectors", len(sectors))] if empty else []
    is_cut = len(drawn) > 24 and len(found) >= MIN_CHART_RECORDS
    cut = [number("drawn", 24), number("with any", len(drawn))] if is_cut else []
    apart = [*_neither(oracle, chosen), *([number("regional", regional), *said(REGIONAL[:16])] if regional else [])]
    unlisted = sum(not set(record.sectors) & set(sectors) for record in found)
    in_none = [number("without a sector", unlisted)] if unlisted else []
    return Expected(
        title=title,
        subtitle=[total, *said(where), *none, *in_none, *cut, *apart],
        alt=_sides_alt(drawn) if len(found) >= MIN_CHART_RECORDS else [],
        bars=drawn,
        evidence=[("organisations", ids(found))],
        note=might_match(oracle, "organisations of both sides", chosen, *BODIES),
        filters=label(oracle, chosen) or "no filter",
    )


def sector_comparison(oracle: Oracle, chosen: Chosen) -> Expected | None:
    """Two to four sectors of the filter side by side."""
    if not 2 <= len(chosen.sectors) <= 4:
        return None
    names = {one: sector_label(oracle, one) for one in chosen.sectors}
    found = _both_sides(oracle, chosen)
    pairs = dict.fromkeys((names[one] for one in chosen.sectors), (0, 0))
    pairs |= _by_side(found, {one: names[one] for one in chosen.sectors})
    first = leader(Counter({name: sum(pair) for name, pair in pairs.items()}))
    compared = number("sectors compared", len(chosen.sectors))
    measures = {names[one]: _measures(oracle, chosen._replace(sectors=(one,))) for one in chosen.sectors}
    headings = list(next(iter(measures.values())))
    bars = {heading: tuple(own[heading] for own in measures.values()) for heading in headings}
    rows = [
        (heading, [t for name, own in measures.items() for t in (*said(name), number(heading, own[heading]))])
        for heading in headings
    ]
    return Expected(
        title=[compared, *([*said(first[0]), number(first[0], first[1])] if first else [])],
        subtitle=[
            compared,
            *said(scope(oracle, chosen._replace(sectors=()), "events")),
            *_neither(oracle, chosen),
        ],
        alt=[number("measures", len(headings)), compared, *listed(rows)],
        bars=bars,
        evidence=[("organisations", ids(found))],
        note=might_match(oracle, "organisations of both sides", chosen, *BODIES),
    )


REGISTERS = {
    "Projects": "projects",
    "Cooperations": "cooperations",
    "Success stories": "stories",
    "Policy instruments": "policies",
    "Events": "events",
    "Opportunities": "opportunities",
}


def _measures(oracle: Oracle, chosen: Chosen) -> dict[str, int]:
    """Records of each register in one sector, by heading."""
    sides = Counter(record.row["side"] for record in oracle.matching("cluster organisations", chosen))
    projects = oracle.matching("projects", chosen)
    return {
        "EU cluster organisations": sides["EU"],
        "US cluster organisations": sides["US"],
        "Regional clusters without a named organisation": len(oracle.matching("regional clusters", chosen)),
        **{heading: len(oracle.counted(population, chosen)) for heading, population in REGISTERS.items()},
        "Target countries": len({code for record in projects for code in oracle.targets(record.id)}),
    }
