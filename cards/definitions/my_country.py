"""Card of the start page: the EU–US cooperations of one country of the EU side, in a sentence."""

from dataclasses import replace

from cards.card import Card
from cards.definition import CardChoices, CardRequest, define
from cards.few import small_cards
from cards.status_words import agreement_statuses
from domain.evidence import Evidence
from domain.filters import FILTER_NAMES, Filters
from domain.record_types.cooperations import COOPERATIONS
from domain.text import agree, plural
from warehouse import queries
from warehouse.populations import CLUSTER_ORGANISATIONS, EU_US_COOPERATIONS
from warehouse.query_cache import run_query
from warehouse.registers import count, counted_rows

CHOICE = "home"


def country_of(filters: Filters, choices: CardChoices) -> str | None:
    """The country chosen, else the only one of the filters; None where that is none of the EU side."""
    chosen = (choices.get(CHOICE) or filters.countries)[-1:]
    own = chosen[0] if choices.get(CHOICE) or len(filters.countries) == 1 else ""
    return own if own in run_query(queries.eu_countries) else None


def _of_home(filters: Filters, choices: CardChoices) -> Filters:
    """The filters with that country in place of theirs."""
    country = country_of(filters, choices)
    return replace(filters, countries=(country,)) if country else filters


@define(
    "my_country",
    page="overview",
    population=EU_US_COOPERATIONS,
    filters=FILTER_NAMES,
    choices=(CHOICE,),
    narrowed=_of_home,
)
def my_country(request: CardRequest) -> Card | None:
    """Cooperations with a party of the chosen country, the choice ``home``; None without a country of the EU side."""
    country = country_of(request.filters, request.choices)
    if country is None:
        return None
    found = run_query(counted_rows, EU_US_COOPERATIONS, request.filters)
    others = replace(request, filters=replace(request.filters, countries=()))
    # A side or US state says with whom the country cooperates; none of its own organisations would be left.
    at_home = replace(others, filters=replace(others.filters, sides=(), states=()))
    of_country = replace(at_home.filters, countries=(country,))
    organisations = run_query(count, CLUSTER_ORGANISATIONS, of_country)
    scope, name = others.scope_for(EU_US_COOPERATIONS), run_query(queries.eu_countries)[country]
    signed = int((found["commitment"] == "agreement").sum())
    links = f"{plural(len(found), 'recorded EU–US cooperation')}{scope} {agree(len(found), 'has', 'have')}"
    return Card(
        title=f"{name}: {links} a party of the country, {signed} {agreement_statuses()}"
        if len(found)
        else f"{name}: no recorded EU–US cooperation{scope} has a party that is known to be of the country",
        subtitle=f"Cooperations of every status, intentions included; each agreement counts once. "
        f"{CLUSTER_ORGANISATIONS.name(organisations)} of the country, networks with a member there included, "
        f"{agree(organisations, 'is', 'are')} recorded"
        f"{at_home.scope_for(CLUSTER_ORGANISATIONS)}. The numbers show what our sources cover",
        chart=None,
        rows=found,
        columns=COOPERATIONS.register_columns,
        evidence=Evidence("cooperations", tuple(found["cooperation_id"])),
        method="Rows of view cooperation_register with a party on each side and a party of the country; the countries "
        "of a project are those of its known members. A renewal is not counted where the agreement that it renews is. "
        "Cluster organisations of the country are counted whatever the filters by side and US state.",
        small_cards=small_cards(found, "cooperations", {"period": "Date", "status": "Status"}, title="title"),
    )
