"""Descriptions of columns: those of the database, and here those of the columns that a card computes."""

from collections.abc import Mapping
from types import MappingProxyType

from warehouse import columns as dictionary
from warehouse import query_cache

_MAY_BE_THERE = (
    "Cluster organisations and regional clusters of the industry, by name, whose region is not recorded and may be "
    "this one."
)
# Columns of one card, where the description by name alone would be that of another table.
_OF_A_CARD: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("headlines", "label"): "What the figure counts.",
        ("headlines", "value"): "The figure: k of n, or a count.",
        ("headlines", "note"): "Denominator, dates and limits of the figure.",
        ("headlines", "count"): "The count, or the numerator of k of n; for organisations those of every side.",
        ("headlines", "denominator"): "Denominator of k of n; blank where the figure is a count.",
        ("headlines", "eu_count"): "Of the count, those of the EU side (the EU as in 2017).",
        ("headlines", "us_count"): "Of the count, those of the USA.",
        ("co_targets", "project"): "Short name of the partnership.",
        ("co_targets", "country"): "Country that the partnership lists as a target.",
        ("who_with_whom", "country"): "EU country of a party; blank where none is recorded.",
        ("who_with_whom", "state"): "US state of a party; blank where none is recorded.",
        ("who_with_whom", "count"): "EU–US cooperations with parties of both; one with several counts in each pair.",
        ("conclusions", "answer"): "What this dashboard does about the conclusion.",
        ("sector_comparison", "sector"): "Name of the compared sector.",
        ("horizon_years", "projects"): "Projects with US participation that begin in the year.",
        ("horizon_years", "eu_contribution_eur"): "EU contribution to these projects in euro, summed where stated.",
        ("horizon_programmes", "projects"): "Projects with US participation of the programme.",
        (
            "horizon_programmes",
            "eu_contribution_eur",
        ): "EU contribution to these projects in euro, summed where stated.",
        (
            "horizon_countries",
            "projects",
        ): "Projects with US participation that an organisation of the country takes part in.",
        ("horizon_countries", "organisations"): "Organisations of the country in these projects, by CORDIS number.",
        ("horizon_themes", "projects"): "Projects with US participation that have the theme.",
        ("horizon_themes", "basis"): "assigned: by search terms in topics, fields of science and keywords.",
        ("horizon_organisations", "organisation_name"): "Name of the organisation in its latest project.",
        (
            "strength_and_organisations",
            "finding",
        ): "What is known of the strength of the industry in the region, and of cluster organisations of it there.",
        ("strength_and_organisations", "organisations"): "Cluster organisations of today placed in the region and the "
        "industry.",
        ("strength_and_organisations", "possible"): _MAY_BE_THERE,
        ("strong_without_organisation", "possible"): _MAY_BE_THERE,
        ("strength_and_organisations", "change_percent"): "Change of the figure since the earlier year, in per cent.",
        ("strength_and_organisations", "earlier_period"): "Earlier year of the change.",
        ("horizon_partner_countries", "projects"): "Projects in which the US organisation and the country take part.",
        ("horizon_pairs", "organisation_name"): "Organisation of the EU side, by its name in its latest project.",
        ("horizon_pairs", "country"): "Country of the EU organisation.",
        ("horizon_pairs", "projects"): "Projects in which both organisations take part.",
        ("source_coverage", "side"): "Side of the organisations, the EU as in 2017.",
        ("source_coverage", "origin"): "Whether a seed document is cited for the organisation, or only other sources.",
        ("source_coverage", "organisations"): "Organisations of this side and origin.",
        ("source_coverage", "city"): "Of these, those placed in a city.",
        ("source_coverage", "region"): "Of these, those of which the region is known, and not the city.",
        ("source_coverage", "country"): "Of these, those of which only the country is known.",
        ("source_coverage", "unknown"): "Of these, those of which no place is known.",
        ("horizon_map", "side"): "Side of the organisations, the EU as in 2017.",
        ("horizon_map", "city"): "Most frequent name of the place.",
        ("horizon_map", "projects"): "Projects with US participation that the place takes part in.",
        ("horizon_map", "organisations"): "Organisations of the place, by CORDIS number.",
        ("horizon_map", "latitude"): "Degrees north, the median of the coordinates that CORDIS gives for the place.",
        ("horizon_map", "longitude"): "Degrees east, the median of the coordinates that CORDIS gives for the place.",
    }
)
_IN_ANY_CARD: Mapping[str, str] = MappingProxyType(
    {
        "period": "Start, end and precision of the date as text, as exact as the source.",
        "share_label": "k of n, with the rate where n is large enough; a percentage in quotation marks is printed.",
        "sector": "Name of the theme or traded cluster; a record with several counts once in each.",
        "country": "Name of the country.",
        "eu_organisations": "Cluster organisations of the EU side with this sector.",
        "us_organisations": "Cluster organisations of the US side with this sector.",
        "regional_clusters": "Regional clusters and award programmes with this sector; no source names the body.",
        "projects": "Projects with this sector, or that list this country as a target.",
        "cooperations": "Cooperations with this sector.",
        "events": "Events with this sector.",
        "policies": "Policy instruments with this sector.",
        "targets": "Countries that projects of this sector list as targets.",
        "success_stories": "Success stories with this sector.",
        "opportunities": "Opportunities that the discussion paper describes for this sector.",
        "us_organisation": "US organisation, by its name in its latest project.",
        "us_project_count": "Projects of the US organisation that match the filter.",
        "acronyms": "Acronyms of these projects.",
        "us_participations": "Participations of organisations in the United States.",
        "eu_participations": "Participations of organisations of the EU side, the EU as in 2017.",
        "participations": "Participations; an organisation counts once for each project.",
        "theme": "Name of the theme; a project with several counts once in each.",
        "project_count": "Projects with US participation that the organisation takes part in.",
        "us_partner_count": "Different US organisations in these projects.",
        "industry": "Name of the traded cluster or NACE division; that of a division begins with its code.",
        "industry_count": "Industries that the traded cluster or theme leads to and that were compared.",
        "time_period": "Year, or first and last year of a mean.",
        "finding": "What the statistics say about the industries of the organisation in its region.",
        "region_count": "Regions with a row.",
        "cell_count": "Pairs of these regions and an industry that the country has; of some the data have no row.",
        "row_count": "Pairs of region and industry with a row.",
        "known_count": "Pairs of region and industry with a figure.",
        "estimated_count": "Figures of persons employed that are estimated in part or as a whole.",
        "quotient_count": "Pairs of region and industry with a location quotient.",
        "strong_count": "Strong industries of regions.",
        "project": "Short name of the partnership.",
        "event": "Name of the event as the entry gives it.",
        "is_read": "True when the document was read; false when only a footnote of another document gives its address.",
        "facts": "Cited records that rest on the source; a record with several sources counts once for each.",
        "tables": "Tables whose records cite the source.",
        "partner": "Organisation at the other end of the link; a merged one appears as its successor.",
        "partner_id": "Id of that organisation.",
        "rank": "Position in the list, best first; equal points share a rank.",
        "score": "Points of 100: sectors up to 70, link up to 20, target up to 10; further columns give the reasons.",
        "why": "The reasons for the points in one sentence.",
        "sector_points": "Points for shared and related sectors, averaged over what is known.",
        "link_points": "Points for an existing link.",
        "target_points": "Points for a known target.",
        "clusters": "Traded clusters that both have: k of the n that were compared.",
        "theme_part": "Themes that both have: k of the n that were compared.",
        "related": "How closely the other traded clusters are related, 0 to 1.",
        "links": "Links that exist between the two.",
        "targets_part": "Targets that are known of the two.",
        "sources": "Documents that state the reasons.",
        "cited_sources": "Documents that the row rests on, with pages or sections; in [] the cited field.",
        "shares_of": "What the shares behind a location quotient are shares of.",
        "against": "What the location quotient is measured against; without a quotient there is none.",
    }
)
# Views that a card may show besides the table of its evidence.
_OTHER_VIEWS = ("usa_share", "escp4i_generations")

