"""Sources and citations: what is asked about a source, and the rows of one that is not known yet."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from etl.maintain import ids
from etl.maintain.facts import Citation, Facts
from etl.maintain.find import AnswerError, find_record, find_source, is_address
from etl.maintain.periods import read_period
from etl.maintain.questions import Answers, Entry, Question, always_asked

Skip = Callable[[Facts, Answers], str]
# owner_kind -> table of the owners, apart from authorities, which have no records.
_OWNERS = {"organisation": "organisations", "project": "projects", "event": "events"}
ITSELF = "itself"
_SEED = "seed"
_PRECISIONS = ("day", "month", "year")


def citation_questions(skip: Skip = always_asked) -> list[Question]:
    """The source of a new fact, with everything about it when it is new, and the place in it.

    ``skip``: why the fact needs none, as Question.skip.
    """

    def unless_cited(facts: Facts, answers: Answers) -> str:
        return skip(facts, answers) or ("" if answers["source"] else "no source is named")

    return [
        Question(name="source", text="Source: id, URL or title", needed=True, skip=skip, read=_read_source),
        *_about_the_source("source_", _known_or_blank),
        Question(
            name="locator",
            text="Place in the source: section, paragraph, table row or heading",
            needed=True,
            skip=unless_cited,
        ),
        Question(
            name="also_cited",
            text="Further known sources that say the same",
            parts=("source", "locator"),
            skip=unless_cited,
            read=_read_citation,
        ),
    ]


def questions() -> list[Question]:
    """Everything about a source."""
    return [
        Question(name="url", text="URL of the page", read=_read_new_url),
        Question(
            name="url_missing",
            text="Why it has no URL",
            needed=True,
            column=("missing_values", "reason"),
            default=lambda _f, _a: "not available",
            skip=lambda _f, a: "it has a URL" if a["url"] else "",
        ),
        *_about_the_source("", always_asked),
    ]


def _about_the_source(prefix: str, skip: Skip) -> list[Question]:
    def unless(name: str, value: str, reason: str) -> Skip:
        return lambda facts, a: skip(facts, a) or ("" if (a[name] == value) else reason)

    def proposed_id(facts: Facts, answers: Answers) -> str:
        return ids.source_id(facts, address(answers), answers[prefix + "title"])

    def address(answers: Answers) -> str:
        return str(answers["source" if prefix else "url"])

    return [
        Question(name=prefix + "title", text="Title of the source, as printed", needed=True, skip=skip),
        Question(name=prefix + "publisher", text="Who publishes it", needed=True, skip=skip),
        Question(
            name=prefix + "type",
            text="Kind of document",
            needed=True,
            column=("sources", "document_type"),
            default=lambda _f, _a: "web page",
            skip=skip,
        ),
        Question(
            name=prefix + "published",
            text="Day, month or year of publication; blank when it is undated",
            skip=skip,
            read=_read_published,
        ),
        Question(
            name=prefix + "reliability",
            text="Reliability: official for the own page of a body, else secondary",
            needed=True,
            column=("sources", "reliability"),
            default=lambda _f, _a: "secondary",
            skip=skip,
        ),
        Question(
            name=prefix + "owner",
            text=f"Whose own page it is: an organisation, project or event ('{ITSELF}' for the new record), "
            "or authority=NAME",
            parts=("owner", "authority"),
            needed=True,
            skip=unless(prefix + "reliability", "official", "only an official source has an owner"),
            read=_read_owner,
        ),
        Question(
            name=prefix + "licence",
            text="Licence as far as the source states it",
            needed=True,
            default=lambda _f, _a: "not stated",
            skip=skip,
        ),
        Question(
            name=prefix + "accessed",
            text="Day on which it was read",
            needed=True,
            default=lambda _f, _a: date.today().isoformat(),
            skip=skip,
            read=read_day,
        ),
        Question(
            name=prefix + "archive_url",
            text="URL of a copy in a public archive, if there is one",
            skip=skip,
            read=read_address,
        ),
        Question(
            name=prefix + "id",
            text="Id of the source",
            needed=True,
            default=proposed_id,
            skip=skip,
            read=new_id("sources"),
        ),
    ]


def new_id(table: str) -> Callable[[str, Facts, Answers], str]:
    """A reader of an id that no record of the table has yet."""

    def read(text: str, facts: Facts, _answers: Answers) -> str:
        if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", text):
            raise AnswerError(f"'{text}' is not an id. Write lower-case letters and digits joined by single hyphens.")
        if facts.record(table, text) is not None:
            raise AnswerError(f"'{text}' is taken. Write another one.")
        return text

    return read


def citations(facts: Facts, answers: Answers, itself: tuple[str, str] | None = None) -> list[Citation]:
    """The citations of a new fact. A source that is not known yet is added, with its owners.

    ``itself``: owner_kind and id of the new record, where it can own a source.
    """
    known = find_source(facts, answers["source"])
    source_id = known or add_source(facts, answers, "source_", answers["source"], itself)
    own = Citation(source_id, answers["locator"])
    return [own, *(Citation(entry["source"], entry["locator"]) for entry in answers["also_cited"])]


def names_a_seed(facts: Facts, citations: Iterable[Citation]) -> bool:
    """Whether one of the citations is of a seed document."""
    return any((facts.record("sources", c.source_id) or {})["reliability"] == _SEED for c in citations)


def add_source(facts: Facts, answers: Answers, prefix: str, url: str, itself: tuple[str, str] | None = None) -> str:
    """Add the rows of a new source and return its id. Raises AnswerError when the new record cannot be its owner."""
    about = {name.removeprefix(prefix): value for name, value in answers.items() if name.startswith(prefix)}
    period = read_period(about["published"]) if about["published"] else None
    source_id = facts.add(
        "sources",
        source_id=about["id"],
        title=about["title"],
        publisher=about["publisher"],
        document_type=about["type"],
        published_on=period.start.isoformat() if period else "",
        published_precision=period.precision if period else "undated",
        url=url,
        accessed_on=about["accessed"],
        licence=about["licence"],
        reliability=about["reliability"],
    )
    for owner in about["owner"]:
        if owner["kind"] == ITSELF and itself is None:
            raise AnswerError(f"{prefix}owner: only a new organisation or event can be the owner itself. Write an id.")
        kind, owner_id = itself if owner["kind"] == ITSELF and itself else (owner["kind"], owner["id"])
        facts.add("source_owners", source_id=source_id, owner_kind=kind, owner_id=owner_id)
    if not url:
        facts.missing("sources", source_id, "url", about["url_missing"])
    if about["archive_url"]:
        state = {"state": "answers", "seen_on": about["accessed"], "archive_url": about["archive_url"]}
        facts.add("source_states", source_id=source_id, **state)
    return source_id


def _known_or_blank(facts: Facts, answers: Answers) -> str:
    if not answers["source"]:
        return "no source is named"
    known = find_source(facts, answers["source"])
    return f"the source is known as {known}" if known else ""


def _read_source(text: str, facts: Facts, _answers: Answers) -> str:
    known = find_source(facts, text)
    if known is None and not is_address(text):
        raise AnswerError(
            f"'{text}' is no known source. Write the id or title of one, or the full URL of a new one; a source "
            "without a URL is added by itself: python -m etl add source."
        )
    return known or text


def _read_new_url(text: str, facts: Facts, _answers: Answers) -> str:
    if known := find_source(facts, text):
        raise AnswerError(f"The page is known already, as the source {known}.")
    return read_address(text, facts, _answers)


def read_address(text: str, _facts: Facts, _answers: Answers) -> str:
    """A full address. Raises AnswerError."""
    if not is_address(text):
        raise AnswerError(f"'{text}' is no full address. Write it with https://.")
    return text


def _read_citation(entry: Entry, facts: Facts, _answers: Answers) -> Entry:
    source = find_source(facts, entry.get("source", ""))
    if source is None:
        raise AnswerError(f"'{entry.get('source', '')}' is no known source. Add it first: python -m etl add source.")
    if not entry.get("locator"):
        raise AnswerError(f"The place in {source} is missing: SOURCE; locator=PLACE.")
    return {"source": source, "locator": entry["locator"]}


def _read_owner(entry: Entry, facts: Facts, _answers: Answers) -> dict[str, Any]:
    if "authority" in entry:
        return {"kind": "authority", "id": entry["authority"]}
    text = entry["owner"]
    if text == ITSELF:
        return {"kind": ITSELF, "id": ""}
    problems = []
    for kind, table in _OWNERS.items():
        try:
            return {"kind": kind, "id": find_record(facts, table, text)}
        except AnswerError as error:
            problems.append(str(error))
    raise AnswerError(problems[0])


def _read_published(text: str, _facts: Facts, _answers: Answers) -> str:
    period = read_period(text)
    if (
        period is None
        or period.precision not in _PRECISIONS
        or (period.precision == "day" and period.start < period.end)
    ):
        raise AnswerError(f"'{text}' is no day, month or year. Write it like 29 June 2023, June 2023 or 2023.")
    return text


def read_day(text: str, _facts: Facts, _answers: Answers) -> str:
    """A day as YYYY-MM-DD. Raises AnswerError."""
    period = read_period(text)
    if period is None or period.precision != "day" or period.start != period.end:
        raise AnswerError(f"'{text}' is no day. Write it like 2026-11-27.")
    return period.start.isoformat()
