"""Opportunities that the discussion paper describes for a sector."""

from domain.records import RecordType, Register

OPPORTUNITIES = RecordType(
    table="opportunities",
    view="opportunity_register",
    key="opportunity_id",
    parameter="opportunity",
    noun="opportunity",
    plural="opportunities",
    title="sector",
    filters=("sectors",),
    order="sector, opportunity_id",
    profile={"statement": "Opportunity"},
    search={"statement": "opportunity"},
    hint=("statement",),
    register=Register(
        table="opportunities",
        title="Opportunities",
        columns={"statement": "Opportunity described in the discussion paper", "sector": "Sector"},
        method="One row per opportunity that section 3 of the discussion paper describes, summarised by us.",
    ),
)
