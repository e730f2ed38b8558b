"""The function of each card of the catalogue that works out what it must say."""

from tests.expected import horizon
from tests.expected.cards import Build, event_dates, headlines, policy_dates, policy_kinds, stories
from tests.expected.cooperations import agreements, statuses, who_with_whom
from tests.expected.maps import cooperation_map
from tests.expected.sectors import by_sector, co_targets, generations, sector_comparison, target_countries, usa_share

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
    "usa_share": usa_share,
    "generations": generations,
    "co_targets": co_targets,
    "headlines": headlines,
    "policy_kinds": policy_kinds,
    "policy_dates": policy_dates,
    "sectors_theme": lambda oracle, chosen: by_sector(oracle, chosen, "theme"),
    "sectors_traded_cluster": lambda oracle, chosen: by_sector(oracle, chosen, "traded_cluster"),
    "sector_comparison": sector_comparison,
    "target_countries": target_countries,
    **horizon.BUILDS,
}
