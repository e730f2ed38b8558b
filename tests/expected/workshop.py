"""What the cards of the workshop mode that no page shows must say."""

import tomllib
from collections import Counter

from tests.expected.cards import Expected, bars_alt, ids, single
from tests.expected.texts import Token, applied, might_match, number, said, scope
from tests.oracle import Oracle
from tests.oracle_records import Chosen

MAX_CARDS = 9  # more opportunities are counted by theme


def opportunities(oracle: Oracle, chosen: Chosen) -> Expected | None:
    """Opportunities, which only the filter by sector restricts."""
    found = oracle.matching("opportunities", applied(chosen, "opportunities"))
    if not found:
        return None
    names = oracle.names("sectors", "sector_id")
    counts = Counter(names[theme] for record in found for theme in record.themes)
    are_drawn = len(found) > MAX_CARDS
    return Expected(
        title=[number("opportunities", len(found)), *said(scope(oracle, chosen, "opportunities"))],
        subtitle=[Token("section of the discussion paper", "3")],
        alt=bars_alt(counts) if are_drawn else [],
        bars=single(counts),
        evidence=[("opportunities", ids(found))],
        note=might_match(oracle, "opportunities", chosen, "opportunity", "opportunities"),
    )


def documents(oracle: Oracle, _: Chosen) -> Expected:
    """Sources that are cited for a record, or for a data set that is shipped as a whole; those read are told first."""
    cited = {row["source_id"] for row in oracle.rows("citations")}
    unread = cited - {row["source_id"] for row in oracle.rows("citations") if "not read here" not in row["locator"]}
    noted = unread & {row["source_id"] for row in oracle.rows("citations") if "footnote" in row["locator"]}
    for path in oracle.directory.glob("datasets/*/dataset.toml"):
        cited |= {source["source_id"] for source in tomllib.loads(path.read_text(encoding="utf-8"))["source"]}
    seeds = [row for row in oracle.rows("sources") if row["reliability"] == "seed" and row["source_id"] in cited]
    return Expected(
        title=[
            number("documents read", len(cited - unread)),
            number("only named in the paper", len(unread)),
            number("in footnotes", len(noted)),
        ],
        subtitle=[
            number("seed documents", len(seeds)),
            number("give other values", len(oracle.rows("sources")) - len(cited)),
        ],
        evidence=[("sources", cited)],
    )
