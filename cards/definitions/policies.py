"""Cards of the page Policies and the 2015 workshop: instruments by kind, and those with a date."""

import pandas as pd

from cards.card import Card
from cards.definition import CardRequest, define
from charts.bars import count_bars
from charts.timeline import policy_timeline
from domain.evidence import Evidence
from domain.record_types.policies import POLICIES as POLICY_TYPE
from domain.shares import leader
from domain.text import plural
from warehouse.populations import POLICIES
from warehouse.query_cache import labels, run_query
from warehouse.registers import rows


@define("policy_kinds", page="policies", population=POLICIES)
def policy_kinds(request: CardRequest) -> Card | None:
    """Every policy instrument by kind, dated or not."""
    policies = run_query(rows, POLICIES, request.filters)
    if policies.empty:
        return None
    kinds = policies.assign(kind=policies["kind"].map(labels("policies.kind")))
    counts = kinds.groupby("kind").size().reset_index(name="count")
    counts = counts.sort_values(["count", "kind"], ascending=[False, True])
    sides = policies["side"].map(labels("policies.side")).value_counts().sort_index()
    by_side = ", ".join(f"{side} {count}" for side, count in sides.items())
    return Card(
        title=_kind_title(counts, request.scope),
        subtitle=f"{POLICIES.name(len(policies))} that the sources name, by kind; by side: {by_side}",
        chart=count_bars(counts, label="kind", value="count", unit="policy instruments"),
        rows=counts,
        columns={"kind": "Kind", "count": "Instruments"},
        evidence=Evidence("policies", tuple(policies["policy_id"])),
        method="Rows of view policy_register after filtering, counted by kind; one row is one instrument, with or "
        "without a date.",
    )


def _kind_title(counts: pd.DataFrame, scope: str) -> str:
    total = int(counts["count"].sum())
    first = leader(counts, "kind", "count")
    if not first:
        return f"{plural(total, 'policy instrument')}{scope} by kind"
    return f"{first[0]} is the most frequent kind of policy instrument{scope}: {first[1]} of {total}"


@define("policy_dates", page="policies", population=POLICIES, noun="dated policy instruments")
def policy_dates(request: CardRequest) -> Card | None:
    """Dated policy instruments by side; undated ones are counted, not drawn."""
    policies = run_query(rows, POLICIES, request.filters)
    dated = policies[policies["date_precision"] != "undated"]
    if dated.empty:
        return None
    joint = int((policies["side"] == "BOTH").sum())
    undated = len(policies) - len(dated)
    return Card(
        title=f"{POLICIES.name(len(policies))}{request.scope}, {joint} of them shared by both sides",
        subtitle=f"{plural(len(dated), 'dated instrument')} by side"
        + (f"; {undated:,} undated, not drawn" if undated else ""),
        chart=policy_timeline(dated.assign(kind=dated["kind"].map(labels("policies.kind")))),
        rows=policies,
        columns=POLICY_TYPE.register_columns,
        evidence=Evidence("policies", tuple(policies["policy_id"])),
        method="Rows of view policy_register after filtering, at the precision of the source.",
    )
