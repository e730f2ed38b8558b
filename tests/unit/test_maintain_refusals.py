"""What cannot be added says why, and leaves every file as it was, byte by byte."""

import re
from pathlib import Path

import pytest
from etl_dataset import edit
from maintain_data import add, guard_every_table, hashes, rows

pytestmark = pytest.mark.slow

SOURCE = ("--source", "eccp-gen2", "--locator", "heading")
NAMED = ("--name", "Water Cluster", "--kind", "company", "--country", "FR")
EVENT = ("--name", "Gathering", "--kind", "meeting", "--status", "held", "--date", "2019", "--place", "Oyonnax, FR")
MOU = ("--kind", "MoU", "--status", "signed", "--party", "plastipolis", "--date", "2016")
NOTHING_WRITTEN = "Nothing was written; the files are unchanged."


@pytest.fixture(autouse=True)
def guarded(data):
    """The tiny dataset, whose checks guard every table."""
    guard_every_table(data)


@pytest.mark.parametrize(
    ("kind", "options", "message"),
    [
        ("organisation", (), "--name is needed: Name in the source's spelling."),
        ("organisation", NAMED, "--source is needed: Source: id, URL or title."),
        ("organisation", (*NAMED, "--source", "d35"), "--locator is needed"),
        (
            "organisation",
            (*NAMED[:2], "--kind", "clique", *SOURCE),
            "--kind: 'clique' is none of cluster_organisation,",
        ),
        ("organisation", (*NAMED[:4], "--country", "Atlantis", *SOURCE), "--country: 'Atlantis' is no record of data/"),
        ("organisation", (*NAMED[:4], "--country", "Frnce", *SOURCE), "similar: FR. Write its id or name"),
        ("organisation", (*NAMED, "--region", "Ohio", "--country", "US", *SOURCE), "a region lies in one country"),
        ("organisation", (*NAMED[:4], "--country", "US", "--region", "Oiho", *SOURCE), "'Oiho' is no region of US"),
        ("organisation", (*NAMED, "--latitude", "46", *SOURCE), "--latitude has no place here: no place is given."),
        ("organisation", (*NAMED, "--place", "Dole", "--latitude", "47", *SOURCE), "--longitude is needed"),
        ("organisation", (*NAMED, "--sector", "watre", *SOURCE), "--sector: 'watre' is no record of"),
        ("organisation", (*NAMED, "--sector", "water; base=x", *SOURCE), "'water; base=x' is no record of"),
        ("organisation", (*NAMED, "--id", "nwp", *SOURCE), "--id: 'nwp' is taken. Write another one."),
        ("organisation", (*NAMED, "--id", "Not An Id", *SOURCE), "'Not An Id' is not an id. Write lower-case"),
        ("organisation", (*NAMED[:2], "--kind", "hub", "--country-missing", "withheld", *SOURCE), "--side is needed"),
        ("organisation", (*NAMED, "--source", "no such page", "--locator", "x"), "is no known source. Write the id"),
        ("organisation", (*NAMED, "--source-title", "x", *SOURCE), "the source is known as eccp-gen2."),
        ("organisation", (*NAMED, "--source", "https://new.example/a", "--locator", "x"), "--source-title is needed"),
        ("event", EVENT[2:], "--name is needed"),
        ("event", (*EVENT, "--organisation", "nwp", *SOURCE), "'nwp' has no role. Write ; role= and one of organiser"),
        ("event", (*EVENT, "--organisation", "nwp; role=guest", *SOURCE), "'guest' is none of organiser, participant"),
        (
            "event",
            (*EVENT, "--date-precision", "day", *SOURCE),
            "--date-precision has no place here: the date says it.",
        ),
        ("event", (*EVENT, "--project", "no-such; role=host", *SOURCE), "'no-such' is no record of data/projects.csv"),
        ("cooperation", (*MOU, "--party", "stated=US firms", *SOURCE), "The side of 'US firms' is missing"),
        ("cooperation", (*MOU, "--party", "nwp; stated=x", *SOURCE), "either an organisation or project, or stated="),
        ("cooperation", (*MOU, "--party", "nwp; country=NL", *SOURCE), "stand in organisation_countries"),
        ("cooperation", (*MOU, "--party", "nwp; region=US-OH", *SOURCE), "The region of nwp stands in organisations"),
        ("cooperation", (*MOU, "--renews", "exchange-nwp-wiintech", *SOURCE), "its status is not renewed"),
        ("source", ("--url", "nwp.example", "--title", "x", "--publisher", "y"), "'nwp.example' is no full address."),
        ("source", ("--title", "x", "--publisher", "y", "--published", "lately"), "'lately' is no day, month or year."),
        ("source", ("--title", "x", "--publisher", "y", "--reliability", "official"), "--owner is needed"),
        ("source", ("--title", "x", "--publisher", "y", "--accessed", "May"), "'May' is no day."),
        ("source", ("--title", "x", "--publisher", "y", "--owner", "nwp"), "only an official source has an owner"),
        (
            "source",
            ("--title", "x", "--publisher", "y", "--reliability", "official", "--owner", "itself"),
            "only a new organisation or event can be the owner itself",
        ),
        ("alias", ("--of", "nobody", "--alias", "x", *SOURCE), "'nobody' is no record of data/organisations.csv"),
        ("alias", ("--of", "nwp", "--alias", "Dutch water network", *SOURCE), "is a name of nwp already"),
        ("alias", ("--of", "nwp", "--alias", "x", "--also-cited", "d35", *SOURCE), "The place in d35 is missing"),
    ],
)
def test_an_answer_that_cannot_be_used(data, kind, options, message):
    """The message names the option, the answer and the way out; no file is touched."""
    before = hashes(data)
    result = add(kind, *options)
    assert result.exit_code == 1, result.output
    assert message in result.stderr and result.stderr.rstrip().endswith(NOTHING_WRITTEN)
    assert "Traceback" not in result.output
    assert hashes(data) == before


