"""What the cards of the start page must say, the headline figures apart, and that of the page Sources."""

from collections import Counter
from collections.abc import Mapping

from tests.expected.cards import AGREEMENTS, Expected, ids
from tests.expected.texts import label, might_match, number, said, scope, share
from tests.oracle import Oracle
from tests.oracle_records import Chosen


def partnership_waffle(oracle: Oracle, _: Chosen) -> Expected:
    """Partnerships of the first generation by what is known of their targets; no filter applies."""
    known = [record for record in oracle.matching("partnerships") if record.row["generation"] == "1"]
    final = int(oracle.figure("escp4i-gen1-partnerships-final"))
    listing = [record for record in known if "US" in oracle.targets(record.id)]
    complete = [r for r in known if r not in listing and r.row["target_list"] == "complete"]
    unclear, unnamed = len(known) - len(listing) - len(complete), final - len(known)
    states = {
        "lists the USA": len(listing),
        "complete list without the USA": len(complete),
        "not known: list partial or unknown": unclear,
        "counted by a source, not known here": unnamed,
    }
    heading = share("list the USA", len(listing), "final count", final)
    title = f"{len(listing)} of {final} ({100 * len(listing) // final}\u00a0%)"
    return Expected(
        title=heading,
        subtitle=[
            *said("ESCP-4i"),
            number("without the USA", len(complete)),
            number("not known", unclear + unnamed),
            number("without a name", unnamed),
        ],
        alt=[
            *([number("squares", final)] if unnamed else []),
            number("known", len(known)),
            *said("ESCP-4i"),
            *([number("not known here", unnamed)] if unnamed else []),
            *heading,
            *(token for name, count in states.items() for token in (*said(name), number(name, count))),
        ],
        bars={title: tuple(states.values())},
        evidence=[("projects", ids(known)), ("usa_share", {"gen1-listed-of-final"})],
    )


def eu_countries(oracle: Oracle) -> Mapping[str, str]:
    """Countries of the EU side by name."""
    return {row["country_code"]: row["name"] for row in oracle.rows("countries") if row["side"] == "EU"}


def my_country(oracle: Oracle, chosen: Chosen, home: str = "") -> Expected | None:
    """Cooperations of one country of the EU side: that of ``home``, else the only one of the filters."""
    country = home or (chosen.countries[0] if len(chosen.countries) == 1 else "")
    name = eu_countries(oracle).get(country)
    if name is None:
        return None
    own = chosen._replace(countries=(country,))
    found = oracle.counted("EU–US cooperations", own)
    signed = sum(record.row["status"] in AGREEMENTS for record in found)
    at_home = own._replace(sides=(), states=())
    organisations = len(oracle.matching("cluster organisations", at_home))
    scopes = {"cooperations": own, "organisations": at_home}
    where = {table: scope(oracle, one._replace(countries=()), table) for table, one in scopes.items()}
    title = [*said(name), *said(where["cooperations"])]
    if found:
        title = [*said(name), number("cooperations", len(found)), *said(where["cooperations"])]
        title.append(number("signed or renewed", signed))
    return Expected(
        title=title,
        subtitle=[number("cluster organisations", organisations), *said(where["organisations"])],
        evidence=[("cooperations", ids(found))],
        note=might_match(oracle, "EU–US cooperations", own, "EU–US cooperation", "EU–US cooperations"),
        filters=label(oracle, own),
    )


PRECISIONS = ("city", "region", "country", "unknown")


def source_coverage(oracle: Oracle, _: Chosen) -> Expected:
    """Organisations of each side by how precisely they are located; no filter applies."""
    every = oracle.rows("organisations")
    counts = Counter((row["side"], row["location_precision"]) for row in every)
    bars = {name: tuple(counts[side, one] for one in PRECISIONS) for side, name in (("EU", "EU"), ("US", "USA"))}
    title = [
        token
        for name, own in bars.items()
        for token in share("city", own[0], f"{name} organisations", sum(own), name[:2])
    ]
    alt = [number("sides", len(bars))]
    for name, own in bars.items():
        values = [number(one, count) for one, count in zip(PRECISIONS, own, strict=True)]
        alt += [*said(name), number("organisations", sum(own)), *values]
    return Expected(
        title=title,
        subtitle=[number("of neither side", sum(row["side"] == "OTHER" for row in every))],
        alt=alt,
        bars=bars,
        evidence=[("organisations", {row["organisation_id"] for row in every})],
    )
