"""Records whose value for a filter is unknown, read from the files: not recorded, and not "not applicable" either."""

from collections.abc import Callable

Facts = Callable[[str], list[dict[str, str]]]


def not_applicable(facts: Facts, table: str, field: str) -> set[str]:
    """Ids of the records of a table for which a value makes no sense."""
    typed = ("table_name", "field", "reason")
    return {
        row["record_id"]
        for row in facts("missing_values")
        if tuple(row[name] for name in typed) == (table, field, "not applicable")
    }


def events_of_unknown_country(facts: Facts) -> set[str]:
    """Events without a country; one on the internet has none that could be known."""
    places = facts("event_places")
    placed = {row["event_id"] for row in places if row["country_code"]}
    nowhere = not_applicable(facts, "event_places", "country_code")
    virtual = {row["event_id"] for row in places} - {
        row["event_id"] for row in places if f"{row['event_id']}|{row['sequence']}" not in nowhere
    }
    return {row["event_id"] for row in facts("events")} - placed - virtual


KINDS_OF_PAGE = {"page", "pages of the site", "project page", "article", "news item", "post", "blog post"}
KINDS_OF_PAGE |= {"press release", "profile", "document"}


def place_told(locator: str) -> str:
    """A locator of citations.csv as readers see it: one that is only a kind of page says so."""
    return f"{locator}, place in it not recorded" if locator in KINDS_OF_PAGE else locator
