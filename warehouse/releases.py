"""Differences between a release and this build, for a link or quotation that names an older release."""

from dataclasses import dataclass
from datetime import date

from domain.text import format_list, format_period, plural
from warehouse.connection import Connection

MAX_LISTED_FIGURES = 3  # named in one line


@dataclass(frozen=True)
class Difference:
    """A release compared with this build: changed headline figures (name, then, now), and how many facts changed.

    tables: names of other tables that changed, such as citations.
    """

    release_id: str
    figures: tuple[tuple[str, str, str | None], ...]
    fact_count: int
    tables: tuple[str, ...] = ()

    @property
    def is_changed(self) -> bool:
        """True when a fact, a headline figure or another table differs."""
        return bool(self.fact_count or self.figures or self.tables)

    def describe(self) -> str:
        """One line for today's figures: whether they have changed, and which, where they are few."""
        return f"This link was made with release {self.release_id}. {self._changes()}"

    def describe_shown(self) -> str:
        """One line for the figures of the release itself."""
        day = day_of_release(self.release_id)
        shown = f"You see the figures of release {self.release_id} of {format_period(day, day, 'day')}."
        return f"{shown} {self._changes()}"

    def _changes(self) -> str:
        if not self.is_changed:
            return "Nothing has changed since."
        facts = f"{plural(self.fact_count, 'fact')} changed since"
        others = f" Changed as well: {format_list(self.tables)}." if self.tables else ""
        if not self.fact_count and not self.figures:
            return f"No fact changed since.{others}"
        if not self.figures:
            return f"{facts}, but none of the headline figures.{others}"
        listed = "" if self.has_many_figures else f": {'; '.join(self.figure_labels())}"
        return f"{facts}, and {plural(len(self.figures), 'headline figure')} with them{listed}.{others}"

    @property
    def has_many_figures(self) -> bool:
        """True when the changed headline figures need a list of their own."""
        return len(self.figures) > MAX_LISTED_FIGURES

    def figure_labels(self) -> list[str]:
        """The changed headline figures: 'events: 72, now 89'."""
        return [f"{name}: {then}, now {now or 'removed'}" for name, then, now in self.figures]


def day_of_release(release_id: str) -> date:
    """The day that the id of a release begins with."""
    return date.fromisoformat(release_id[: len("2026-01-01")])


def release_ids(connection: Connection) -> list[str]:
    """Ids of all releases, oldest first."""
    return [name for (name,) in connection.execute("SELECT release_id FROM releases ORDER BY release_id").fetchall()]


def difference(connection: Connection, release_id: str) -> Difference | None:
    """How this build differs from a release; None when there is no such release."""
    if release_id not in release_ids(connection):
        return None
    figures = connection.execute(
        "SELECT figure, value, value_now FROM release_figures "
        "WHERE release_id = $id AND value IS DISTINCT FROM value_now ORDER BY figure",
        {"id": release_id},
    ).fetchall()
    changed = connection.execute(
        "SELECT count(*) FROM "
        "(SELECT DISTINCT table_name, record_id FROM release_changes "
        "WHERE from_release_id >= $id AND record_id IS NOT NULL)",
        {"id": release_id},
    ).fetchone()
    tables = connection.execute(
        "SELECT DISTINCT replace(table_name, '_', ' ') FROM release_changes "
        "WHERE from_release_id >= $id AND record_id IS NULL ORDER BY ALL",
        {"id": release_id},
    ).fetchall()
    return Difference(release_id, tuple(figures), changed[0] if changed else 0, tuple(name for (name,) in tables))


@dataclass(frozen=True)
class ReleaseChanges:
    """A release, its day, and the facts changed since the one before as (change, table, label).

    ``tables`` are the names of other tables that changed, such as citations.
    """

    release_id: str
    released_on: date
    changes: tuple[tuple[str, str, str], ...]
    tables: tuple[str, ...]

    @property
    def count(self) -> int:
        """Number of facts changed."""
        return len(self.changes)


def releases_with_changes(connection: Connection) -> tuple[ReleaseChanges, ...]:
    """All releases, newest first, each with the facts that it added, changed or withdrew."""
    changes: dict[str, list[tuple[str, str, str]]] = {}
    tables: dict[str, list[str]] = {}
    for to, change, table, record_id, label in connection.execute(
        "SELECT to_release_id, change, replace(table_name, '_', ' '), record_id, coalesce(label, record_id) "
        "FROM release_changes WHERE to_release_id IS NOT NULL ORDER BY change, table_name, label"
    ).fetchall():
        if record_id is None:
            tables.setdefault(to, []).append(table)
        else:
            changes.setdefault(to, []).append((change, table, label))
    return tuple(
        ReleaseChanges(name, day_of_release(name), tuple(changes.get(name, ())), tuple(sorted(tables.get(name, ()))))
        for name in reversed(release_ids(connection))
    )
