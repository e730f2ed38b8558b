"""Cards of the page Policies and the 2015 workshop: the conclusions of 2015, and instruments by kind and date."""

from dataclasses import replace

import pandas as pd

from cards.card import Card
from cards.citation_words import NOT_READ
from cards.definition import CardRequest, define
from cards.few import record_cards, small_cards
from cards.seed_note import seed_horizon
from charts.lanes import policy_lanes
from domain.evidence import Evidence
from domain.record_types.policies import POLICIES as POLICY_TYPE
from domain.records import PERIOD
from domain.shares import leader
from domain.text import agree, format_list, plural
from warehouse import provenance
from warehouse.populations import CONCLUSIONS_2015, POLICIES
from warehouse.query_cache import labels, run_query
from warehouse.registers import rows

DETAILS = {PERIOD: "Date", "kind": "Kind", "side": "Side", "description": "What it is"}
# What this dashboard does about each conclusion of 2015: name of the page, and a sentence.
ANSWERS = {
    "conclusion-2015-mapping-for-policy": (
        "statistics",
        "Profiles of states, NUTS 2 regions and countries: organisations, cooperations and strong industries.",
    ),
    "conclusion-2015-portals-for-trade": (
        "partners",
        "Proposals of partners across the Atlantic for an organisation, each with its reasons and sources.",
    ),
    "conclusion-2015-link-the-mappings": (
        "statistics",
        "Strong industries of a region beside the cluster organisations placed there, linked by traded cluster.",
    ),
}


@define("conclusions", page="policies", population=CONCLUSIONS_2015)
def conclusions(request: CardRequest) -> Card | None:
    """The conclusions of the workshop of 2015, each with what this dashboard does about it."""
    found = run_query(rows, CONCLUSIONS_2015, request.filters).sort_values("name", kind="stable")
    if found.empty:
        return None
    answers = [ANSWERS.get(policy_id, ("", "Nothing yet.")) for policy_id in found["policy_id"]]
    cards = record_cards(found, "policies", {"description": "Concluded"})
    scope = request.scope_for(CONCLUSIONS_2015)
    return Card(
        title=f"{CONCLUSIONS_2015.name(len(found))}{scope}, and what this dashboard does about "
        f"{agree(len(found), 'it', 'them')}",
        subtitle=f"Summarised by us; {_cited(tuple(found['policy_id']))}",
        chart=None,
        rows=found.assign(answer=[answer for _, answer in answers]),
        columns={
            "name": "Conclusion",
            "description": "What it says",
            "answer": "What this dashboard does about it",
        },
        evidence=Evidence("policies", tuple(found["policy_id"])),
        method="Rows of view policy_register that are dated conclusions; those without a date are of the discussion "
        "paper. What the dashboard does about them is our own text.",
        small_cards=tuple(
            replace(card, lines=(*card.lines, f"Here: {answer}"), page=page)
            for card, (page, answer) in zip(cards, answers, strict=True)
        ),
    )


def _cited(ids: tuple[str, ...]) -> str:
    """'cited are “Transatlantic …” (3 of 3) and “D3.5. …” (2 of 3)': documents read, and how many records cite each."""
    cited = run_query(provenance.citations, "policies", list(ids))
    read = cited[(cited["table_name"] == "policies") & ~cited["locator"].str.contains(NOT_READ)]
    counts = read.groupby("title")["record_id"].nunique().sort_values(ascending=False, kind="stable")
    texts = [f"“{title}” ({count} of {len(ids)})" for title, count in counts.items()]
    return f"cited {agree(len(texts), 'is', 'are')} {format_list(texts)}"


@define("policy_kinds", page="policies", population=POLICIES)
def policy_kinds(request: CardRequest) -> Card | None:
    """Every policy instrument by kind, side and date, and those without a date."""
    policies = run_query(rows, POLICIES, request.filters)
    if policies.empty:
        return None
    kinds = policies.assign(kind=policies["kind"].map(labels("policies.kind")))
    counts = kinds.groupby("kind").size().reset_index(name="count")
    counts = counts.sort_values(["count", "kind"], ascending=[False, True])
    sides = policies["side"].map(labels("policies.side")).value_counts().sort_index()
    by_side = ", ".join(f"{side} {count}" for side, count in sides.items())
    undated = int((policies["date_precision"] == "undated").sum())
    few = small_cards(policies, "policies", DETAILS)
    is_drawn = not few and undated < len(policies)
    scope = request.scope_for(POLICIES)
    return Card(
        title=_kind_title(counts, scope),
        subtitle=f"{POLICIES.name(len(policies))}{scope}, named by the sources, by kind; by side: {by_side}"
        + (f"; {undated:,} undated" if undated else ""),
        chart=policy_lanes(kinds, seed_horizon()) if is_drawn else None,
        rows=policies,
        columns=POLICY_TYPE.register_columns,
        evidence=Evidence("policies", tuple(policies["policy_id"])),
        method="Rows of view policy_register after filtering, at the precision of the source; one row is one "
        "instrument, with or without a date.",
        small_cards=few,
    )


def _kind_title(counts: pd.DataFrame, scope: str) -> str:
    total = int(counts["count"].sum())
    first = leader(counts, "kind", "count")
    if not first:
        return f"{plural(total, 'policy instrument')}{scope} by kind"
    return f"{first[0]} is the most frequent kind of policy instrument{scope}: {first[1]} of {total}"
