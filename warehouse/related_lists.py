"""A list of records in a profile, and SQL that several lists share."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RelatedList:
    """A list of a profile: its heading, the table of the records listed, and the SQL that selects them.

    ``table`` is empty for rows that have no profile of their own.

    The SQL takes ``$id`` and returns record_id, label, detail (role, status or kind, may be NULL), start_on, end_on and
    date_precision (NULL where the record has no date), in reading order.
    """

    heading: str
    table: str
    sql: str


NO_DATE = "NULL::DATE AS start_on, NULL::DATE AS end_on, NULL AS date_precision"
DATE = "start_on, end_on, date_precision"
_STATUS = "(SELECT t.label FROM terms t WHERE t.vocabulary = 'cooperations.status' AND t.term = c.status) AS detail"
COOPERATIONS = (
    f"SELECT cooperation_id AS record_id, title AS label, {_STATUS}, {DATE} FROM cooperations c "
    "WHERE cooperation_id IN ({}) ORDER BY start_on NULLS LAST, title"
)
