"""The pages of the dashboard, each declared once: name, title, question, icon, place in the menu, and its filters."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.product import SHORT_NAME

# Keys of ``Page.ignores`` and ``Page.notes`` are names of the shared filters, or this one for the traded clusters,
# which are values of the filter by sector with a control of their own.
TRADED_CLUSTERS = "traded_clusters"
BROWSER_TITLE_END = "EU–US clusters"


@dataclass(frozen=True)
class Page:
    """A page of the menu. ``name`` is its file under pages/ and its address; ``question`` is what it answers.

    ``section`` is its group in the menu; pages without one stand in the row itself. ``ignores`` maps each shared filter
    that restricts nothing on the page to the reason, ``notes`` those that restrict a part of it to how. ``menu_title``
    is the title in the menu where it differs.
    """

    name: str
    title: str
    section: str
    icon: str
    question: str
    ignores: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    menu_title: str = ""

    @property
    def label(self) -> str:
        """Its title in the menu and in the documentation."""
        return self.menu_title or self.title

    @property
    def browser_title(self) -> str:
        """Its title in the tab of the browser."""
        return self.title if self.title == SHORT_NAME else f"{self.title} – {BROWSER_TITLE_END}"


EVIDENCE, TOOLS = "Evidence", "Tools"  # groups of the menu
_NO_YEARS_OF_ORGANISATIONS = "Years do not apply to organisations."
_NO_REGION = "No region is recorded for {}."
_REGIONS_OF_SOME = "Regions and states do not apply to projects, policy instruments and opportunities."
_MEMBERS = "Those of the known members and those that a source names for a project; not every member may be known."
_PARTIES = "Those of any party, as far as recorded; a project has the countries of its known members."
_PLACE = "Those of any place of the event."
_NO_FILTER = dict.fromkeys(
    ("sectors", TRADED_CLUSTERS, "sides", "countries", "regions", "states", "years"),
    "The filters do not apply to this page.",
)

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
    ),
    Page(
        "map",
        "Map",
        "",
        ":material/map:",
        "Who is where, and who cooperates with whom?",
        notes={"years": "Years apply to the cooperations, not to the organisations."},
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
    ),
    Page(
        "projects",
        "Partnerships",
        EVIDENCE,
        ":material/rocket_launch:",
        "Which ESCP-4i partnerships target the USA, and how large is their share?",
        ignores={"regions": _NO_REGION.format("projects"), "states": _NO_REGION.format("projects")},
        notes={
            "sectors": "No filter applies to the readings of the share, which cover whole generations.",
            "sides": _MEMBERS,
            "countries": _MEMBERS,
        },
    ),
    Page(
        "cooperations",
        "Links and agreements",
        EVIDENCE,
        ":material/handshake:",
        "Who works with whom, and what has been agreed?",
        notes={
            "sides": _PARTIES,
            "countries": _PARTIES,
            "regions": _PARTIES,
            "states": _PARTIES,
            "years": "Years do not apply to success stories.",
        },
    ),
    Page(
        "policies",
        "Policies and the 2015 workshop",
        EVIDENCE,
        ":material/account_balance:",
        "Which policy instruments support the cooperation?",
        ignores={
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
        notes={"sides": _PLACE, "countries": _PLACE, "regions": _PLACE, "states": _PLACE},
    ),
    Page(
        "partners",
        "Partner finder",
        TOOLS,
        ":material/group_add:",
        "Whom could this organisation work with across the Atlantic?",
        ignores={"years": _NO_YEARS_OF_ORGANISATIONS},
        notes=dict.fromkeys(
            ("sectors", TRADED_CLUSTERS, "countries", "regions", "states"),
            "The filters apply to the organisations proposed.",
        ),
    ),
    Page(
        "statistics",
        "Regions and statistics",
        TOOLS,
        ":material/bar_chart:",
        "Where is this industry strong?",
        ignores=dict.fromkeys(("regions", "states"), "Choose the regions on this page.")
        | {"years": "Choose the period on this page."},
        notes={
            "sectors": "A theme applies where our crosswalks lead from it to an industry with figures.",
            "sides": "Side and country are those of the regions.",
            "countries": "Side and country are those of the regions.",
        },
    ),
    Page(
        "own_file",
        "Bring your own file",
        TOOLS,
        ":material/upload_file:",
        "Can the dashboard read my file, and what of it?",
        ignores=_NO_FILTER,
    ),
    Page(
        "horizon",
        "Horizon projects",
        TOOLS,
        ":material/science:",
        "Which Horizon projects have a partner in the United States?",
        ignores={
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
        "sources",
        "Sources",
        TOOLS,
        ":material/menu_book:",
        "Where does every number come from, what is missing, and what disagrees?",
        ignores=_NO_FILTER,
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
