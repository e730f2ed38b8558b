"""Projects and programmes."""

from domain.records import RecordType, Register

PROJECTS = RecordType(
    table="projects",
    view="project_register",
    key="project_id",
    parameter="project",
    noun="project",
    plural="projects",
    title="name",
    filters=("sectors", "sides", "countries", "years"),
    order="generation NULLS LAST, coalesce(acronym, name)",
    details=("project_aliases", "project_targets", "project_members", "project_sectors"),
    figure_subject="project",
    profile={
        "acronym": "Acronym",
        "kind": "Kind",
        "programme": "Programme",
        "generation": "ESCP-4i generation",
        "funding_status": "Funding",
        "targets_usa": "USA among the targets",
        "targets": "Target countries",
        "target_list": "Target list",
        "start_on": "Start",
        "end_on": "End",
        "lead_name": "Lead",
        "countries": "Countries",
        "themes": "Themes",
        "sub_sectors": "Sub-sectors",
        "traded_clusters": "Traded clusters",
        "website": "Website",
    },
    optional=frozenset({"acronym", "generation", "sub_sectors", "traded_clusters"}),
    blank_reasons={"generation": "not applicable"},
    register=Register(
        table="projects",
        title="Projects",
        columns={
            "label": "Project",
            "name": "Name",
            "generation": "ESCP-4i generation",
            "targets_usa": "USA a target",
            "targets": "Target countries",
            "themes": "Themes",
            "member_count": "Known members",
            "kind": "Kind",
        },
        method="One row per project (view project_register). Where a target list is partial or unknown and does not "
        "name the USA, the answer is unknown, not no.",
    ),
)