def test_all_wrong_answers_are_told_at_once():
    """Not one after the other."""
    result = add("event", "--kind", "x", "--status", "y", "--place", "Oyonnax; country=Atlantis")
    assert [line.split(" ")[0].rstrip(":") for line in result.stderr.splitlines()] == [
        "--name",
        "--kind",
        "--status",
        "--place",
        "--source",
        "Nothing",
    ]


@pytest.mark.parametrize(
    ("kind", "options", "message"),
    [
        ("organisation", (*NAMED, "--founded-year", "soon"), "data/organisations.csv line 4, founded_year: 'soon'"),
        ("organisation", (*NAMED, "--founded-year", "1066"), "'1066' is not between 1600 and 2026"),
        ("organisation", (*NAMED, "--place", "Dole", "--latitude", "4", "--longitude", "5"), "km outside France"),
        ("organisation", (*NAMED, "--description", "Ask info" + "@" + "water.example."), "fails the check no-e-mail"),
        ("cooperation", MOU[:6], "an agreement needs two"),
    ],
)
def test_what_the_build_would_refuse_is_refused_before_it_is_written(data, kind, options, message):
    """The rules of the schema, the coordinates and the declared checks, with the line that the row would have."""
    checks = data / "checks.toml"
    checks.write_text(
        checks.read_text(encoding="utf-8")
        + """
[[check]]
id = "two-parties"
title = "an agreement needs two"
because = "A link links."
fix = "Add the other party."
severity = "error"
tables = ["cooperations"]
sql = "SELECT 'cooperations' AS table_name, cooperation_id AS record_id FROM cooperation_parties GROUP BY ALL HAVING count(*) < 2"
""",  # noqa: E501 - a statement is one line here
        encoding="utf-8",
    )
    before = hashes(data)
    extra = ("--title", "x") if kind == "cooperation" else ()
    result = add(kind, *options, *extra, *SOURCE)
    assert result.exit_code == 1 and message in result.stderr, result.output
    assert result.stderr.rstrip().endswith(NOTHING_WRITTEN)
    assert hashes(data) == before


def test_files_that_cannot_be_read_stop_everything(data):
    """Broken data are mended first; nothing is added to them."""
    edit(data, "events", "matchmaking,held", '"matchmaking,held')
    before = hashes(data)
    result = add("alias", "--of", "nwp", "--alias", "x", *SOURCE)
    assert result.exit_code == 1 and "data/events.csv line 2" in result.stderr
    assert hashes(data) == before


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://clustercollaboration.eu/news/results", True),
        ("http://www.ClusterCollaboration.eu/news/results/", True),
        ("https://clustercollaboration.eu/news/results/index.html?utm_source=x&fbclid=1#top", True),
        ("https://clustercollaboration.eu/news/results?page=2", False),
        ("https://clustercollaboration.eu/News/results", False),
        ("https://clustercollaboration.eu/news", False),
    ],
)
def test_a_known_page_is_found_however_its_address_is_written(url, known):
    """Scheme, www., tracking, fragment and the last slash make no difference; query and case of the path do."""
    result = add("source", "--url", url, "--title", "Another title", "--publisher", "ECCP")
    assert ("known already, as the source eccp-gen2" in result.stderr) == known
    assert result.exit_code == int(known)


@pytest.mark.parametrize(
    ("name", "country", "similar"),
    [
        ("polymerOHIO", "US", "polymer-ohio"),  # the same name
        ("Polymer-Ohio inc", "NL", "polymer-ohio"),  # another name of it, whatever the country
        ("PolymerOhioo", "US", "polymer-ohio"),  # looks like it, in the same country
        ("PolymerOhioo", "NL", None),  # in another country nobody would mix them up
        ("Glass Ohio", "US", None),
    ],
)
def test_similar_organisations_are_found(data, name, country, similar):
    """By the rules of the build; without a decision nothing is added."""
    before = hashes(data)
    options = ("--name", name, "--kind", "company", "--country", country, *SOURCE)
    result = add("organisation", *options)
    assert (result.exit_code == 1) == bool(similar), result.output
    if similar:
        assert f"--kept-apart is needed: {'Organisations with a similar name'}" in result.stderr
        assert f"{similar}: PolymerOhio" in result.stderr or f"{similar}: Polymer Ohio Inc." in result.stderr
        assert hashes(data) == before


