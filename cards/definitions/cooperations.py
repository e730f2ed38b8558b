"""Cards of the page Links and agreements: agreements, cooperations by status, by place, and success stories."""

from collections.abc import Set

import pandas as pd

from cards.area_nouns import with_article
from cards.card import Card, TextsCard
from cards.definition import CardRequest, define
from cards.few import small_cards
from cards.status_words import agreement_statuses
from charts.ladder import status_ladder
from charts.who_with_whom import country_state_matrix
from domain.evidence import Evidence
from domain.record_types.cooperations import COOPERATIONS as COOPERATION_TYPE
from domain.record_types.success_stories import STORY_PARTS
from domain.records import PERIOD
from domain.shares import Share, leader
from domain.text import agree, capitalised, format_period
from warehouse import queries
from warehouse.populations import (
    ALL_AGREEMENTS,
    ALL_COOPERATIONS,
    EU_US_AGREEMENTS,
    EU_US_COOPERATIONS,
    SUCCESS_STORIES,
    Population,
)
from warehouse.query_cache import run_query
from warehouse.registers import counted_rows, rows

SCOPES = {"eu-us": EU_US_COOPERATIONS, "all": ALL_COOPERATIONS}
AGREEMENT_SCOPES = {"eu-us": EU_US_AGREEMENTS, "all": ALL_AGREEMENTS}
STORY_METHOD = "Our summary of the section of the discussion paper that is cited."
LIST_COLUMNS = {
    PERIOD: "Date",
    "title": "Agreement",
    "kind": "Kind",
    "eu_parties": "EU side",
    "us_parties": "US side",
    "themes": "Themes",
}
DETAILS = {
    "status": "Status in the source",
    PERIOD: "Date",
    "kind": "Kind",
    "eu_parties": "EU side",
    "us_parties": "US side",
}
COUNTED_ONCE = (
    "one alliance is one row with all its parties, and a renewal is not counted where the agreement that it renews is. "
    "EU–US means at least one party on each side."
)


def _scope(request: CardRequest) -> Population:
    return SCOPES[request.chosen("scope", SCOPES)]


def _agreements(request: CardRequest) -> Population:
    return AGREEMENT_SCOPES[request.chosen("scope", AGREEMENT_SCOPES)]


@define(
    "agreements",
    page="cooperations",
    population=EU_US_AGREEMENTS,
    choices=("scope",),
    counted=lambda request: (_agreements(request), request.filters),
)
def agreements(request: CardRequest) -> Card | None:
    """Signed and renewed agreements, the latest first; the choice ``scope`` is eu-us (default) or all."""
    population = _agreements(request)
    found = run_query(counted_rows, population, request.filters)
    if found.empty:
        return None
    listed = found.sort_values(["start_on", "title"], ascending=[False, True], na_position="last", kind="stable")
    dated = listed[listed["start_on"].notna()]
    latest = ""
    if when := _latest(dated):
        # One without a date may be later than the latest that has one.
        which = ", the latest dated one of" if len(dated) < len(listed) else ", the latest of"
        latest = f"{which if len(listed) > 1 else ', of'} {when}"
    undated = len(listed) - len(dated)
    return Card(
        title=f"{population.name(len(listed))}{request.scope_for(population)}{latest}",
        subtitle=f"{agreement_statuses().capitalize()}, by the status in the source; each agreement counts once, with "
        "its renewals" + (f"; {undated} without a date {agree(undated, 'stands', 'stand')} last" if undated else ""),
        chart=None,
        rows=listed,
        columns=LIST_COLUMNS,
        evidence=Evidence("cooperations", tuple(listed["cooperation_id"])),
        method="Rows of view cooperation_register whose status is one of an agreement (table cooperation_statuses), "
        f"after filtering; {COUNTED_ONCE}",
        small_cards=small_cards(listed, "cooperations", DETAILS, title="title"),
    )


def _latest(dated: pd.DataFrame) -> str:
    """The period of the latest agreement; where a date is too coarse to tell which that is, their year, or ''."""
    may_be = dated[dated["end_on"] >= dated["start_on"].max()]
    periods = {format_period(*own) for own in may_be[["start_on", "end_on", "date_precision"]].values.tolist()}
    years = {day.year for name in ("start_on", "end_on") for day in may_be[name]}
    return periods.pop() if len(periods) == 1 else str(years.pop()) if len(years) == 1 else ""


