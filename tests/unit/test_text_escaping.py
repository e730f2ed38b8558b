"""Text of any kind goes through files and screens unchanged and without effect: read back by independent readers."""

import csv
import io
import json
import re
import unicodedata
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from domain.characters import visible
from domain.text import plain_excerpt
from domain.urls import is_web_address
from etl.extract import extract
from etl.schema import declared_schema
from exports.csv.table import to_csv
from exports.html.parts import Part, figures_json
from exports.html.report import _environment, css_text
from ui.markup import Markdown, code, joined, markdown_link, marked, md, plain

HOSTILE = st.sampled_from(
    [
        '=HYPERLINK("http://x.test")',
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "  =1",
        "\u200b=1",
        "＝1+1",
        'a "quoted", cell',
        "two\nlines",
        "two\r\nlines",
        '"',
        '""',
        ",",
        "שלום עולם",
        "مرحبا",
        "\u202eabc\u202c",
        "a](http://x.test)",
        "**bold** _it_ `code` ~~x~~ $x$ :red[x] | # h",
        "<script>alert(1)</script>",
        "</script>",
        "<!--",
        "&amp; &#60;b&#62; &copy",
        "[x](y)",
        "\\",
        "![x](y)",
        "{{ x }} {% x %}",
    ]
)
TEXT = HOSTILE | st.text(max_size=40)
NOT_PRINTED = "Cc", "Cs"  # control characters and surrogates: CSV files with them are refused


def printable(extra: str = "") -> st.SearchStrategy[str]:
    letters = st.characters(exclude_categories=NOT_PRINTED) | st.sampled_from(list(extra or "a"))
    return st.text(letters, max_size=40) | HOSTILE.map(lambda text: text.replace("\r\n", "\n"))


# ---------------------------------------------------------------- CSV


@given(st.lists(printable("\n\t"), min_size=1, max_size=6), st.booleans())
def test_csv_files_are_read_as_they_were_written(tmp_path_factory, names, has_mark):
    """Quotes, commas, line breaks and scripts of any direction; only white space at the ends is dropped."""
    folder = tmp_path_factory.mktemp("data")
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows([["project_id", "alias"], *(["p", name] for name in names)])
    (folder / "project_aliases.csv").write_text(buffer.getvalue(), encoding="utf-8-sig" if has_mark else "utf-8")
    tables, _ = extract(folder, declared_schema(), "data")
    rows = tables["project_aliases"].rows
    assert [row.cells for row in rows] == [{"project_id": "p", "alias": name.strip()} for name in names]
    assert not any(row.broken for row in rows) and tables["project_aliases"].is_complete
    lines = [2 + sum(name.count("\n") for name in names[:at]) + at for at in range(len(names))]
    assert [row.line for row in rows] == lines


@given(st.binary(max_size=200))
@example(b'p,"a\nq,b\n')
@example(b'p,a"b"\n')
@example(b"p,\xff\n")
@example(b"p,a\x00\n")
def test_a_csv_file_of_any_bytes_is_read_or_refused_with_a_message(tmp_path_factory, content):
    """No exception; a row that is not whole or not text never passes without a problem that names the file."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "project_aliases.csv").write_bytes(b"project_id,alias\n" + content)
    tables, problems = extract(folder, declared_schema(), "data")
    table = tables["project_aliases"]
    own = [problem for problem in problems if problem.file.endswith("project_aliases.csv")]
    assert own or (table.is_complete and not any(row.broken for row in table.rows))
    text = content.decode("utf-8", "replace")
    if "\ufffd" in text and b"\xef\xbf\xbd" not in content:
        assert own


def shown(text: str) -> str:
    """The text as a file may hold it: line breaks of one kind, no characters that the formats forbid."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        c for c in text if c in "\t\n" or (unicodedata.category(c) not in NOT_PRINTED and c not in "\ufffe\uffff")
    )


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5))
def test_exported_csv_gives_back_the_text_and_runs_nothing(pairs):
    """Lossless but for one apostrophe before what a spreadsheet would run."""
    data = to_csv(pd.DataFrame(pairs, columns=["one", "two"], dtype=object))
    read = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    assert read[0] == ["one", "two"] and len(read) == len(pairs) + 1
    for cells, texts in zip(read[1:], pairs, strict=True):
        for cell, text in zip(cells, texts, strict=True):
            assert cell in (shown(text), "'" + shown(text))
            first = re.sub(r"^[\s\ufeff\u200b-\u200f\u2060]+", "", cell)[:1]
            assert first not in tuple("=+-@＝＋－＠") and cell[:1] not in ("\t", "\r", "\n")


# ---------------------------------------------------------------- Markdown on the screen


