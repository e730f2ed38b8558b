"""Policy instruments."""

from domain.records import DATED, PERIOD, RecordType, Register

POLICIES = RecordType(
    table="policies",
    view="policy_register",
    key="policy_id",
    parameter="policy",
    noun="policy instrument",
    plural="policy instruments",
    title="name",
    filters=("sectors", "sides", "countries", "years"),
    order="start_on NULLS LAST, name",
    years_verb=DATED,
    details=("policy_countries", "policy_sectors"),
    profile={
        "kind": "Kind",
        "side": "Side",
        "countries": "Country",
        PERIOD: "Date",
        "themes": "Themes",
        "sub_sectors": "Sub-sectors",
        "traded_clusters": "Traded clusters",
    },
    optional=frozenset({"sub_sectors", "traded_clusters"}),
    register=Register(
        table="policies",
        title="Policy instruments",
        columns={
            "name": "Instrument",
            PERIOD: "Date",
            "countries": "Country",
            "kind": "Kind",
            "description": "What it is",
            "themes": "Themes",
            "side": "Side",
        },
        method="One row per instrument that the sources name (view policy_register). Programmes of authorities that "
        "are stored as projects open the profile of the project.",
    ),
)
