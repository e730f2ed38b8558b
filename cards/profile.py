"""The facts of a record's profile as text, each with its heading, and why other values are missing."""

from dataclasses import dataclass

from cards import tables
from cards.tables import NOT_STATED
from domain.record_types import RECORD_TYPES
from domain.records import PERIOD
from domain.vocabulary import UNDATED
from warehouse import disagreements, provenance
from warehouse.query_cache import run_query

# Columns of a profile that are made of others: the column whose missing value has the reason.
_MADE_OF = {
    PERIOD: "start_on",
    "lead_name": "lead_organisation_id",
    "countries": "country_code",
    "places": "place",
}


@dataclass(frozen=True)
class Profile:
    """Facts as (heading, value), and missing values of the record and its detail rows as (field, reason).

    Instead of a missing value a fact says the reason why it is missing; ``missing`` has those that no fact says.
    """

    facts: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]


def profile(table: str, record_id: str) -> Profile | None:
    """The profile of a record; None when there is no such record. Optional columns without a value are left out."""
    rows = run_query(provenance.record, table, record_id)
    if rows.empty:
        return None
    record_type = RECORD_TYPES[table]
    missing = run_query(disagreements.missing_values, table, record_id)
    reasons = dict(zip(missing["field"], missing["reason"], strict=True))
    texts = tables.readable(rows, {column: column for column in record_type.profile}, table).iloc[0]
    facts, told = [], set()
    for column, heading in record_type.profile.items():
        value = _themes(table, record_id) if column == "themes" else str(texts[column])
        if value == UNDATED and column.endswith("_on"):
            value = NOT_STATED
        field = _MADE_OF.get(column, column)
        is_undated = column == PERIOD and value == UNDATED
        if value == NOT_STATED or is_undated or (column in rows and tables.is_blank(rows[column].iloc[0])):
            if column in record_type.optional and field not in reasons:
                continue
            value = reasons.get(field, value)
            told.add(field)
        facts.append((heading, value))
    others = [(field.replace("_", " "), reason) for field, reason in reasons.items() if field not in told]
    return Profile(tuple(facts), tuple(others))


def _themes(table: str, record_id: str) -> str:
    """Themes with their basis: stated by a source, or assigned by us."""
    themes = run_query(provenance.themes, table, record_id)
    return ", ".join(f"{row.name} ({row.basis})" for row in themes.itertuples(index=False)) or NOT_STATED
