"""A data set full of mark-up, formulas and directives: every page shows its characters and nothing of it acts."""

import re
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from domain.pages import PAGES
from tests.app.readable import markdown_of, nodes
from tests.poisoned_data import HOST

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["strikethrough", "table"])
# Pages, and views of them that show what they do not at first: profiles, panels, what is searched for, one card.
VIEWS = [(page.name, {}) for page in PAGES] + [
    ("cooperations", {"organisation": "lyonbiopole"}),
    ("cooperations", {"cooperation": "alliance-btca-2017"}),
    ("projects", {"project": "escp4i-3bi"}),
    ("events", {"event": "bio-convention-san-diego-2017"}),
    ("sources", {"source": "eccp-d35"}),
    ("sources", {"view": "contradictions"}),
    ("sources", {"view": "reconciliation"}),
    ("overview", {"q": "POISON", "my": "FR"}),
    ("sectors", {"sector": "energy"}),
    ("partners", {"for": "lyonbiopole"}),
    ("present", {"notes": "1"}),
    ("cooperations", {"embed": "true", "card": "stories"}),
]
# A payload that would act: mark-up of CommonMark and HTML, and what Streamlit makes of a finished text.
ACTS = re.compile(
    r"(?<!\\)\[POISON|(?<!\\)<(?:img|script)|(?<!\\)(?:\*\*|_|`|~~)POISON|^\W{0,3}[-#|] ?POISON"
    r"|(?<!\\):(?:red|small)\[|(?<![\\$])\$+\\|:material/skull:|:streamlit:|:smile:"
    rf"|https?://{HOST}|www\.{HOST}|@{HOST}",
    re.MULTILINE,
)


class Tags(HTMLParser):
    """Elements of HTML that do more than hold text, the values of their attributes, and all text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.asked: list[str] = []
        self.names: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.asked += [
            value or "" for name, value in attrs if name in ("src", "href", "srcset", "style") or name[:2] == "on"
        ]

    def handle_data(self, data):
        self.text += data


def test_every_page_shows_poison_as_text(open_app, poisoned_database, subtests):
    seen = ""
    for page, parameters in VIEWS:
        with subtests.test(page=page, **parameters):
            app = open_app(page, parameters, poisoned_database, as_read=False)
            assert [error.value for error in app.exception] == []
            texts = [getattr(message, field) for node in nodes(app._tree) for message, field in markdown_of(node)]
            assert [text for text in texts if ACTS.search(text)] == []
            for text in (text for text in texts if "POISON" in text):
                read = Tags(MARKDOWN.render(text))
                assert not read.names & {"img", "script", "iframe"}
                assert not [address for address in read.asked if HOST in address]
                seen += read.text
            for node in nodes(app._tree):
                if node.type == "html":
                    read = Tags(node.proto.body)
                    assert not read.names & {"script", "iframe"}
                    assert not [address for address in read.asked if HOST in address or "alert" in address]
    for literal in (
        "![POISON](",
        "<img src=",
        "**POISON** _POISON_",
        "$\\frac{POISON}{2}$",
        ":red[POISON]",
        "{{ POISON }}",
    ):
        assert literal in seen