def test_a_decision_to_keep_apart_is_written(data):
    """With its reason; a decision about another one does not help."""
    options = ("--name", "PolymerOhioo", "--kind", "company", "--country", "US", *SOURCE)
    other = add("organisation", *options, "--kept-apart", "nwp; reason=water")
    assert other.exit_code == 1 and "nothing is said of polymer-ohio (PolymerOhio)" in other.stderr
    without = add("organisation", *options, "--kept-apart", "polymer-ohio")
    assert without.exit_code == 1 and "The reason is missing" in without.stderr
    done = add("organisation", *options, "--kept-apart", "PolymerOhio; reason=a firm of another town")
    assert done.exit_code == 0, done.output
    (decision,) = [r for r in rows(data, "reconciliation") if r["decision"] == "kept apart"]
    assert (decision["organisation_id"], decision["compared_with"], decision["reason"]) == (
        "polymerohioo",
        "polymer-ohio",
        "a firm of another town",
    )


def test_similar_events_and_cooperations_are_found(data):
    """One thing told twice is one record with two citations."""
    before = hashes(data)
    event = ("--name", "Matchmaking day", "--kind", "meeting", "--status", "held", "--date", "April 2016", *SOURCE)
    result = add("event", *event)
    assert result.exit_code == 1 and "matchmaking-2016: Matchmaking, 25 April 2016" in result.stderr
    same_place = ("--name", "Brokerage", "--kind", "matchmaking", "--status", "held", "--date", "2016", *SOURCE)
    assert add("event", *same_place, "--place", "Oyonnax, FR").exit_code == 1
    parties = ("--party", "polymer-ohio", "--party", "plastipolis", "--kind", "MoU", "--status", "signed", *SOURCE)
    result = add("cooperation", *parties, "--date", "2011")
    assert "mou-plastipolis-polymerohio-2011: MoU on plastics, October 2011" in result.stderr
    assert "known already" in add("cooperation", *parties, "--date", "2011", "--different", "no").stderr
    assert hashes(data) == before
    assert add("cooperation", *parties, "--date", "2012").exit_code == 0, "another year is another agreement"
    assert add("cooperation", *parties, "--date", "2011", "--different", "yes").exit_code == 0


ALIAS_TYPED = ["NWP", "Water NL", "eccp-gen2", "heading", ""]


def test_on_the_terminal_everything_is_asked(data):
    """A wrong answer is asked again; choices are numbered; the rows are shown before the last question."""
    typed = ["Gathering", "met", "7", "held", "2019", "Atlantis; country=ZZ", "Oyonnax, FR", "", "nwp; role=host", ""]
    typed += ["", "", "One day.", "water", "", "https://new.example/page", "A page", "Its owner", "", "June 2019", ""]
    typed += ["", "", "", "", "paragraph 1", "", "", "y"]
    result = add("event", typed=typed)
    assert result.exit_code == 0, result.output
    for text in (
        "'met' is none of workshop",
        "7 meeting",
        "'ZZ' is no record",
        "+++ data/events.csv",
        "Write these rows?",
    ):
        assert text in result.output, text
    assert result.output.index("+++ data/events.csv") < result.output.index("Write these rows?")
    (event,) = [r for r in rows(data, "events") if r["name"] == "Gathering"]
    assert (event["kind"], event["event_id"]) == ("meeting", "gathering-oyonnax-2019")
    assert rows(data, "sources")[-1]["source_id"] == "new-example-page"


def test_no_writes_nothing_and_the_answers_are_kept(data):
    """Nobody types twenty answers twice."""
    before = hashes(data)
    refused = add("alias", typed=[*ALIAS_TYPED, "n"])
    assert refused.exit_code == 1 and NOTHING_WRITTEN in refused.output and hashes(data) == before
    ended = add("alias", typed=["NWP", "Water NL"])
    assert ended.exit_code == 1 and hashes(data) == before
    kept = Path(re.search(r"--from (\S+\.json)\.", ended.output)[1])
    result = add("alias", "--from", str(kept), typed=["eccp-gen2", "heading", "y"])
    assert result.exit_code == 0, result.output
    assert ("nwp", "Water NL") in {(r["organisation_id"], r["alias"]) for r in rows(data, "organisation_aliases")}
    kept.unlink()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.toml", None, "There is no file none.toml."),
        ("bad.toml", "name = ", "bad.toml cannot be read"),
        ("bad.json", "[1]", "bad.json is a list, not answers by their names."),
        ("odd.toml", 'nmae = "x"', "there is no question 'nmae' (did you mean 'name'?)."),
        ("part.toml", '[[place]]\ntown = "x"', "--place: town is not known here. Write place, country, latitude"),
    ],
)
def test_files_with_answers_that_are_not_understood(data, tmp_path, name, content, message):
    """What is wrong, where, and what is known."""
    before = hashes(data)
    if content is not None:
        (tmp_path / name).write_text(content)
    result = add("event", "--from", name)
    assert result.exit_code == 1 and message in result.stderr, result.output
    assert hashes(data) == before
