"""Sources, reasons for missing values and contradictions that were once missing or false."""

from datetime import date

import pytest

D = date


# ---------------------------------------------------------------- sources


@pytest.mark.parametrize(
    ("address", "table", "record"),
    [
        ("escp-4i_survey_analysis.pdf", "figures", "escp4i-usa-top-target-share"),  # footnote 51: 47.37 %
        ("selectusa.gov/aerospace-industry-united-states", "figures", "aerospace-us-trade-balance-2015"),  # 39
        ("government.nl/latest/news/2013/03/08", "cooperations", "mou-dutch-ministry-hud-2013"),  # 22
        ("Industry_Strategy.pdf", "policies", "washington-state-aviation-industry-strategy"),  # 9
        ("mizuhobank.com", "figures", "biotechnology-place-in-europe"),  # 42
    ],
)
def test_the_source_behind_a_figure_is_its_footnote(rows, address, table, record):
    """The address of the footnote is a source of the fact, and says that the page itself was not read."""
    found = rows(
        "SELECT locator FROM citations JOIN sources USING (source_id) WHERE contains(url, $1) "
        "AND table_name = $2 AND record_id = $3",
        address,
        table,
        record,
    )
    assert len(found) == 1 and "footnote" in found[0][0] and "not read" in found[0][0]


def test_addresses_of_all_footnotes(rows):
    """50 of the 52 footnotes of D3.5 give an address, two of them (51 and 52) the same."""
    cited = rows(
        "SELECT DISTINCT regexp_extract(locator, 'in footnote ([0-9]+) of D3', 1) FROM citations "
        "WHERE contains(locator, 'in footnote ')"
    )
    numbers = {int(number) for (number,) in cited if number}
    # 4 and 16 are remarks, 23 was found and read, 52 repeats 51.
    assert numbers == set(range(1, 53)) - {4, 16, 23}


def test_the_briefing_of_january_2017_is_a_source(rows):
    """Named in s1 and s3, without an address."""
    assert rows(
        "SELECT published_on, published_precision, url FROM sources WHERE source_id = 'eccp-preparatory-briefing-2017'"
    ) == [(D(2017, 1, 1), "month", None)]


def test_reliability_marks_the_fact(rows):
    """A Polish cluster's page is official about that cluster, and secondary about the eight others that it lists."""
    found = rows(
        "SELECT r.record_id, r.reliability FROM fact_reliability r JOIN sources USING (source_id) "
        "WHERE contains(url, 'klasterlogtrans.pl') AND table_name = 'organisations'"
    )
    assert len({record for record, _ in found}) == 9
    assert {record for record, reliability in found if reliability == "official"} == {"klaster-ltpp"}
    assert {reliability for record, reliability in found if record != "klaster-ltpp"} == {"secondary"}


def test_titles_are_words(rows):
    """No title is made from the address of the page."""
    assert rows("SELECT source_id, title FROM sources WHERE regexp_matches(title, '^Page of [^ ]+\\.[a-z]+: ')") == []


# ---------------------------------------------------------------- missing values and contradictions


def test_every_undated_cooperation_has_a_reason(rows):
    """An intention has no date to give; for all else the source does not state it."""
    found = rows(
        "SELECT DISTINCT status IN ('aspiration', 'possible'), reason FROM cooperations LEFT JOIN missing_values "
        "ON table_name = 'cooperations' AND record_id = cooperation_id AND field = 'start_on' "
        "WHERE date_precision = 'undated' ORDER BY 1"
    )
    assert {reason for is_intention, reason in found if is_intention} == {"not applicable"}
    # Of the pages after 2016 only an excerpt was read, and the reason may say so.
    assert {reason for is_intention, reason in found if not is_intention} - {"not in the excerpt"} == {"not stated"}


def test_every_organisation_without_country_has_a_reason(rows):
    """BioValley has two countries, the Commission none, and of Airbus the paper states none."""
    found = rows(
        "SELECT organisation_id, reason FROM organisations LEFT JOIN missing_values ON table_name = 'organisations' "
        "AND record_id = organisation_id AND field = 'country_code' WHERE country_code IS NULL"
    )
    reasons = dict(found)
    assert None not in reasons.values()
    assert (reasons["biovalley"], reasons["european-commission"], reasons["airbus"]) == (
        "several values",
        "not applicable",
        "not stated",
    )


@pytest.mark.parametrize(
    "topic",
    [
        "bio-2017-and-bio-convention",
        "silicon-europe-worldwide-gb-or-gr",
        "healthtech-ministries",
        "first-of-its-kind-hannover-or-milan",
        "enw-five-or-six-countries",
    ],
)
def test_contradictions_that_were_not_recorded(rows, topic):
    """Each with two statements and how it was handled."""
    assert rows("SELECT count(*) FROM contradictions WHERE contradiction_id = $1", topic) == [(1,)]


def test_not_every_entry_of_table_2_stays_planned(rows):
    """The text tells of the PNAA conference as held, and the handling says so."""
    ((handling,),) = rows("SELECT handling FROM contradictions WHERE contradiction_id = 'table-2-period'")
    assert "every entry" not in handling and "PNAA" in handling
    assert rows("SELECT status_in_source FROM events WHERE event_id = 'pnaa-conference-2017'") == [("held",)]