class Reading(HTMLParser):
    """What a browser makes of HTML: its text, its elements and the addresses of its links."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags, self.links, self.titles = "", [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]
        self.titles += [value for name, value in attrs if name == "title"]

    def handle_data(self, data):
        self.text += data


MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["strikethrough", "table"])


# Invisible characters that keep the browser from making links, icons and arrows of a finished text.
BREAK = "\u2060"


def one_line(text: str) -> str:
    return " ".join(visible(shown(text)).split())


def read(markdown: str) -> Reading:
    found = Reading(MARKDOWN.render(markdown))
    found.text = found.text.replace(BREAK, "")
    return found


@given(TEXT)
def test_text_of_the_data_is_never_markdown(text):
    """Within a line, at its beginning, in a list, in bold: the reader sees the characters of the data, nothing else."""
    line = one_line(text)
    for markdown, around, tags in (
        (md("x{}x", line), "x{}x", {"p"}),
        (md("- {}x", line), "{}x", {"ul", "li"}),
        (md("**x{}x**", line), "x{}x", {"p", "strong"}),
        (joined("\n", ["x", f"{line}x"]), "x\n{}x", {"p"}),
    ):
        found = read(markdown)
        assert found.text.strip() == around.format(line) and set(found.tags) == tags, markdown
    assert read(plain(f"{line}x")).tags == ["p"]


@given(TEXT)
def test_code_in_a_line_is_the_text(text):
    line = one_line(text)
    found = read(md("x {} x", code(line)))
    assert set(found.tags) == {"p", "code"}
    assert " ".join(found.text.split()) == f"x {line} x".replace("  ", " ")


ADDRESS = "a" + "@" + "x.test"
FOUND_LATER = ["https://x.test", "www.x.test", ADDRESS, ":smile:", ":streamlit:", ":material/bolt:", "a -> b"]
FOUND_LATER += ["a -- b", "<-"]


@pytest.mark.parametrize("text", FOUND_LATER)
def test_what_the_browser_looks_for_in_a_finished_text_is_broken(text):
    """Streamlit 1.67 looks for these after the Markdown is read, so that no backslash stops it."""
    later = (
        r"(https?:\/\/|www(?=\.))([-.\w]+)([^ \t\r\n]*)|([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)|:material[_/]\w+:|:[\w+-]+:"
        r"|(?<!\S)(?:<->|->|<-|--|>=|<=|~=)(?!\S)"
    )
    assert re.search(later, text) and not re.search(later, Reading(MARKDOWN.render(plain(text))).text)


def test_markdown_of_our_own_stays():
    assert md("**{}**", plain("a*b")) == md("**{}**", "a*b") == "**a\\*b**"
    assert md("{:,} {}", 1234, "x") == "1,234 x" and isinstance(md("{}", 1), Markdown)
    assert marked(md("**x**")) == "**x**" and marked("**x**") == "\\*\\*x\\*\\*"


ADDRESSES = st.builds(
    lambda host, rest: f"https://{host}/{rest}",
    st.sampled_from(["example.org", "www.x.test:8080", "bücher.example"]),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Z")), max_size=30)
    | st.sampled_from(["a)b", "a(b", "((", "?x=1&copy=2&copy;", "\\", "\\)", "*a*_b_", "a]b[c", "%5C", "#~:x:$y$"]),
)


@given(TEXT, ADDRESSES)
def test_a_link_leads_to_its_address_and_nowhere_else(title, url):
    """Whatever characters the title and the address hold, parentheses and backslashes included."""
    line = one_line(f"x{title}x")
    if not is_web_address(url):
        return
    found = read(markdown_link(line, url))
    assert len(found.links) == 1 and found.text.strip() == line and set(found.tags) == {"p", "a"}
    assert found.links[0] == MARKDOWN.normalizeLink(url.replace("\\", "%5C"))


@given(TEXT)
def test_an_excerpt_is_never_markdown_and_never_long(text):
    excerpt = plain_excerpt(text)
    assert len(excerpt) <= 41
    line = " ".join(excerpt.split())
    found = Reading(MARKDOWN.render(f"The link's sector “{line}” is not known"))
    assert found.text.strip() == f"The link's sector “{line}” is not known" and found.tags == ["p"]


def test_an_excerpt_keeps_forty_characters():
    assert plain_excerpt("a" * 40) == "a" * 40
    assert plain_excerpt("a" * 41) == "a" * 40 + "…"
    assert plain_excerpt("a_b, c-d.") == "a_b, c-d." and plain_excerpt("_a_ <b>") == "·a· ·b·"


# ---------------------------------------------------------------- addresses


@given(TEXT | ADDRESSES | st.builds(str.__add__, st.sampled_from(["http://", "https://", "HTTP://", "//"]), TEXT))
@example("http:///no-host-here")
@example("https://?x=1234567")
@example("http://[::1/unclosed")
@example("javascript:alert(1)")
@example("https://user@/path")
def test_only_addresses_with_a_host_become_links(text):
    if is_web_address(text):
        parts = urlsplit(text)
        assert parts.scheme in ("http", "https") and parts.hostname
        assert text == "".join(text.split()) and not set(text) & set('"<>')


@pytest.mark.parametrize(("length", "is_accepted"), [(2000, True), (2001, False)])
def test_the_longest_address(length, is_accepted):
    url = "https://example.org/"
    assert is_web_address(url + "a" * (length - len(url))) is is_accepted


# ---------------------------------------------------------------- HTML


TEMPLATE = _environment().from_string('<p title="{{ text }}">{{ text }}</p>')


@settings(max_examples=60)
@given(TEXT)
def test_text_in_the_report_is_text(text):
    """As content and as an attribute."""
    found = Reading(TEMPLATE.render(text=text))
    assert found.tags == ["p"] and found.text == shown(text) == found.titles[0]


@settings(max_examples=60)
@given(TEXT)
def test_figures_of_the_report_cannot_end_their_script(text):
    found = figures_json(
        [Part("step-1", "Title", "Question", "", figure={"data": [{"name": shown(text)}], "layout": {}})]
    )
    assert json.loads(found)["step-1"]["data"][0]["name"] == shown(text)
    assert "<" not in found


@settings(max_examples=60)
@given(TEXT)
def test_text_in_the_style_sheet_is_one_string(text):
    """Every escape names one character; nothing ends the string before its end."""
    found = str(css_text(text))
    assert found[0] == found[-1] == '"'
    assert re.fullmatch(r"(?:[A-Za-z0-9 ]|\\[0-9a-f]+ )*", found[1:-1])
    assert re.sub(r"\\([0-9a-f]+) ", lambda match: chr(int(match[1], 16)), found[1:-1]) == shown(text)
