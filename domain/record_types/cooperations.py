"""Cooperations between organisations, projects and authorities."""

from domain.records import DATED, PERIOD, RecordType, Register

COOPERATIONS = RecordType(
    table="cooperations",
    view="cooperation_register",
    key="cooperation_id",
    parameter="cooperation",
    noun="cooperation",
    plural="cooperations",
    title="title",
    filters=("sectors", "sides", "countries", "regions", "states", "years"),
    order="start_on NULLS LAST, title",
    years_verb=DATED,
    details=(
        "cooperation_parties",
        "cooperation_party_countries",
        "cooperation_party_regions",
        "cooperation_sectors",
        "cooperation_renewals",
    ),
    figure_subject="cooperation",
    profile={
        "kind": "Kind",
        "status": "Status in the source",
        PERIOD: "Date",
        "eu_parties": "EU side",
        "us_parties": "US side",
        "other_parties": "Other parties",
        "countries": "Countries",
        "regions": "Regions and US states",
        "themes": "Themes",
        "sub_sectors": "Sub-sectors",
        "traded_clusters": "Traded clusters",
        "subject": "Subject",
    },
    optional=frozenset({"other_parties", "sub_sectors", "traded_clusters"}),
    blank_reasons=dict.fromkeys(("eu_parties", "us_parties", "other_parties"), "none recorded")
    | {"renewed_cooperation_id": "not applicable", "regions": "none recorded"},
    search={"parties": "a party"},
    register=Register(
        table="cooperations",
        title="Cooperations",
        columns={
            "title": "Cooperation",
            PERIOD: "Date",
            "status": "Status",
            "eu_parties": "EU side",
            "us_parties": "US side",
            "kind": "Kind",
            "other_parties": "Other parties",
            "themes": "Themes",
        },
        method="One row per cooperation with its parties in the order of the source (view cooperation_register). A "
        "renewal is a row of its own; counts take it together with the agreement that it renews.",
        height_px=520,
    ),
)
