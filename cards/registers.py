"""The registers of the dashboard: what each shows, in which words, and how it was made."""

from cards.card import Register
from cards.tables import PERIOD

ORGANISATIONS = Register(
    "organisations",
    "Organisations",
    {
        "name": "Organisation",
        "place": "Place",
        "region": "Region",
        "countries": "Country",
        "side": "Side",
        "themes": "Themes",
        "kind": "Kind",
        "location_precision": "Place known to",
        "location_note": "About the place",
    },
    "One row per organisation (view organisation_register). Only places known to the city have a point; coordinates "
    "are those of the city, not of the office.",
    ignores=("years",),
)

PROJECTS = Register(
    "projects",
    "Projects",
    {
        "label": "Project",
        "name": "Name",
        "generation": "ESCP-4i generation",
        "targets_usa": "USA a target",
        "targets": "Target countries",
        "themes": "Themes",
        "member_count": "Known members",
        "kind": "Kind",
    },
    "One row per project (view project_register). Where a target list is partial or unknown and the USA is not in it, "
    "the answer is unknown, not no.",
)

COOPERATIONS = Register(
    "cooperations",
    "Links",
    {
        "title": "Link",
        "status": "Status",
        "kind": "Kind",
        PERIOD: "Date",
        "eu_parties": "EU side",
        "us_parties": "US side",
        "other_parties": "Other countries",
        "themes": "Themes",
    },
    "One row per link with its parties in the order of the source (view cooperation_register).",
    520,
)

EVENTS = Register(
    "events",
    "Events",
    {
        "name": "Event",
        PERIOD: "Date",
        "places": "Place",
        "countries": "Country",
        "kind": "Kind",
        "status_in_source": "Status in the source",
        "themes": "Themes",
    },
    "One row per event however many sources tell of it (view event_register). Held or planned is what the latest "
    "source says at its own date.",
    520,
)

POLICIES = Register(
    "policies",
    "Policy instruments",
    {
        "name": "Instrument",
        "kind": "Kind",
        "side": "Side",
        "country": "Country",
        PERIOD: "Date",
        "themes": "Themes",
        "description": "What it is",
    },
    "One row per instrument that the documents name (view policy_register).",
)

OPPORTUNITIES = Register(
    "opportunities",
    "Opportunities",
    {"statement": "Opportunity seen in the discussion paper", "sector": "Sector"},
    "One row per opportunity that section 3 of the discussion paper sees, in our own words.",
    ignores=("sides", "countries", "years"),
)

STORIES = Register(
    "success_stories",
    "Success stories",
    {"title": "Story", "parties": "Partners", "themes": "Themes", "objective": "Objective", "results": "Results"},
    "One row per success story of section 2 of the discussion paper (table story_register), in our own words.",
    220,
    ignores=("years",),
)

ACTIVITIES = Register(
    "activities",
    "Planned activities",
    {
        "project": "Partnership",
        "cell": "Where",
        "description": "Activity",
        "availability": "Information",
        "event": "Event",
    },
    "Table 2 of the discussion paper, cell by cell, and what its text announces.",
)

PARTNERS = Register(
    "organisations",
    "Partner shortlist",
    {
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
        "sources": "Where the reasons stand",
    },
    "One row per organisation of the other side, best first; equal points share a rank. Points: sectors up to 70 (averaged over "
    "what is known), link up to 20, target up to 10. Not known and none known cost nothing.",
    560,
    ignores=("years",),
)

AGREEMENTS = Register(
    "cooperations",
    "Already linked",
    {
        "partner": "Organisation",
        "kind": "Kind",
        "status": "Status",
        PERIOD: "Date",
        "title": "Link",
    },
    "One row per organisation and cooperation whose status in the source is signed, renewed or ongoing (table "
    "cooperation_register); a merged organisation appears as its successor.",
    320,
    ignores=("years",),
)

SOURCES = Register(
    "sources",
    "Sources",
    {
        "title": "Source",
        "facts": "Facts resting on it",
        "reliability": "Reliability",
        "publisher": "Publisher",
        "document_type": "Kind",
        "accessed_on": "Read on",
        "licence": "Licence",
        "tables": "In tables",
    },
    "Cited records per source (table citations). A record with several sources counts once for each.",
    560,
    is_filtered=False,
)

NOT_STRONG = Register(
    "organisations",
    "Organisations without a strong industry",
    {
        "organisation": "Organisation",
        "region": "Region",
        "traded_cluster": "Traded cluster",
        "basis": "Traded cluster is",
        "finding": "Statistics say",
        "location_quotient": "Location quotient",
        "quotient_basis": "Quotient is",
        "employment": "Persons employed",
        "establishments": "Establishments",
        "country_code": "Country",
    },
    "Cluster organisations placed in a region that has statistics for the year, whose traded cluster is not strong there, or was not "
    "judged (view organisation_clusters against view location_quotients). The statistics are those of the imports named on this page; "
    "the sources here are those of the organisations. An organisation may serve a wider area than its own region.",
    ignores=("themes", "years"),
)

HORIZON_PROJECTS = Register(
    "horizon_projects",
    "Horizon projects with a partner in the United States",
    {
        "acronym": "Project",
        "title": "Title",
        "programme": "Programme",
        "start_on": "Begins",
        "us_participant_count": "US organisations",
        "eu_participant_count": "EU organisations",
        "participant_count": "All organisations",
        "eu_countries": "EU countries",
        "themes": "Themes (assigned)",
        "eu_contribution_eur": "EU contribution (euro)",
        "funding_scheme": "Type of action",
    },
    "One row per project with at least one organisation in the United States (table horizon_project_register). The EU side is that of "
    "2017, the United Kingdom included. Themes are assigned by words, listed in table horizon_theme_words.",
    520,
    ignores=("sides", "traded clusters"),
)
