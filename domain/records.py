"""Record types: key, names, register, profile, URL parameter and filters of a kind of record.

Each type is declared once, in a module of ``domain.record_types``. A new one needs that declaration, its table and
views in etl/sql, and the terms of its columns in data/lookups/terms.csv.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Pseudo-column of a register: start_on, end_on and date_precision as one text.
PERIOD = "period"


@dataclass(frozen=True, kw_only=True)
class Register:
    """A table of records for screens and files.

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


RAN, DATED = "that ran", "dated"  # values of years_verb


@dataclass(frozen=True, kw_only=True)
class RecordType:
    """A kind of record with an id, a profile and sources.

    ``table`` is its table in the database, ``view`` the register view with its lists (the table itself by default),
    ``key`` its id column, ``parameter`` the URL parameter of its profile, ``title`` the column with its name.
    ``filters`` are the names of the shared filters (domain.filters) that apply to it, ``order`` the SQL of its reading
    order. ``years_verb`` says what the filter by years asks of a record, where that is not an event of these
    years: 'begun', RAN for what lasts for years, or DATED for what has the date of an act and may last for years.
    ``details`` are tables whose rows belong to a record: their ids begin with that of the record.
    ``figure_subject`` is its value of figures.subject_type. ``profile`` maps columns to headings in reading order; a
    profile leaves out ``optional`` columns without a value, and a table those without one in any row.
    ``blank_reasons`` maps columns to the reason for a blank that is not due to missing information. ``search`` maps
    the columns, beside ``title``, by whose texts the search finds a record to what they are for it, such as 'also known
    as'; a column may hold a list. ``hint`` are the columns that the search shows beside the name.
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
    years_verb: str = ""
    details: tuple[str, ...] = ()
    figure_subject: str = ""
    optional: frozenset[str] = frozenset()
    blank_reasons: Mapping[str, str] = field(default_factory=dict)
    search: Mapping[str, str] = field(default_factory=dict)
    hint: tuple[str, ...] = ()
    register: Register | None = None

    @property
    def source_view(self) -> str:
        """The view or table that its records are read from."""
        return self.view or self.table

    @property
    def register_columns(self) -> Mapping[str, str]:
        """Columns of its register with their headings; empty when it has none."""
        return self.register.columns if self.register else {}

    @property
    def title_of_register(self) -> str:
        """Title of its register, or its plural where it has none."""
        return self.register.title if self.register else self.plural.capitalize()

    def name(self, count: int) -> str:
        """'1 event', '18 events'."""
        return f"{count:,} {self.noun if count == 1 else self.plural}"
