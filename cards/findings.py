"""Titles that state what the rows say, and say less when the rows say little."""

import pandas as pd

from domain.shares import Share, leader, names, plural

WHY_NOT_ALL = (
    "**Why not 18 of 18?** Table 1 lists only partnerships that target the USA, so every one of its rows does: a rate of it would be "
    "100 % by construction. The population has to come from elsewhere, and the printed 47.37 % is the answer to another question: "
    "which country is the *top* target, asked in a survey whose number of answers is not printed."
)


def usa_share(readings: pd.DataFrame) -> str:
    """'At least 18 of 25 first-generation partnerships list the USA'."""
    row = readings.set_index("measure_id").loc["gen1-listed-of-final"]
    share = Share(int(row["numerator"]), int(row["denominator"]), "first-generation partnerships")
    return f"At least {share} list the USA as a target"


def generations(frame: pd.DataFrame) -> str:
    """'Known here: 22 of 25 partnerships of generation 1, 18 of 23 of generation 2'."""
    parts = [
        f"{row.known_count} of {int(row.total_count)} of generation {row.generation}"
        for row in frame.itertuples()
        if pd.notna(row.total_count)
    ]
    return "Partnerships known here: " + ", ".join(parts)


def co_targets(pairs: pd.DataFrame) -> str:
    """The country most often listed beside the USA."""
    others = pairs[pairs["country_code"] != "US"]
    counts = others.groupby("country").size().rename("projects").reset_index()
    first = leader(counts, "country", "projects")
    total = pairs["project_id"].nunique()
    return (
        f"{first[0]} is listed beside the USA by {Share(first[1], total, 'partnerships')}"
        if first
        else "Targets listed beside the USA"
    )


def comparison(counts: pd.DataFrame) -> str:
    """The sector with the most cluster organisations of those compared."""
    both = counts.assign(total=counts["eu_organisations"] + counts["us_organisations"])
    first = leader(both, "sector", "total")
    return (
        f"Of the {len(counts)} compared, {first[0]} has the most cluster organisations known here: {first[1]}"
        if first
        else f"Cluster organisations of {len(counts)} sectors compared"
    )


def targets(pairs: pd.DataFrame, sector: str) -> str:
    """The country that most projects of a sector list as a target."""
    counts = pairs.groupby("country").size().rename("projects").reset_index()
    first = leader(counts, "country", "projects")
    return (
        f"{first[0]} is listed as a target by {Share(first[1], pairs['project_id'].nunique(), 'projects')} of {sector}"
        if first
        else f"Target countries of the projects of {sector}"
    )


def sectors(counts: pd.DataFrame, scheme_words: str, chosen: tuple[str, ...] = (), total: int = 0) -> str:
    """The sector with the most cluster organisations on both sides together; beside those ``chosen`` by the filter, of ``total``."""
    others = counts[~counts["sector_id"].isin(chosen)]
    both = others.assign(total=others["eu_organisations"] + others["us_organisations"])
    first = leader(both, "sector", "total")
    if len(others) < len(counts):
        own = names(list(counts.loc[counts["sector_id"].isin(chosen), "sector"]))
        if not first:
            return f"{own}: {plural(total, 'cluster organisation')} known here, EU and USA"
        return f"Beside {own}, these {plural(total, 'organisation')} are most often in {first[0]}: {first[1]}"
    return (
        f"{first[0]} has the most cluster organisations known here: {first[1]}"
        if first
        else f"Cluster organisations by {scheme_words}"
    )


def statuses(cooperations: pd.DataFrame) -> str:
    """How many links are signed or renewed, of all recorded."""
    if cooperations.empty:
        return "Cooperations by status"
    signed = int(cooperations["status"].isin(["signed", "renewed"]).sum())
    return f"{Share(signed, len(cooperations), 'recorded links')} are signed or renewed"


def events(frame: pd.DataFrame) -> str:
    """How many events, and how many of them are dated to the day."""
    to_the_day = int((frame["date_precision"] == "day").sum())
    return f"{plural(len(frame), 'event')}, {to_the_day} of them dated to the day"


def policy_kinds(counts: pd.DataFrame) -> str:
    """The most frequent kind of instrument; ``counts`` has kind and count."""
    total = int(counts["count"].sum())
    first = leader(counts, "kind", "count")
    return (
        f"{first[0]} is the most frequent kind of policy instrument: {first[1]} of {total}"
        if first
        else f"{plural(total, 'policy instrument')} by kind"
    )


def policies(frame: pd.DataFrame) -> str:
    """How many instruments, and how many of both sides together."""
    joint = int((frame["side"] == "BOTH").sum())
    return f"{plural(len(frame), 'policy instrument')}, {joint} of them shared by both sides"


def organisations(frame: pd.DataFrame) -> str:
    """How many organisations on each side, and how many have a point."""
    placed = int((frame["location_precision"] == "city").sum())
    sides = frame["side"].value_counts()
    return (
        f"{plural(len(frame), 'organisation')}: {sides.get('EU', 0)} EU, {sides.get('US', 0)} USA, "
        f"{sides.get('OTHER', 0)} other; {placed} with a point on the map"
    )


def links_on_map(links: pd.DataFrame) -> str:
    """How many links are drawn between two named organisations, and how many of them are signed or renewed."""
    once = links.drop_duplicates("cooperation_id")
    if once.empty:
        return "No link between two named organisations with a known city"
    signed = int(once["status"].isin(["signed", "renewed"]).sum())
    return f"{plural(len(once), 'link')} between organisations on the map, {signed} signed or renewed"


def one_side(frame: pd.DataFrame, side: str) -> str:
    """How many cluster organisations of one side are known here, and how many of them to the city."""
    own = frame[frame["side"] == side]
    placed = int((own["location_precision"] == "city").sum())
    name = {"EU": "European", "US": "American"}[side]
    return f"{plural(len(own), f'{name} cluster organisation')} known here, {placed} of them to the city"


def without_point(frame: pd.DataFrame) -> str:
    """How many of the organisations have no point, and why."""
    count = int((frame["location_precision"] != "city").sum())
    return f"{count} of {len(frame)} have no point: their place is known to the region or country only, or not at all."
