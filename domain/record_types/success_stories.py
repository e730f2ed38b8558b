"""Success stories of the discussion paper."""

from domain.records import RecordType, Register

# The parts of a story in reading order.
STORY_PARTS = {
    "context": "Context",
    "cooperation_type": "Kind of cooperation",
    "objective": "Objective",
    "policy_support": "Policy support",
    "results": "Results",
}

SUCCESS_STORIES = RecordType(
    table="success_stories",
    view="story_register",
    key="story_id",
    parameter="story",
    noun="success story",
    plural="success stories",
    title="title",
    filters=("sectors", "sides", "countries", "regions", "states"),
    order="story_id",
    details=("story_partners", "story_cooperations", "story_sectors"),
    profile={
        "partners": "Partners",
        "parties": "Partners and other parties",
        "themes": "Themes",
        "sub_sectors": "Sub-sectors",
        "traded_clusters": "Traded clusters",
    }
    | STORY_PARTS,
    optional=frozenset({"sub_sectors", "traded_clusters"}),
    search={"partners": "a partner"},
    register=Register(
        table="success_stories",
        title="Success stories",
        columns={
            "title": "Story",
            "partners": "Partners",
            "parties": "Partners and other parties",
            "themes": "Themes",
            "objective": "Objective",
            "results": "Results",
        },
        method="One row per success story of section 2 of the discussion paper (view story_register), summarised by "
        "us.",
        height_px=220,
    ),
)
