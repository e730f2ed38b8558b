"""Regions with a similar specialisation: the cosine worked out again from quotients that other code computed."""

import math

import pytest

# Location quotients of persons employed against the own country, compiled independently of this project's SQL:
# Michigan 2012 to 2016 from County Business Patterns, Navarra (ES22) 2015 from Eurostat sbs_r_nuts06_r2. Division E39
# of Navarra is not published, so environmental services cannot be compared.
MICHIGAN_AND_NAVARRA = {
    "tc-coal-mining": (0.018, 0.0),
    "tc-metal-mining": (0.034, 0.0),
    "tc-nonmetal-mining": (0.537, 0.725),
    "tc-tobacco": (0.002, 0.0),
    "tc-textile-manufacturing": (0.234, 0.534),
    "tc-apparel": (0.221, 0.399),
    "tc-wood-products": (0.977, 1.4),
    "tc-paper-and-packaging": (1.132, 2.917),
    "tc-printing-services": (0.969, 0.98),
    "tc-biopharmaceuticals": (1.338, 2.154),
    "tc-upstream-metal-manufacturing": (1.719, 3.061),
    "tc-automotive": (6.017, 5.135),
    "tc-furniture": (1.899, 1.181),
    "tc-video-production-and-distribution": (0.139, 0.278),
}


def symmetric(quotient: float) -> float:
    return (quotient - 1) / (quotient + 1)


def cosine(pairs: list[tuple[float, float]]) -> float:
    product = sum(a * b for a, b in pairs)
    return product / math.sqrt(sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs))


def test_similarity_of_michigan_and_navarra(rows):
    """Fourteen clusters; the total that shares are of differs slightly between the two computations."""
    pairs = [(symmetric(a), symmetric(b)) for a, b in MICHIGAN_AND_NAVARRA.values()]
    ((count, similarity),) = rows(
        "SELECT cell_count, similarity FROM region_similarities WHERE region_code = 'US-MI' AND similar_code = 'ES22'"
    )
    assert count == len(MICHIGAN_AND_NAVARRA)
    assert similarity == pytest.approx(cosine(pairs), abs=0.003)


def test_it_is_the_same_from_both_sides(rows):
    """A pair stands there twice, once for each profile."""
    assert rows(
        "SELECT count(*) FROM region_similarities a LEFT JOIN region_similarities b "
        "ON b.region_code = a.similar_code AND b.similar_code = a.region_code "
        "WHERE b.similarity IS NULL OR abs(a.similarity - b.similarity) > 1e-12 OR a.cell_count <> b.cell_count"
    ) == [(0,)]


def test_only_regions_of_two_sides_with_enough_clusters(rows):
    """Never two states, never Norway, never fewer than ten clusters."""
    assert rows(
        "SELECT count(*) FROM region_similarities s JOIN region_register a USING (region_code) "
        "JOIN region_register b ON b.region_code = similar_code "
        "WHERE a.side = b.side OR 'OTHER' IN (a.side, b.side) OR cell_count < 10 OR abs(similarity) > 1 + 1e-9"
    ) == [(0,)]
    assert rows("SELECT max(cell_count) <= 15, count(*) > 10000 FROM region_similarities") == [(True, True)]


def test_unknown_cells_are_left_out(rows):
    """A division that is not published leaves its traded cluster without a quotient, never 0."""
    assert rows(
        "SELECT location_quotient, symmetric_quotient, employment FROM region_specialisation "
        "WHERE region_code = 'ES22' AND traded_cluster_id = 'tc-environmental-services'"
    ) == [(None, None, None)]


def test_a_cluster_of_two_divisions_has_the_quotient_of_their_sum(rows):
    """Environmental services: E38 and E39 together, over the same in the country."""
    ((quotient,),) = rows(
        "SELECT location_quotient FROM region_specialisation "
        "WHERE region_code = 'ES51' AND traded_cluster_id = 'tc-environmental-services'"
    )
    ((expected,),) = rows(
        "WITH region AS (SELECT sum(employment) AS amount FROM regional_statistics WHERE region_code = 'ES51' "
        "AND industry_id IN ('nace-e38', 'nace-e39')), country AS (SELECT sum(amount) AS amount FROM "
        "statistics_country_totals WHERE country_code = 'ES' AND industry_id IN ('nace-e38', 'nace-e39') "
        "AND measure = 'employment'), totals AS (SELECT business_economy AS own FROM statistics_region_totals "
        "WHERE region_code = 'ES51' AND measure = 'employment'), "
        "whole AS (SELECT any_value(total) AS total FROM statistics_country_totals WHERE country_code = 'ES' "
        "AND industry_id = 'nace-e38' AND measure = 'employment') "
        "SELECT (region.amount / own) / (country.amount / total) FROM region, country, totals, whole"
    )
    assert quotient == pytest.approx(expected)