@define(
    "statuses",
    page="cooperations",
    population=EU_US_COOPERATIONS,
    choices=("scope",),
    counted=lambda request: (_scope(request), request.filters),
)
def statuses(request: CardRequest) -> Card | None:
    """Cooperations by status; the choice ``scope`` is eu-us (default) or all."""
    population = _scope(request)
    cooperations = run_query(counted_rows, population, request.filters)
    if cooperations.empty:
        return None
    periods = cooperations[["start_on", "end_on", "date_precision"]].itertuples(index=False)
    drawn = cooperations.assign(when=[format_period(*period) for period in periods])
    signed = int((cooperations["commitment"] == "agreement").sum())
    share = Share(signed, len(cooperations), f"recorded {population.name_of_many}{request.scope_for(population)}")
    few = small_cards(cooperations, "cooperations", DETAILS, title="title")
    return Card(
        title=f"{share} {agree(signed, 'is', 'are')} {agreement_statuses()}",
        subtitle="By status in the source; agreements, activities and intentions are counted apart, and a renewal "
        "is not counted beside the agreement that it renews",
        chart=None if few else status_ladder(drawn, nouns=population.name_of_many),
        rows=cooperations,
        columns=COOPERATION_TYPE.register_columns,
        evidence=Evidence("cooperations", tuple(cooperations["cooperation_id"])),
        method=f"Rows of view cooperation_register after filtering, by status; {COUNTED_ONCE}",
        small_cards=few,
    )


@define("who_with_whom", page="cooperations", population=EU_US_COOPERATIONS)
def who_with_whom(request: CardRequest) -> Card | None:
    """EU–US cooperations by EU country and US state of their parties."""
    cooperations = run_query(counted_rows, EU_US_COOPERATIONS, request.filters)
    if cooperations.empty:
        return None
    ids = tuple(cooperations["cooperation_id"])
    pairs = run_query(queries.countries_and_states, list(ids))
    is_known = pairs["country_code"].notna() & pairs["region_code"].notna()
    few = small_cards(cooperations, "cooperations", DETAILS, title="title")
    return Card(
        title=_pair_title(pairs[is_known], len(ids), request.scope_for(EU_US_COOPERATIONS)),
        subtitle="EU country and US state of the parties, whatever the status"
        + _not_in_matrix(cooperations, set(pairs["country_code"].dropna()))
        + ". One with several parties counts in each of its pairs; several can be of the same two organisations",
        chart=None if few else country_state_matrix(pairs, nouns=EU_US_COOPERATIONS.name_of_many),
        rows=pairs,
        columns={"country": "EU country", "state": "US state", "count": "Cooperations"},
        evidence=Evidence("cooperations", ids),
        method="Rows of view cooperation_register after filtering; its countries of the EU side, by the membership of "
        f"2017, and its US states, where they are recorded, in every combination; {COUNTED_ONCE}",
        small_cards=few,
    )


def _not_in_matrix(cooperations: pd.DataFrame, eu_countries: Set[str]) -> str:
    """'; 60 of the 107 EU–US cooperations have both (38 without a recorded state, 31 without …, 22 without either)'.

    Empty where each has both; eu_countries: codes of the EU countries of the parties.
    """
    has_state = cooperations["region_codes"].map(lambda codes: any(code.startswith("US-") for code in codes))
    has_country = cooperations["country_codes"].map(lambda codes: not eu_countries.isdisjoint(codes))
    both, total = int((has_state & has_country).sum()), len(cooperations)
    missing = {
        "a recorded state": int((~has_state).sum()),
        "a recorded EU country": int((~has_country).sum()),
        "either": int((~has_state & ~has_country).sum()),
    }
    parts = [
        (f"{count:,} without {what}" if total > 1 else f"without {what}") for what, count in missing.items() if count
    ]
    if not parts:
        return ""
    if total == 1:
        return f"; the {EU_US_COOPERATIONS.singular} is {parts[-1]}"
    of_total = f"{both or 'none'} of the {EU_US_COOPERATIONS.name(total)}"
    return f"; {of_total} {agree(both, 'has', 'have')} both ({', '.join(parts)})"


def _pair_title(pairs: pd.DataFrame, total: int, scope: str) -> str:
    names = pairs["country"].map(with_article) + " and " + pairs["state"]
    first = leader(pairs.assign(pair=names), "pair", "count")
    if not first:
        return f"EU–US cooperations{scope} by EU country and US state"
    share = Share(first[1], total, f"EU–US cooperations{scope}")
    return f"{capitalised(first[0])} are recorded together most often: in {share}"


@define("stories", page="cooperations", population=SUCCESS_STORIES)
def stories(request: CardRequest) -> TextsCard | None:
    """Success stories with partners, themes and parts."""
    matching = run_query(rows, SUCCESS_STORIES, request.filters)
    if matching.empty:
        return None
    return TextsCard(
        title=f"{SUCCESS_STORIES.name(len(matching))} of cluster cooperation{request.scope_for(SUCCESS_STORIES)}",
        subtitle="Section 2 of the discussion paper: partners, context, objective, policy support and results",
        chart=None,
        rows=matching,
        columns={
            "title": "Story",
            "partners": "Partners",
            "parties": "Partners and other parties",
            "themes": "Themes",
        }
        | STORY_PARTS,
        evidence=Evidence("success_stories", tuple(matching["story_id"])),
        method=STORY_METHOD,
        parts=STORY_PARTS,
    )
