"""How old the facts are, and which sources are gone, changed or without a copy, from what the data record.

Nothing is fetched. The age of a fact is that of the last reading of any of its sources; the age of a value that
refers to a day, such as a number of members, is that of this day.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from etl.maintain.facts import Facts
from etl.maintain.find import is_address
from etl.maintain.periods import read_period

FACT, VALUE, SOURCE = "fact", "value", "source"
NO_URL, SITE_ONLY, NOT_SEEN, NO_COPY = (
    "no URL",
    "URL of a site, not of a page",
    "not looked at since it was read",
    "no archived copy recorded",
)
# States of a source that need somebody.
DEAD_STATES = ("gone", "changed")


@dataclass(frozen=True)
class Finding:
    """A fact, a value that refers to a day, or a source, with its age.

    kind: FACT, VALUE or SOURCE. field: column of the value. day: that of the last reading, or to which the value
    refers; None where none is stated. sources: ids, several for a fact. remarks: what is wrong with a source.
    """

    kind: str
    table: str
    record_id: str
    field: str
    day: date | None
    sources: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def age_days(self, today: date) -> int | None:
        """Days from the day to ``today``; None without a day."""
        return None if self.day is None else (today - self.day).days

    def is_older(self, days: int, today: date) -> bool:
        """Whether it is older than so many days; False without a day."""
        age = self.age_days(today)
        return age is not None and age > days


def findings(facts: Facts) -> list[Finding]:
    """Every cited fact, every value that refers to a day and every source, each kind by its day, the oldest first."""
    found = [*_facts(facts), *_values(facts), *_sources(facts)]
    kinds = (FACT, VALUE, SOURCE)
    return sorted(found, key=lambda f: (kinds.index(f.kind), f.day or date.max, f.table, f.record_id, f.field))


def _facts(facts: Facts) -> Iterator[Finding]:
    read_on = {row["source_id"]: date.fromisoformat(row["accessed_on"]) for row in facts.rows("sources")}
    cited: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for row in facts.rows("citations"):
        # A reading of the share of the USA is computed from facts that are cited themselves.
        if row["table_name"] in facts.sheets:
            cited[row["table_name"], row["record_id"]][row["source_id"]] = None
    for (table, record_id), sources in cited.items():
        yield Finding(FACT, table, record_id, "", max(read_on[source] for source in sources), tuple(sources))


def _values(facts: Facts) -> Iterator[Finding]:
    """Values beside a column as_of or …_as_of, which says to which day they refer."""
    for sheet in facts.sheets.values():
        for column in sheet.header:
            if match := re.fullmatch(r"(?:(\w+)_)?as_of", column):
                value = match[1] or "value"
                yield from (
                    Finding(VALUE, sheet.table.name, sheet.record_id(row.cells), value, _last_day(row.cells[column]))
                    for row in sheet.rows
                    if row.cells[value]
                )


def _last_day(text: str) -> date | None:
    period = read_period(text) if text else None
    return period.end if period else None


def _sources(facts: Facts) -> Iterator[Finding]:
    states = {row["source_id"]: row for row in facts.rows("source_states")}
    for row in facts.rows("sources"):
        state = states.get(row["source_id"])
        # What was seen before the page was read once more says nothing about it any longer.
        seen_on = state["seen_on"] if state and state["seen_on"] >= row["accessed_on"] else ""
        remarks = [state["state"]] if state and seen_on and state["state"] in DEAD_STATES else []
        if not row["url"]:
            remarks.append(NO_URL)
        elif not is_address(row["url"]):
            remarks.append(SITE_ONLY)
        if not seen_on:
            remarks.append(NOT_SEEN)
        if state is None or not state["archive_url"]:
            remarks.append(NO_COPY)
        day = date.fromisoformat(seen_on or row["accessed_on"])
        yield Finding(SOURCE, "sources", row["source_id"], "", day, (row["source_id"],), tuple(remarks))
