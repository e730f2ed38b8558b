"""Numbers that a source prints."""

from domain.records import RecordType, Register

FIGURES = RecordType(
    table="figures",
    view="figure_register",
    key="figure_id",
    parameter="figure",
    noun="figure",
    plural="figures",
    title="label",
    profile={
        "value_stated": "As printed",
        "value": "Value",
        "unit": "Unit",
        "qualifier": "Qualifier",
        "population": "Population",
        "as_of": "As of",
    },
    optional=frozenset({"population", "as_of"}),
    hint=("value_stated",),
    register=Register(
        table="figures",
        title="Figures that sources print",
        columns={
            "subject": "Subject",
            "measure": "Measure",
            "value_stated": "As printed",
            "unit": "Unit",
            "population": "Population",
            "as_of": "As of",
        },
        method="One row per number that a source prints (table figures), quoted as printed.",
        height_px=360,
        filters=(),
    ),
)
