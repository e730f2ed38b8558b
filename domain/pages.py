"""The pages of the dashboard, each declared once: name, title, question, icon, place in the menu, and its filters."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from domain.filters import FILTER_NAMES, Filters
from domain.product import SHORT_NAME
from domain.record_types import RECORD_TYPES

# Keys of ``Page.reasons`` and ``Page.notes`` are names of the shared filters, or this one for the traded clusters,
# which are values of the filter by sector with a control of their own.
TRADED_CLUSTERS = "traded_clusters"
EXPLORER = "explore"  # page of any register by facets
BROWSER_TITLE_END = "EU–US clusters"
_IDLE = "This filter does not restrict anything on this page."


@dataclass(frozen=True)
class Page:
    """A page of the menu. ``name`` is its file under pages/ and its address; ``question`` is what it answers.

    ``section`` is its group in the menu; pages without one stand in the row itself. ``filters`` are the shared filters
    that restrict something on it, ``reasons`` says of others why they do not, ``notes`` how a filter restricts a part
    of the page. ``menu_title`` is the title in the menu where it differs. ``terms`` are the terms of the table of terms
    that are explained beside the question, as (vocabulary, term).
    """

    name: str
    title: str
    section: str
    icon: str
    question: str
    filters: tuple[str, ...] = FILTER_NAMES
    reasons: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    menu_title: str = ""
    terms: tuple[tuple[str, str], ...] = ()

    @property
    def label(self) -> str:
        """Its title in the menu and in the documentation."""
        return self.menu_title or self.title

    @property
    def ignores(self) -> Mapping[str, str]:
        """The shared filters that restrict nothing on it, each with the reason."""
        idle = [name for name in FILTER_NAMES if name not in self.filters]
        return {**dict.fromkeys(idle, _IDLE), **self.reasons}

    def applied(self, filters: Filters, traded_clusters: Collection[str]) -> Filters:
        """The filters that restrict something on it; ``traded_clusters`` are the ids of the sectors that are these."""
        kept = filters.only([name for name in FILTER_NAMES if name not in self.ignores])
        return kept.without_sectors(traded_clusters) if TRADED_CLUSTERS in self.ignores else kept

    def not_applied(self, filters: Filters, traded_clusters: Collection[str]) -> list[tuple[Filters, str]]:
        """The filters that restrict nothing on it, one by one, each with the reason."""
        clusters = Filters(sectors=tuple(sector for sector in filters.sectors if sector in traded_clusters))
        parts = {name: clusters if name == TRADED_CLUSTERS else filters.only([name]) for name in self.ignores}
        return [(part, self.ignores[name]) for name, part in parts.items() if not part.is_empty()]

    @property
    def browser_title(self) -> str:
        """Its title in the tab of the browser."""
        return self.title if self.title == SHORT_NAME else f"{self.title} – {BROWSER_TITLE_END}"


_CLUSTER_TERMS = tuple(
    ("organisations.kind", kind) for kind in ("cluster_organisation", "cluster_network", "regional_cluster")
)
_PARTNERSHIP_TERMS = (("projects.kind", "escp4i_partnership"),)
_SECTOR_TERMS = (("sectors.scheme", "theme"), ("sectors.scheme", "traded_cluster"))
EVIDENCE, TOOLS = "Evidence", "Tools"  # groups of the menu
_NO_YEARS_OF_ORGANISATIONS = "Years do not apply to organisations."
_NO_REGION = "No region is recorded for {}."
_REGIONS_OF_SOME = "Regions and states do not apply to projects, policy instruments and opportunities."
_MEMBERS = "Those of the known members and those that a source names for a project; not every member may be known."
_PARTIES = "Those of any party, as far as recorded; a project has the countries of its known members."
_PLACE = "Those of any place of the event."
_NO_FILTER = dict.fromkeys((*FILTER_NAMES, TRADED_CLUSTERS), "The filters do not apply to this page.")


def _of(*tables: str) -> tuple[str, ...]:
    """The filters that restrict the records of these tables."""
    return tuple(name for name in FILTER_NAMES if any(name in RECORD_TYPES[table].filters for table in tables))


START_PAGE = "overview"
PAGES = (
    Page(
        START_PAGE,
        SHORT_NAME,
        "",
        ":material/home:",
        "How do clusters of the European Union and the United States cooperate?",
        notes={
            "sectors": "No filter applies to the share of partnerships, which covers a whole generation.",
            "years": _NO_YEARS_OF_ORGANISATIONS,
        },
        menu_title="Overview",
        terms=(*_PARTNERSHIP_TERMS, *_CLUSTER_TERMS),
    ),
    Page(
        "map",
        "Map",
        "",
        ":material/map:",
        "Who is where, and who cooperates with whom?",
        notes={"years": "Years apply to the cooperations, not to the organisations."},
        terms=_CLUSTER_TERMS,
    ),
    Page(
        "sectors",
        "Sectors",
        "",
        ":material/category:",
        "What happens in my sector?",
        notes={
            "regions": _REGIONS_OF_SOME,
            "states": _REGIONS_OF_SOME,
            "years": _NO_YEARS_OF_ORGANISATIONS,
        },
        terms=(*_SECTOR_TERMS, *_CLUSTER_TERMS),
    ),
    Page(
        "projects",
        "Partnerships",
        EVIDENCE,
        ":material/rocket_launch:",
        "Which ESCP-4i partnerships target the USA, and how large is their share?",
        filters=_of("projects"),
        reasons={"regions": _NO_REGION.format("projects"), "states": _NO_REGION.format("projects")},
        notes={
            "sectors": "No filter applies to the readings of the share, which cover whole generations.",
            "sides": _MEMBERS,
            "countries": _MEMBERS,
        },
        terms=_PARTNERSHIP_TERMS,
    ),
    Page(
        "cooperations",
        "Links and agreements",
        EVIDENCE,
        ":material/handshake:",
        "Who works with whom, and what has been agreed?",
        filters=_of("cooperations", "success_stories"),
        notes={
            "sides": _PARTIES,
            "countries": _PARTIES,
            "regions": _PARTIES,
            "states": _PARTIES,
            "years": "Years do not apply to success stories.",
        },
        terms=tuple(
            ("cooperations.status", status)
            for status in ("signed", "renewed", "completed", "ongoing", "planned", "possible", "aspiration")
        ),
    ),
    Page(
        "policies",
        "Policies and the 2015 workshop",
        EVIDENCE,
        ":material/account_balance:",
        "Which policy instruments support the cooperation?",
        filters=_of("policies"),
        reasons={
            "regions": _NO_REGION.format("policy instruments"),
            "states": _NO_REGION.format("policy instruments"),
        },
        notes={"years": "Years are those of the dated act."},
    ),
    Page(
        "events",
        "Timeline",
        EVIDENCE,
        ":material/event:",
        "What happened or was planned, and when?",
        filters=_of("events"),
        notes={"sides": _PLACE, "countries": _PLACE, "regions": _PLACE, "states": _PLACE},
    ),
    Page(
        "partners",
        "Partner finder",
        TOOLS,
        ":material/group_add:",
        "Whom could this organisation work with across the Atlantic?",
        filters=_of("organisations"),
        reasons={"years": _NO_YEARS_OF_ORGANISATIONS},
        notes=dict.fromkeys(
            ("sectors", TRADED_CLUSTERS, "countries", "regions", "states"),
            "The filters apply to the organisations proposed.",
        ),
        terms=_CLUSTER_TERMS,
    ),
    Page(
        "statistics",
        "Regions and statistics",
        TOOLS,
        ":material/bar_chart:",
        "Where is this industry strong?",
        filters=("sectors", "sides", "countries"),
        reasons=dict.fromkeys(("regions", "states"), "Choose the regions on this page.")
        | {"years": "Choose the period on this page."},
        notes={
            "sectors": "A theme applies where our crosswalks lead from it to an industry with figures.",
            "sides": "Side and country are those of the regions.",
            "countries": "Side and country are those of the regions.",
        },
        terms=(("sectors.scheme", "traded_cluster"), ("sectors.scheme", "nace_division")),
    ),
    Page(
        EXPLORER,
        "Explorer",
        TOOLS,
        ":material/filter_list:",
        "Which records have what I am looking for, and how many are there of each kind?",
        notes=dict.fromkeys(
            (*FILTER_NAMES, TRADED_CLUSTERS),
            "As in the facets of the page; a register without this property is not restricted, and the page says so.",
        )
        | {"years": "Records whose period overlaps these years; the facet of the page asks for one year."},
    ),
    Page(
        "own_file",
        "Bring your own file",
        TOOLS,
        ":material/upload_file:",
        "Can the dashboard read my file, and what of it?",
        filters=(),
        reasons=_NO_FILTER,
    ),
    Page(
        "horizon",
        "Horizon projects",
        TOOLS,
        ":material/science:",
        "Which Horizon projects have a partner in the United States?",
        filters=_of("horizon_projects"),
        reasons={
            TRADED_CLUSTERS: "These projects have themes, but no traded clusters.",
            "sides": "Every project here has a US organisation.",
            "regions": "These projects are filtered by country only.",
            "states": "These projects are filtered by country only.",
        },
        notes={
            "countries": "The country of any organisation of the project.",
            "years": "Years in which the project begins.",
        },
    ),
    Page("downloads", "Downloads", TOOLS, ":material/download:", "Which files can I use and share?"),
    Page(
        "sql",
        "SQL",
        TOOLS,
        ":material/terminal:",
        "What do the data say to a question of my own?",
        filters=(),
        reasons=_NO_FILTER,
    ),
    Page(
        "sources",
        "Sources",
        TOOLS,
        ":material/menu_book:",
        "Where does every number come from, what is missing, and what disagrees?",
        filters=(),
        reasons=_NO_FILTER,
    ),
    Page(
        "present",
        "Workshop mode",
        "",
        ":material/slideshow:",
        "How do I present the findings step by step?",
    ),
)


def page(name: str) -> Page:
    """The page of this name. KeyError for an unknown one."""
    return {page.name: page for page in PAGES}[name]