def test_titles_say_what_a_page_is_about(rows):
    """Not 430 titles of the form "Page on Virginia Bio (biospace.com)": the address tells more of all but 58."""
    titles = [title for (title,) in rows("SELECT title FROM sources")]
    assert sum(title.startswith(("Page on ", "Article on ", "News item on ")) for title in titles) <= 60
    assert len(set(titles)) == len(titles)
    title = "SELECT title FROM sources WHERE url LIKE $1"
    about = "Virginia Bio event supports regional efforts to grow the bioscience industry (biospace.com)"
    assert rows(title, "%biospace.com/virginia-bio-event-supports-%") == [(about,)]


def test_a_date_in_an_address_is_the_date_of_the_page(rows):
    found = rows("SELECT published_on::VARCHAR, published_precision FROM sources WHERE url LIKE '%/2018/11/17/agro%'")
    assert found == [("2018-11-17", "day")]


def test_locators_say_what_kind_of_page_it_is(rows):
    """Not 4,227 citations with the locator "page"; where the address tells nothing, they keep it."""
    ((bare,),) = rows("SELECT count(*) FROM citations WHERE locator = 'page'")
    assert bare <= 1400
    kinds = dict(
        rows("SELECT DISTINCT url, locator FROM citations JOIN sources USING (source_id) WHERE url LIKE '%ror.org%'")
    )
    assert set(kinds.values()) == {"register entry"}


@pytest.mark.parametrize(
    ("record", "value", "source"),
    [
        # 'From May 2020 to 2022' (AMZ Sachsen); 'started on 1st September 2020 and will last 24 months' (ECCP).
        ("escp4i3-elca-lightweight", "2020-05-01", "amz-sachsen-de-%"),
        # 'Some target countries (USA, MEXICO, COLOMBIA)'.
        ("escp4i3-c2future", "Colombia; Mexico; USA", "clusterlombardomobilita-it-%"),
        # 'Nordamerika, Israel, Süd Korea, Japan, Australien, Singapur und Malaysia'.
        (
            "escp4i2-laser-go-global",
            "Australia; Israel; Japan; Malaysia; North America; Singapore; South Korea",
            "optence-de-%",
        ),
        ("escp4i3-et4s", "European Technology for Sustainable Development", "knowledgesofia-eu-en-news-352-%"),
        (
            "escp4i4-euwater4i-sd",
            "EUropean Water initiative for fostering International Sustainable Development",
            "ecoliance-rlp-de-%",
        ),
        # 'The final event of EU-TEXTILE2030 in Lyon on November 22nd'.
        ("escp4i2-eu-textile2030", "2019-11-22", "tex4im-eu-%"),
        # 'Since early 2011'; the page of the initiative: 'Since October 2010'.
        ("southeast-alaska-cluster-initiative", "2011", "vdocuments-net-%"),
        # 'AZBio has about 110 members'; 'a roughly 120-member organization' (GenomeWeb).
        ("arizona-bioindustry-association", "110", "azbioscientist-blogspot-com-%"),
    ],
)
def test_what_another_page_says_stands_beside_the_record(rows, record, value, source):
    sql = "SELECT count(*) FROM alternative_values WHERE record_id = $1 AND value = $2 AND source_id LIKE $3"
    assert rows(sql, record, value, source) == [(1,)]


@pytest.mark.parametrize(
    ("table", "record", "source"),
    [
        # The page names Basquegame among the partners, and not GAIA.
        ("project_members", "escp4i2-dia|gaia|partner", "balticnet-plasmatec-org-eu-project-cosme-discp"),
        # 'The dialogue established with Brazil and Morocco'.
        ("project_targets", "escp4i-move|MX", "clustercollaboration-eu-escp-profiles-move"),
        # Names the partners of six countries, and neither a grant nor a date.
        ("figures", "global-cosmetics-eu-contribution", "intellectual-property-helpdesk-ec-europa-eu-organisations"),
        # Tells of one Czech member, of no lead.
        ("project_members", "escp4i-natureef|femac|lead", "nca-klastr-portal-cz-cs-evropska-komise-predstavila-24"),
        # Names no target; the page of the successor does: 'Canada, Singapore and United Arab Emirates (UAE)'.
        (
            "project_targets",
            "escp4i2-eu-kets4dual-use|SG",
            "clustercollaboration-eu-community-news-launch-eu-kets4dual",
        ),
        # A list of 2005 that does not name Vitagora.
        ("organisations", "vitagora", "terre-net-fr-2005-amp-article-18826-poles-de-competitivite"),
        # 'As coordinators of the project, we want to thank all our partners': Solartys is not named.
        ("project_members", "escp4i3-gssc|solartys|lead", "klasterict-pl-en-last-meeting-of-the-gssc-consortium"),
    ],
)
def test_a_page_that_does_not_hold_the_fact_is_not_cited_for_it(column, table, record, source):
    found = column("SELECT source_id FROM citations WHERE table_name = $1 AND record_id = $2", table, record)
    assert found and source not in found
