"""The text of a suggested change, and the links that carry it: read back by the standard library."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.suggestion import MAX_LINK_CHARS, ShownValue, Suggestion, mail_link, tracker_link
from settings import load_settings

SHOWN = ShownValue("Founded", "organisations.founded_year", "2009", ("Discussion paper (ECCP): s3.1, paragraph 4",))
GITHUB = "https://github.com/example/clusters/issues/new"
LINK = "https://clusters.example.org/map?organisation=milwaukee-water-council&release=2026-11-27"


def suggestion(
    shown=SHOWN, proposed="2007", source="https://x.example/about, heading", record="Milwaukee Water Council"
):
    """A suggestion about the Milwaukee Water Council."""
    return Suggestion(record, "organisation milwaukee-water-council", shown, proposed, source, LINK, "2026-11-27")


def test_the_text_has_all_that_a_maintainer_needs():
    """Record, field, value of today with its source, what it should be, where that stands, release and link."""
    assert suggestion().text.splitlines() == [
        "Suggested change to the data of the EU–US cluster cooperation dashboard",
        "",
        "Record: Milwaukee Water Council (organisation milwaukee-water-council)",
        "Field: Founded (organisations.founded_year)",
        "Today's value: 2009",
        "Its source:",
        "- Discussion paper (ECCP): s3.1, paragraph 4",
        "",
        "It should be: 2007",
        "Public source of that: https://x.example/about, heading",
        "",
        f"Seen in: 2026-11-27, {LINK}",
    ]
    assert suggestion().title == "Suggested change: Milwaukee Water Council, Founded"


def test_what_is_not_written_yet_is_asked_for():
    """The text can be completed after it was copied."""
    lines = suggestion(shown=None, proposed=" ", source="").text.splitlines()
    assert "It should be: (please write it here)" in lines
    assert "Public source of that: (please write it here)" in lines
    assert suggestion(shown=None).title == "Suggested change: Milwaukee Water Council, a missing fact"


def test_many_sources_are_counted():
    """Five are named."""
    shown = ShownValue("Members", "organisations.member_count", "188", tuple(f"Source {n}" for n in range(9)))
    lines = suggestion(shown=shown).text.splitlines()
    assert "Its sources:" in lines and "- Source 4" in lines and "- and 4 more" in lines and "- Source 5" not in lines
    assert "Its source: none is cited" in suggestion(shown=ShownValue("x", "y", "z", ())).text


@pytest.mark.parametrize("hostile", ["a\nToday's value: 3000", "a\rb", "a\u2028b", "\x1b[31mred", "x" * 5_000])
def test_a_part_stays_one_line(hostile):
    """What is typed, or stands in the data, cannot pretend to be another line of the text."""
    ordinary = len(suggestion().text.splitlines())
    text = suggestion(proposed=hostile, source=hostile, record=hostile).text
    assert len(text.splitlines()) == ordinary
    assert all(character.isprintable() for line in text.split("\n") for character in line)
    assert max(map(len, text.splitlines())) < 5_100
    assert "\n" not in suggestion(record=hostile).title and len(suggestion(record=hostile).title) <= 200


@given(st.text(max_size=60), st.text(max_size=60))
def test_links_carry_the_text_unchanged(proposed, source):
    """Decoded, title and text are those that the page shows."""
    made = suggestion(proposed=proposed, source=source)
    query = parse_qs(urlsplit(tracker_link(GITHUB, made)).query, strict_parsing=True)
    assert query == {"title": [made.title], "body": [made.text]}
    subject, body = mail_link(made).removeprefix("mailto:?subject=").split("&body=")
    assert (unquote(subject), unquote(body).replace("\r\n", "\n")) == (made.title, made.text)


@pytest.mark.parametrize(
    ("tracker", "start", "names"),
    [
        (GITHUB, GITHUB + "?title=", {"title", "body"}),
        (f"{GITHUB}?labels=data", f"{GITHUB}?labels=data&title=", {"labels", "title", "body"}),
        (f"{GITHUB}?template=fact.yml&what={{text}}", f"{GITHUB}?template=fact.yml&what=Sugg", {"template", "what"}),
        ("https://t.example/new?issue[title]={title}&issue[description]={text}", "https://t.example/new?issue[title]=S",
         {"issue[title]", "issue[description]"}),
        ("https://t.example/{title}/new", "https://t.example/Suggested%20change%3A%20", set()),
    ],
)  # fmt: skip
def test_trackers_of_several_kinds(tracker, start, names):
    """Placeholders say where title and text go; without them they are added to what the URL has already."""
    link = tracker_link(tracker, suggestion())
    assert link.startswith(start)
    assert set(parse_qs(urlsplit(link).query)) == names
    assert urlsplit(link).netloc == urlsplit(tracker).netloc


@pytest.mark.parametrize("letter", ["x", "é", "日", "&"])
def test_a_long_text_is_cut_in_links_only(letter):
    """A link that a program would cut anywhere is cut by us, and says so."""
    shown = ShownValue("Members", "organisations.member_count", letter * 1_000, (letter * 1_000,) * 9)
    made = suggestion(shown=shown, proposed=letter * 1_000)
    for link in (tracker_link(GITHUB, made), mail_link(made)):
        assert MAX_LINK_CHARS - 200 < len(link) <= MAX_LINK_CHARS
        assert "too long for this link" in unquote(link.replace("+", " "))
    assert made.text.count(letter) >= 2_000


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("http://tracker.example.org/new", "does not begin with https://"),
        ("tracker.example.org", "does not begin with http"),
        ("javascript:alert(1)//{text}", "does not begin with http"),
        ("https://", "names no host"),
        ("https://user" + "@tracker.example.org", "user name"),
        ("https://track er.example.org", "character"),
        ("https://{title}.example.org/new", "no other braces"),
        ("https://tracker.example.org/new?x={body}", "no other braces"),
        ("https://tracker.example.org:port/", "Port"),
    ],
)
def test_a_malformed_tracker_url_is_ignored_with_the_reason(text, why):
    """What, why, and how to write it."""
    settings = load_settings({"CLUSTERS_TRACKER_URL": text})
    assert settings.tracker_url == ""
    assert text in settings.tracker_url_problem and why in settings.tracker_url_problem
    assert "Write it like https://" in settings.tracker_url_problem


def test_a_tracker_url_may_have_a_query():
    """Unlike the public URL."""
    url = "https://tracker.example.org/new?project=clusters&title={title}"
    assert load_settings({"CLUSTERS_TRACKER_URL": f" {url} "}).tracker_url == url
    assert load_settings({}).tracker_url == load_settings({}).tracker_url_problem == ""
