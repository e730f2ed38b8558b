"""What the page Regional statistics shows: scheme of industries, industry, period, countries and measure."""

from collections.abc import Mapping
from dataclasses import dataclass

from cards.definition import chosen
from domain.filters import Filters
from domain.frames import records
from domain.text import agree, format_some
from warehouse import statistics
from warehouse.query_cache import run_query

# Shown first: both sides have figures of it, and they stand close to each other.
FIRST_INDUSTRIES = ("tc-automotive", "nace-c29")
CHOICES = ("region", "scheme", "cluster", "year", "count")


@dataclass(frozen=True)
class StatisticsView:
    """One choice of the page.

    scheme: 'traded_cluster' or 'nace_division'; industry (its id and name); period; countries of the filters (None:
    all); measure: a key of cards.statistics_text.MEASURES.
    """

    scheme: str
    industry: str
    industry_name: str
    period: str
    countries: tuple[str, ...] | None
    measure: str


def scheme_options() -> dict[str, tuple[str, ...]]:
    """Schemes that have figures, each with the codes of its countries."""
    return {row["scheme"]: tuple(row["country_codes"]) for row in records(run_query(statistics.schemes))}


def measure_options(scheme: str) -> list[str]:
    """Measures that have figures in a scheme."""
    rows = run_query(statistics.schemes)
    return sorted(measure for found in rows.loc[rows["scheme"] == scheme, "measures"] for measure in found)


def all_industries(scheme: str) -> dict[str, str]:
    """Industries of a scheme that have figures: id to name."""
    rows = run_query(statistics.industries)
    rows = rows[rows["scheme"] == scheme]
    return dict(zip(rows["industry_id"], rows["industry"], strict=True))


def industry_options(filters: Filters, scheme: str) -> dict[str, str]:
    """Industries with figures that the filter Sector leads to: the sector itself, or by our crosswalks."""
    if not filters.sectors:  # an empty answer is not kept, and a page asks several times
        return {}
    names = all_industries(scheme)
    own = [sector for sector in filters.sectors if sector in names]
    rows = records(run_query(statistics.linked_industries, filters.sectors, scheme))
    linked = [industry for row in rows for industry in listed(row["industry_ids"])]
    return {industry: names[industry] for industry in dict.fromkeys([*own, *linked])}


def listed(values: object) -> list[str]:
    """A list column of a query, empty where it is missing."""
    is_list = isinstance(values, list | tuple) or hasattr(values, "tolist")
    return list(values) if is_list else []  # type: ignore[call-overload]  # an array of numpy is no list


def scheme_of(filters: Filters, choices: Mapping[str, tuple[str, ...]]) -> str | None:
    """The scheme that the choices name, directly or by industry or region; else that of the countries of the filters.

    None without statistics.
    """
    options = scheme_options()
    if not options:
        return None
    named = [value for value in choices.get("scheme", ()) if value in options]
    schemes = [scheme for scheme in options if set(choices.get("cluster", ())) & set(all_industries(scheme))]
    regions = set(choices.get("region", ()))
    schemes += [s for s in options if regions & set(run_query(statistics.regions, s)["region_code"])]
    countries = run_query(statistics.country_codes, filters)
    schemes += [s for s, codes in options.items() if countries is not None and set(codes) & set(countries)]
    return [*named[-1:], *schemes, *options][0]


def view_of(filters: Filters, choices: Mapping[str, tuple[str, ...]]) -> StatisticsView | None:
    """What the filters and the choices select: ``scheme``, ``cluster`` (industry), ``year`` (period) and ``count``.

    None without statistics. Without a choice: the first industry of the filter, else one of FIRST_INDUSTRIES or the
    first of all, the latest period, employment.
    """
    scheme = scheme_of(filters, choices)
    if scheme is None:
        return None
    names = all_industries(scheme)
    options = industry_options(filters, scheme) or names
    industry = chosen(choices, "cluster", options, first_industry(options))
    period = chosen(choices, "year", run_query(statistics.periods, scheme), latest_period(scheme, industry))
    measures = measure_options(scheme)
    measure = chosen(choices, "count", measures)
    countries = run_query(statistics.country_codes, filters)
    return StatisticsView(scheme, industry, names[industry], period, countries, measure)


def without_idle_sectors(filters: Filters, choices: Mapping[str, tuple[str, ...]]) -> Filters:
    """The filters without sectors that do not lead to the industry shown."""
    view = view_of(filters, choices)
    if view is None:
        return filters
    leading = {
        sector
        for sector in filters.sectors
        if view.industry in industry_options(Filters(sectors=(sector,)), view.scheme)
    }
    return filters.without_sectors(set(filters.sectors) - leading)


def other_industries(view: StatisticsView, sectors: tuple[str, ...]) -> str:
    """Which other industries the sectors of the filter lead to, as a sentence, or that they lead to none.

    Empty without sectors, and where they lead to the industry shown alone.
    """
    options = industry_options(Filters(sectors=sectors), view.scheme)
    if sectors and not options:
        return "The sectors of the filter lead to no industry of these statistics."
    others = [name for industry, name in options.items() if industry != view.industry]
    if view.industry not in options or not others:
        return ""
    named, are = format_some(others, rest="more"), agree(len(others), "is", "are")
    return f"The filter leads to {named} too, which {are} not shown."


def latest_period(scheme: str, industry: str) -> str:
    """The period that is shown without a choice: the latest with figures of the industry."""
    return run_query(statistics.periods, scheme, industry)[-1]


def first_industry(options: Mapping[str, str]) -> str:
    """The industry that is shown without a choice."""
    return next((industry for industry in FIRST_INDUSTRIES if industry in options), next(iter(options)))
