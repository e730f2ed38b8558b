"""Organisations."""

from domain.records import RecordType, Register

ORGANISATIONS = RecordType(
    table="organisations",
    view="organisation_register",
    key="organisation_id",
    parameter="organisation",
    noun="organisation",
    plural="organisations",
    title="name",
    filters=("sectors", "sides", "countries", "regions", "states"),
    order="name",
    details=("organisation_countries", "organisation_aliases", "organisation_sectors", "organisation_ends"),
    figure_subject="organisation",
    profile={
        "acronym": "Acronym",
        "kind": "Kind",
        "ended": "Ended",
        "place": "Place",
        "location_note": "About the place",
        "region": "Region",
        "nuts_region": "NUTS 2 region (2013), assigned",
        "countries": "Country",
        "side": "Side",
        "founded_year": "Founded",
        "member_count": "Members",
        "member_count_as_of": "Members as of",
        "member_count_note": "What is counted",
        "themes": "Themes",
        "sub_sectors": "Sub-sectors",
        "traded_clusters": "Traded clusters",
        "website": "Website",
        "location_precision": "Place known to",
        "location_basis": "Basis of the place",
        "named_in_seeds": "Named in the seed documents",
    },
    optional=frozenset(
        {
            "acronym",
            "ended",
            "location_note",
            "nuts_region",
            "member_count_note",
            "member_count_as_of",
            "sub_sectors",
            "traded_clusters",
            "location_basis",
        }
    ),
    blank_reasons=dict.fromkeys(("location_note", "member_count_note", "successor"), "not applicable")
    | dict.fromkeys(("ended", "ended_on", "ended_precision"), "no end known"),
    register=Register(
        table="organisations",
        title="Organisations",
        columns={
            "name": "Organisation",
            "place": "Place",
            "region": "Region",
            "nuts_region": "NUTS 2 region",
            "countries": "Country",
            "side": "Side",
            "themes": "Themes",
            "kind": "Kind",
            "location_precision": "Place known to",
            "location_note": "About the place",
            "ended": "Ended",
        },
        method="One row per organisation (view organisation_register). Only places known to the city have a point; "
        "coordinates are those of the city, not of the office.",
    ),
)
