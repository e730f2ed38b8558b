"""Events."""

from domain.records import PERIOD, RecordType, Register

EVENTS = RecordType(
    table="events",
    view="event_register",
    key="event_id",
    parameter="event",
    noun="event",
    plural="events",
    title="name",
    filters=("sectors", "sides", "countries", "regions", "states", "years"),
    order="start_on NULLS LAST, name",
    details=("event_places", "event_projects", "event_organisations", "event_policies", "event_sectors"),
    figure_subject="event",
    profile={
        "kind": "Kind",
        PERIOD: "Date",
        "status_in_source": "Status in the source",
        "places": "Place",
        "countries": "Country",
        "themes": "Themes",
        "sub_sectors": "Sub-sectors",
        "traded_clusters": "Traded clusters",
    },
    optional=frozenset({"sub_sectors", "traded_clusters"}),
    search={"places": "place"},
    hint=("places",),
    register=Register(
        table="events",
        title="Events",
        columns={
            "name": "Event",
            PERIOD: "Date",
            "places": "Place",
            "countries": "Country",
            "kind": "Kind",
            "status_in_source": "Status in the source",
            "organisations": "Organisations",
            "projects": "Projects",
            "themes": "Themes",
        },
        method="One row per event, however many sources mention it (view event_register). Held or planned is what the "
        "latest source says at its own date. Side, country and region are those of its place, not of who takes part.",
        height_px=520,
    ),
)
