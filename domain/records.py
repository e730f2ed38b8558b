"""What a record type is: key, names, register, profile, URL parameter and the filters that apply to it.

Each type is declared once, in a module of ``domain.record_types``. A new one needs that declaration, its SQL in etl/sql
and its terms in data/lookups/terms.csv.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Pseudo-column of a register: start_on, end_on and date_precision as one text.
PERIOD = "period"


@dataclass(frozen=True, kw_only=True)
class Register:
    """A table of records for the screen and for files.

    ``columns`` maps source columns to headings; ``method`` says how the rows were selected. ``filters`` are the names
    of the shared filters that restrict it, by default those of the record type, ``()`` where none does;
    ``sector_scheme`` is 'theme' or 'traded_cluster' where only sectors of that scheme apply.
    """

    table: str
    title: str
    columns: Mapping[str, str]
    method: str
    height_px: int = 460
    filters: tuple[str, ...] | None = None
    sector_scheme: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordType:
    """A kind of record that has an id, a profile and sources.

    ``table`` is its table in the database, ``view`` the register view with its lists (the table itself by default),
    ``key`` its id column, ``parameter`` the URL parameter of its profile, ``title`` the column with its name.
    ``filters`` are the names of the shared filters (domain.filters) that its register knows, ``order`` its reading
    order in SQL. ``details`` are tables whose rows belong to a record: their ids begin with that of the record.
    ``figure_subject`` is its value of figures.subject_type. ``profile`` maps columns to headings in reading order;
    ``optional`` ones are left out of a profile when they have no value, and of a table when none of its rows has one.
    ``blank_reasons`` say why a column of its register may be blank where that is not for want of knowledge.
    """

    table: str
    key: str
    parameter: str
    noun: str
    plural: str
    title: str
    profile: Mapping[str, str]
    view: str = ""
    filters: tuple[str, ...] = ()
    order: str = ""
    details: tuple[str, ...] = ()
    figure_subject: str = ""
    optional: frozenset[str] = frozenset()
    blank_reasons: Mapping[str, str] = field(default_factory=dict)
    register: Register | None = None

    @property
    def source_view(self) -> str:
        """The view or table that its records are read from."""
        return self.view or self.table

    @property
    def register_columns(self) -> Mapping[str, str]:
        """Columns of its register with their headings; empty when it has none."""
        return self.register.columns if self.register else {}

    def name(self, count: int) -> str:
        """'1 event', '18 events'."""
        return f"{count:,} {self.noun if count == 1 else self.plural}"
