"""The pages of the dashboard, each declared once: name, title, question, icon and section of the menu."""

from dataclasses import dataclass

from domain.product import SHORT_NAME


@dataclass(frozen=True)
class Page:
    """A page of the menu. ``name`` is its file under pages/ and its address; ``question`` is what it answers.

    ``filter_note`` says how the shared filters apply to the page where that is not obvious. ``menu_title`` is the title
    in the menu where it differs.
    """

    name: str
    title: str
    section: str
    icon: str
    question: str
    filter_note: str = ""
    menu_title: str = ""

    @property
    def label(self) -> str:
        """Its title in the menu and in the documentation."""
        return self.menu_title or self.title


START_PAGE = "overview"
PAGES = (
    Page(
        START_PAGE,
        SHORT_NAME,
        "Explore",
        ":material/home:",
        "How do clusters of the European Union and the United States cooperate?",
        "No filter applies to the share of partnerships, which covers a whole generation. Years do not apply to "
        "organisations.",
        menu_title="Overview",
    ),
    Page(
        "map",
        "Map",
        "Explore",
        ":material/map:",
        "Who is where, and who cooperates with whom?",
        "Years apply to the cooperations, not to the organisations.",
    ),
    Page(
        "sectors",
        "Sectors",
        "Explore",
        ":material/category:",
        "What happens in my sector?",
        "Years do not apply to organisations.",
    ),
    Page(
        "projects",
        "Projects",
        "Explore",
        ":material/rocket_launch:",
        "Which ESCP-4i partnerships target the USA, and how large is their share?",
        "Side and country are those of the known members and those that a source names for a project; not every member "
        "may be known. No filter applies to the readings of the share, which cover whole generations.",
    ),
    Page(
        "cooperations",
        "Cooperations",
        "Explore",
        ":material/handshake:",
        "Who works with whom, and what has been agreed?",
        "Side and country are those of any party, as far as recorded; a project has the countries of its known "
        "members. Years do not apply to success stories.",
    ),
    Page(
        "policies",
        "Policies",
        "Explore",
        ":material/account_balance:",
        "Which policy instruments support the cooperation?",
        "Years are those of the dated act.",
    ),
    Page(
        "events",
        "Events",
        "Explore",
        ":material/event:",
        "What happened or was planned, and when?",
        "Side and country are those of any place of the event.",
    ),
    Page(
        "partners",
        "Partner finder",
        "Analyse",
        ":material/group_add:",
        "Whom could this organisation work with across the Atlantic?",
        "The filters apply to the organisations proposed; years do not apply.",
    ),
    Page(
        "statistics",
        "Regional statistics",
        "Analyse",
        ":material/bar_chart:",
        "Where is this industry strong?",
        "Side and country are those of the regions. Traded clusters apply, and themes through the traded clusters "
        "linked with them. The years of the filters do not apply; choose the year on this page.",
    ),
    Page(
        "horizon",
        "Horizon projects",
        "Analyse",
        ":material/science:",
        "Which Horizon projects have a partner in the United States?",
        "Country: that of any organisation of the project. Years: those in which the project begins. Sector: themes "
        "only. Sides do not apply, because every project here has a US organisation.",
    ),
    Page(
        "present",
        "Workshop mode",
        "Present",
        ":material/slideshow:",
        "How do I present the findings step by step?",
    ),
    Page("downloads", "Downloads", "Present", ":material/download:", "Which files can I use and share?"),
    Page(
        "sources",
        "Sources",
        "About",
        ":material/menu_book:",
        "Where does every number come from, what is missing, and what disagrees?",
        "The shared filters do not apply to this page.",
    ),
)


def page(name: str) -> Page:
    """The page of this name. KeyError for an unknown one."""
    return {page.name: page for page in PAGES}[name]
