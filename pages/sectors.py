"""What happens in my sector?"""

import streamlit as st

from charts.bars import side_bars
from ui.cached import ask, vocabulary
from ui.citations import Evidence
from ui.panels import Card, chart_card, empty_state
from ui.sector_section import choose_sector, sector_section
from ui.shell import current_filters, page_header
from ui.state import url_choice
from warehouse import findings, queries

filters = current_filters()
page_header("sectors", filters, "Years do not apply to organisations.")

scheme = url_choice("scheme", {"theme": "Themes", "traded_cluster": "Traded clusters"}, "Scheme")
words = "theme" if scheme == "theme" else "traded cluster"
counts = ask(queries.sector_counts, filters, scheme)
filled = counts[counts["eu_organisations"] + counts["us_organisations"] > 0]
if filled.empty:
    empty_state(lambda other: ask(queries.organisations, other), filters, "cluster organisations")
else:
    organisations = ask(queries.organisations, filters)
    chart_card(Card(
        "sectors", findings.sectors(counts, words), f"Cluster organisations known here by {words}, EU and USA; an organisation with several "
        f"counts once in each; {len(counts) - len(filled)} have none", side_bars(
            filled, label="sector", eu="eu_organisations", us="us_organisations", unit="cluster organisations"),
        counts, {"sector": words.capitalize(), "eu_organisations": "EU organisations", "us_organisations": "US organisations",
                 "projects": "Projects", "cooperations": "Links", "events": "Events", "policies": "Policies"},
        Evidence("organisations", tuple(organisations["organisation_id"])),
        "Rows of each register whose sectors include the one named (views sector_closure and sector_lists); a theme includes its "
        "sub-sectors and linked traded clusters. Most assignments of organisations are ours, shown as assigned. The number of "
        "organisations reflects our sources, not the size of the sector.",
    ))

if filters.sectors:
    for sector_id in filters.sectors:
        sector_section(sector_id, vocabulary().sectors[sector_id], filters)
else:
    choose_sector(filters)
