"""The function of each card of the catalogue that works out what it must say."""

from tests.expected import horizon
from tests.expected.cards import Build, conclusions, event_dates, headlines, policy_kinds, stories
from tests.expected.cooperations import agreements, statuses, who_with_whom
from tests.expected.maps import cooperation_map
from tests.expected.sectors import by_sector, co_targets, generations, sector_comparison, target_countries, usa_share
from tests.expected.start import my_country, partnership_waffle, source_coverage

BUILDS: dict[str, Build] = {
    "agreements": agreements,
    "statuses": statuses,
    "who_with_whom": who_with_whom,
    "stories": stories,
    "event_dates": event_dates,
    "map": lambda oracle, chosen: cooperation_map(oracle, chosen, "Atlantic"),
    "map_atlantic": lambda oracle, chosen: cooperation_map(oracle, chosen, "Atlantic"),
    "map_europe": lambda oracle, chosen: cooperation_map(oracle, chosen, "Europe"),
    "map_usa": lambda oracle, chosen: cooperation_map(oracle, chosen, "USA"),
    "map_agreements": lambda oracle, chosen: cooperation_map(oracle, chosen, "Atlantic", only_agreements=True),
    "partnership_waffle": partnership_waffle,
    "my_country": my_country,
    # Nobody is proposed without a seeker; tests/unit/test_partner_proposals.py has the others.
    "partner_proposals": lambda oracle, chosen: None,
    "source_coverage": source_coverage,
    "usa_share": usa_share,
    "generations": generations,
    "co_targets": co_targets,
    "headlines": headlines,
    "conclusions": conclusions,
    "policy_kinds": policy_kinds,
    "sectors_theme": lambda oracle, chosen: by_sector(oracle, chosen, "theme"),
    "sectors_traded_cluster": lambda oracle, chosen: by_sector(oracle, chosen, "traded_cluster"),
    "sector_comparison": sector_comparison,
    "target_countries": target_countries,
    **horizon.BUILDS,
}