_TYPES = {"VARCHAR": "text", "VARCHAR[]": "list", "DATE": "date", "BOOLEAN": "yes or no", "DOUBLE": "number"}


def meaning(field: str, table: str, card: str = "") -> str:
    """Description of a column; empty when neither the schema nor this module has one.

    ``table`` is that of the evidence, ``card`` the key of the card that shows the column.
    """
    if (card, field) in _OF_A_CARD:
        return _OF_A_CARD[card, field]
    for view in (table, *(_OTHER_VIEWS if card else ())):
        _, description = _columns(view).get(field, ("", ""))
        if description:
            return description
    return _IN_ANY_CARD.get(field, "")


def declared_kind(field: str, table: str) -> str:
    """Kind of a column in the schema (text, list, date, yes or no, number, whole number); empty for a computed one."""
    declared, _ = _columns(table).get(field, ("", ""))
    return _TYPES.get(declared, "whole number") if declared else ""


def terms(vocabulary: str) -> tuple[tuple[str, str], ...]:
    """Label and definition of each term of a vocabulary (``table.column``); empty for any other column."""
    known: dict[str, tuple[tuple[str, str], ...]] = query_cache.run_query(dictionary.terms)
    return known.get(vocabulary, ())


def _columns(table: str) -> dict[str, tuple[str, str]]:
    """{field: (DuckDB type, description)} of a table or view."""
    columns: dict[str, tuple[str, str]] = query_cache.run_query(dictionary.columns, table)
    return columns
