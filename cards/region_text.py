"""What is known in a region, in sentences."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from domain.text import agree, plural

CLUSTERS_OF_TODAY = ("cluster organisation of today", "cluster organisations of today")


def region_sentences(row: Mapping[str, Any], has_horizon_projects: bool) -> list[str]:
    """Organisations, cooperations and projects in a region. row: of table region_register.

    has_horizon_projects: whether the build holds Horizon projects of any region.
    """
    here = "this country" if row["level"] == "country" else "this region"
    parts = [_organisations(row, here), _cooperations(row, here), _projects(row, here)]
    return [sentence for sentence in (*parts, _horizon(row, here) if has_horizon_projects else "") if sentence]


def _organisations(row: Mapping[str, Any], here: str) -> str:
    count, regional = int(row["cluster_count"]), int(row["regional_cluster_count"])
    known = f"{plural(count, *CLUSTERS_OF_TODAY)} {agree(count, 'is', 'are')} recorded in {here}."
    if not count:
        known = f"No {CLUSTERS_OF_TODAY[0]} is recorded in {here}; that does not mean that there is none."
    if regional:
        known += f" {plural(regional, 'regional cluster')} for which no source names an organisation "
        known += f"{agree(regional, 'is', 'are')} recorded too."
    if row["level"] != "country" and (more := int(row["unplaced_cluster_count"])):
        known += (
            f" {plural(more, *CLUSTERS_OF_TODAY)} {agree(more, 'is', 'are')} placed in no region, because the place is "
            "not recorded or not certain, and may be in this one."
        )
    return known


def _cooperations(row: Mapping[str, Any], here: str) -> str:
    count = int(row["cooperation_count"])
    if not count:
        return f"No recorded EU–US cooperation has a party that is known to be of {here}."
    verb = agree(count, "has", "have")
    return f"{plural(count, 'EU–US cooperation')}, whatever the status, intentions included, {verb} a party of {here}."


def _projects(row: Mapping[str, Any], here: str) -> str:
    count = int(row["project_count"])
    if row["side"] == "US" and not count:
        return ""  # ESCP-4i partnerships are of European clusters
    if not count:
        return f"No ESCP-4i partnership has a member that is known to be of {here}."
    return f"{plural(count, 'ESCP-4i partnership')} {agree(count, 'has', 'have')} a member of {here}."


def _horizon(row: Mapping[str, Any], here: str) -> str:
    if row["level"] == "state":
        return "CORDIS names no state: Horizon projects are listed in the profile of the United States only."
    count = 0 if pd.isna(row["horizon_project_count"]) else int(row["horizon_project_count"])
    if count:
        projects = plural(count, "Horizon project with US participation", "Horizon projects with US participation")
        return f"{projects} in this build {agree(count, 'has', 'have')} a participant of {here}."
    if row["level"] == "nuts2":
        return (
            "No participant of a Horizon project in this build carries the NUTS code of this region; where CORDIS "
            "gives no code, only the country of a participant is known."
        )
    return f"No Horizon project with US participation in this build has a participant of {here}."
