"""Readings of the share of ESCP-4i partnerships that target the USA."""

from domain.records import RecordType

USA_SHARE = RecordType(
    table="usa_share",
    key="measure_id",
    parameter="measure",
    noun="reading",
    plural="readings",
    title="label",
    profile={
        "numerator": "Numerator (k)",
        "denominator": "Denominator (n)",
        "population": "Population",
        "basis": "Basis",
        "note": "Note",
    },
)
