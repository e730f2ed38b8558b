"""Horizon projects with a partner in the United States, shipped or imported from CORDIS."""

from domain.records import RecordType, Register

HORIZON_PROJECTS = RecordType(
    table="horizon_projects",
    view="horizon_project_register",
    key="horizon_project_id",
    parameter="horizon",
    noun="Horizon project with US participation",
    plural="Horizon projects with US participation",
    title="name",
    filters=("sectors", "countries", "years"),
    order="start_on DESC NULLS LAST, horizon_project_id",
    years_verb="begun",
    profile={
        "acronym": "Acronym",
        "title": "Title",
        "programme": "Programme",
        "funding_scheme": "Type of action",
        "start_on": "Start",
        "end_on": "End",
        "total_cost_eur": "Total cost (euro)",
        "eu_contribution_eur": "EU contribution (euro)",
        "topics": "Topics",
        "topic_titles": "Titles of the topics",
        "keywords": "Keywords",
    },
    # Titles and keywords are missing in some editions as a whole, and titles of topics in most.
    optional=frozenset({"acronym", "title", "topic_titles", "keywords"}),
    search={"acronym": "acronym", "topic_titles": "topic", "keywords": "keywords"},
    hint=("programme",),
    register=Register(
        table="horizon_projects",
        title="Horizon projects with a partner in the United States",
        columns={
            "acronym": "Project",
            "title": "Title",
            "topic_titles": "Topic of the call",
            "programme": "Programme",
            "start_on": "Start",
            "us_participant_count": "US organisations",
            "eu_participant_count": "EU organisations",
            "participant_count": "All organisations",
            "eu_countries": "EU countries",
            "themes": "Themes (assigned)",
            "eu_contribution_eur": "EU contribution (euro)",
            "funding_scheme": "Type of action",
        },
        method="One row per project with at least one organisation in the United States or its territories that has "
        "not left it (table horizon_project_register). The EU side is that of 2017, the United Kingdom included. "
        "Themes are assigned by search terms, listed in table horizon_theme_patterns.",
        height_px=520,
        sector_scheme="theme",
    ),
)
