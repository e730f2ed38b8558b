"""Registers of single pages, in addition to those that the record types declare."""

from domain.records import PERIOD, Register

PARTNERS = Register(
    table="organisations",
    title="Partner shortlist",
    columns={
        "rank": "Rank",
        "name": "Organisation",
        "score": "Points of 100",
        "why": "Why",
        "sector_points": "Sectors (of 70)",
        "link_points": "Link (of 20)",
        "target_points": "Target (of 10)",
        "clusters": "Shared traded clusters",
        "theme_part": "Shared themes",
        "related": "Related clusters (0 to 1)",
        "links": "Existing link",
        "targets_part": "Known target",
        "place": "Place",
        "region": "Region",
        "countries": "Country",
        "sources": "Sources of the reasons",
    },
    method="One row per organisation of the other side, best first; equal points share a rank. Points: sectors up to "
    "70 (averaged over what is known), link up to 20, target up to 10. Missing information adds no points and costs "
    "none.",
    height_px=560,
)

AGREEMENTS = Register(
    table="cooperations",
    title="Existing cooperations",
    columns={
        "partner": "Organisation",
        "kind": "Kind",
        "status": "Status",
        PERIOD: "Date",
        "title": "Cooperation",
    },
    method="One row per organisation and cooperation that is current by its status in the source (view "
    "cooperation_register, table cooperation_statuses); a merged organisation appears as its successor.",
    height_px=320,
    filters=("sectors", "sides", "countries", "regions", "states"),
)

NOT_STRONG = Register(
    table="organisations",
    title="Organisations without a strong industry",
    columns={
        "organisation": "Organisation",
        "region": "Region",
        "sector": "Its traded cluster or theme",
        "industry": "Industry with the highest quotient",
        "industry_count": "Industries of it compared",
        "basis": "Basis of the link",
        "finding": "Statistics say",
        "location_quotient": "Location quotient",
        "quotient_basis": "Basis of the quotient",
        "employment": "Persons employed",
        "establishments": "Establishments",
        "country_code": "Country",
    },
    method="Cluster organisations placed in a region that has statistics for the period, with a row for each traded "
    "cluster or theme of theirs that leads to an industry compared (views organisation_industries and "
    "location_quotients) and none of whose industries is strong there or could be judged so. Where it leads to "
    "several, the one with the highest quotient is shown. The statistics are those named on this page; the sources "
    "here are those of the organisations. An organisation may serve a wider area than its own region.",
    filters=("sectors", "sides", "countries"),
)
