"""Regions: US states and territories, NUTS 2 regions and countries."""

from domain.records import RecordType, Register

REGIONS = RecordType(
    table="regions",
    view="region_register",
    key="region_code",
    # Not region: on the page Regional statistics that parameter chooses the regions to compare.
    parameter="area",
    noun="region",
    plural="regions",
    title="name",
    filters=("sides", "countries"),
    order="name, region_code",
    profile={
        "level": "Kind",
        "region_code": "Code",
        "country": "Country",
        "side_name": "Side",
        "place_name": "Largest city",
        "cluster_count": "Cluster organisations of today",
        "regional_cluster_count": "Regional clusters without a named organisation",
        "organisation_count": "Organisations of every kind, ended ones included",
        "cooperation_count": "EU–US cooperations",
        "project_count": "ESCP-4i partnerships",
        "horizon_project_count": "Horizon projects with US participation",
    },
    optional=frozenset({"place_name", "horizon_project_count"}),
    blank_reasons={"horizon_project_count": "not named by CORDIS"},
    search={"region_code": "code"},
    hint=("country",),
    register=Register(
        table="regions",
        title="Regions",
        columns={
            "name": "Region",
            "country": "Country",
            "level": "Kind",
            "cluster_count": "Cluster organisations of today",
            "regional_cluster_count": "Regional clusters without a named organisation",
            "cooperation_count": "EU–US cooperations",
            "project_count": "ESCP-4i partnerships",
            "horizon_project_count": "Horizon projects with US participation",
        },
        method="US states and territories, regions of NUTS 2 (classification of 2013) and countries (table "
        "region_register). An organisation counts in a state or NUTS 2 region where its state, city or region is "
        "recorded and certain (table organisation_regions), and in its country.",
    ),
)
