"""What pages and profiles show, read from the queries and profiles that the pages draw: the tests of reachability."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from cards.profile import profile
from domain.filters import Filters
from domain.record_types import RECORD_TYPES
from warehouse import populations, profiles, provenance, queries
from warehouse.connection import Connection, fetch
from warehouse.query_cache import pinned, run_query
from warehouse.registers import rows

Key = tuple[str, str]  # table and id of a record
MANY = 100  # records


@dataclass
class Screens:
    """Records in registers (step 1), and of each record the texts of its profile and the records it leads to.

    read: the records whose whole profile was read; of others ``texts`` has only what the lists of related records show.
    """

    first: set[Key] = field(default_factory=set)
    read: set[Key] = field(default_factory=set)
    texts: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    links: dict[Key, dict[Key, str]] = field(default_factory=lambda: defaultdict(dict))

    def shows(self, key: Key, text: str) -> bool:
        """Whether the profile has this value as a fact, as a part of a list, or within a longer text."""
        return text in self.texts[key] or any(text in one for one in self.texts[key] if len(text) > 3)

    def leads(self, key: Key, to: Key, detail: str = "") -> bool:
        """Whether the profile lists a record, with a detail such as its role."""
        return to in self.links[key] and detail in self.links[key][to]


def read_screens(step: int = 1) -> Screens:
    """The registers of all pages without a filter, and the profiles of all records that they lead to.

    step: of a table with many records, the profile of only each so many is read.
    """
    with pinned():  # asking which build is read is a fifth of the time of fifty thousand queries
        return _read_screens(step)


def _read_screens(step: int) -> Screens:
    found = Screens(first=_registers())
    for table, lists in profiles.RELATED.items():
        for number, related in enumerate(lists):
            for row in run_query(_related_of_all, table, number).to_dict("records"):
                label = f"{row['label']} ({row['detail']})" if isinstance(row["detail"], str) else row["label"]
                found.texts[table, row["subject"]].add(label)
                if related.table:
                    found.links[table, row["subject"]][related.table, row["record_id"]] = label
    reached = found.first | {to for links in found.links.values() for to in links}
    for table in {table for table, _ in reached} - {"sources"}:  # theirs are tested with the facts that rest on them
        keys = sorted(key for key in reached if key[0] == table)
        found.read |= set(keys[:: step if len(keys) > MANY else 1])
    for key in found.read:
        found.texts[key] |= _texts(*key)
    return found


def _registers() -> set[Key]:
    found = set()
    for population in populations.REGISTER_POPULATIONS:
        key = population.record_type.key
        found |= {(population.table, one) for one in run_query(rows, population, Filters())[key]}
    for kind in ("programme", "sector"):
        found |= {("figures", one) for one in run_query(profiles.figures_about, kind)["figure_id"]}
    table_1 = run_query(rows, populations.TABLE_1_PARTNERSHIPS, Filters())["project_id"].tolist()
    return found | {("activities", one) for one in run_query(queries.activities, table_1)["activity_id"]}


def _related_of_all(connection: Connection, table: str, number: int) -> pd.DataFrame:
    """A list of all profiles of a table at once: subject (id of the profile), record_id, label, detail."""
    record_type = RECORD_TYPES[table]
    sql = profiles.RELATED[table][number].sql.replace("$id", "ids.id")
    return fetch(
        connection,
        f"SELECT ids.id AS subject, x.record_id, x.label, x.detail "
        f"FROM (SELECT {record_type.key} AS id FROM {record_type.source_view}) ids, LATERAL ({sql}) x",
    )


def _texts(table: str, record_id: str) -> set[str]:
    """Title, description, facts, reasons of missing values and other names, as a profile draws them.

    The profile of a policy instrument may be the profile of a project.
    """
    table = run_query(profiles.table_of_record, table, record_id)
    record, known = run_query(provenance.record, table, record_id).iloc[0], profile(table, record_id)
    assert known, (table, record_id)
    texts = {str(record[RECORD_TYPES[table].title]), str(record.get("description"))}
    for _, value in known.facts:
        texts |= {value, *value.split(", ")}
    texts |= {f"{name}: {reason}" for name, reason in known.missing}
    return texts | set(record.get("aliases", ()))


def related_as_drawn(table: str, record_id: str) -> Mapping[Key, str]:
    """The records that one profile lists, with their labels, by the query that draws them."""
    return {
        (related.table, row["record_id"]): row["label"]
        for related, listed in run_query(profiles.related, table, record_id)
        for row in listed.to_dict("records")
        if related.table
    }
