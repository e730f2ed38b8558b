"""Ten worked examples, for those who make policy, present and analyse. A comment in each says what to change."""

from dataclasses import dataclass

WRITE_HERE = "SELECT name, countries\nFROM organisation_register\nLIMIT 100"  # in the box while it is empty
POLICY, PRESENT, ANALYSE = "For policy makers", "For presenters", "For analysts"


@dataclass(frozen=True)
class Example:
    """A question, who asks it, and the query that answers it. ``name`` is short and never changes."""

    name: str
    reader: str
    question: str
    sql: str


def first_rows(view: str, count: int) -> str:
    """The query for the first rows of a view."""
    return f"SELECT *\nFROM {view}\nLIMIT {count}"


EXAMPLES = (
    Example(
        "countries",
        POLICY,
        "Which countries of the EU side have most links with US organisations?",
        """\
-- A link with parties in two countries counts in both; a renewal counts with the agreement that it renews.
SELECT countries.name AS country,
       count(DISTINCT coalesce(renewed_cooperation_id, cooperation_id)) AS links,
       count(DISTINCT coalesce(renewed_cooperation_id, cooperation_id))
           FILTER (WHERE commitment = 'agreement') AS agreements
FROM cooperation_register, unnest(country_codes) AS party(country_code)
JOIN countries USING (country_code)
WHERE is_eu_us AND countries.side = 'EU'
GROUP BY country
ORDER BY links DESC, country""",
    ),
    Example(
        "share",
        POLICY,
        "What share of the partnerships targets the USA?",
        """\
-- Each row answers a question of its own; their numbers are not to be mixed.
SELECT label, numerator, denominator, round(100 * share, 2) AS percent, note
FROM usa_share""",
    ),
    Example(
        "no-link",
        POLICY,
        "For which countries of the EU side is no link recorded?",
        """\
-- No link recorded is not the same as no link: some links name no country.
SELECT name AS country
FROM countries
WHERE side = 'EU' AND territory_of IS NULL AND country_code NOT IN (
    SELECT unnest(country_codes) FROM cooperation_register WHERE is_eu_us
)
ORDER BY country""",
    ),
    Example(
        "signed",
        PRESENT,
        "Which agreements were signed or renewed, the latest first?",
        """\
-- start_on sorts the dates, date_stated says how exactly the source knows them.
SELECT title, status, date_stated, eu_parties, us_parties
FROM cooperation_register
WHERE is_eu_us AND commitment = 'agreement'
ORDER BY start_on DESC NULLS LAST, title""",
    ),
    Example(
        "events",
        PRESENT,
        "How many events began in each year?",
        """\
-- Events without a date are in no year.
SELECT strftime(start_on, '%Y') AS year, count(*) AS events
FROM event_register
WHERE start_on IS NOT NULL
GROUP BY year
ORDER BY year""",
    ),
    Example(
        "themes",
        PRESENT,
        "Which themes do the cluster organisations of each side have?",
        """\
-- An organisation with several themes counts in each of them.
SELECT theme, count(*) AS organisations,
       count(*) FILTER (WHERE side = 'EU') AS eu_side, count(*) FILTER (WHERE side = 'US') AS us_side
FROM organisation_register, unnest(themes) AS one(theme)
WHERE counted_as = 'cluster organisation'
GROUP BY theme
ORDER BY organisations DESC, theme""",
    ),
    Example(
        "organisations",
        ANALYSE,
        "Which organisations take part in most links between the two sides?",
        """\
SELECT name, side, countries, eu_us_cooperation_count AS links, project_count AS projects
FROM organisation_register
WHERE eu_us_cooperation_count > 0
ORDER BY links DESC, name
LIMIT 20""",
    ),
    Example(
        "quotients",
        ANALYSE,
        "Where is the automotive industry most concentrated in the USA?",
        """\
-- For another industry take its id from the view industries; 'nuts2' instead of 'state' for EU regions.
SELECT region, period, location_quotient, employment
FROM location_quotients
WHERE industry_id = 'tc-automotive' AND level = 'state' AND location_quotient IS NOT NULL
QUALIFY period = max(period) OVER ()
ORDER BY location_quotient DESC
LIMIT 15""",
    ),
    Example(
        "sources",
        ANALYSE,
        "On how many sources does each link rest?",
        """\
SELECT label AS link, count(DISTINCT source_id) AS sources,
       string_agg(DISTINCT publisher, ', ' ORDER BY publisher) AS publishers
FROM cited_facts
WHERE table_name = 'cooperations'
GROUP BY record_id, label
ORDER BY sources DESC, link""",
    ),
    Example(
        "pairs",
        ANALYSE,
        "Which themes occur together in projects?",
        """\
-- Each pair once: the theme that is first in the alphabet stands first.
WITH themed AS (SELECT project_id, unnest(themes) AS theme FROM project_register)
SELECT a.theme || ' + ' || b.theme AS pair, count(*) AS projects
FROM themed AS a JOIN themed AS b USING (project_id)
WHERE a.theme < b.theme
GROUP BY pair
HAVING projects > 1
ORDER BY projects DESC, pair""",
    ),
)
