"""Recording what has become of the page of a source: what is asked, and the row that the answers become."""

from datetime import date

from etl.maintain.facts import Facts
from etl.maintain.find import AnswerError, find_source
from etl.maintain.questions import Answers, Question
from etl.maintain.sources import read_address, read_day

_TABLE = "source_states"


def questions() -> list[Question]:
    """The source, what its address gives, on which day, and where a copy is."""
    return [
        Question(
            name="source",
            text="Source by id, URL or title",
            needed=True,
            is_argument=True,
            read=_read_known_source,
        ),
        Question(name="state", text="What the address gives", needed=True, column=(_TABLE, "state")),
        Question(
            name="seen_on",
            text="Day on which it was looked at",
            needed=True,
            default=lambda _f, _a: date.today().isoformat(),
            read=read_day,
        ),
        Question(
            name="archive_url",
            text="URL of a copy in a public archive, if there is one",
            default=_known_copy,
            read=read_address,
        ),
    ]


def record_state(facts: Facts, answers: Answers) -> str:
    """Add or replace the row of a source. Returns the id of the source."""
    source_id = str(answers["source"])
    cells = {column: answers[column] for column in ("state", "seen_on", "archive_url")}
    if facts.record(_TABLE, source_id) is None:
        facts.add(_TABLE, source_id=source_id, **cells)
    else:
        facts.change(_TABLE, source_id, **cells)
    return source_id


def _known_copy(facts: Facts, answers: Answers) -> str:
    return (facts.record(_TABLE, answers["source"]) or {}).get("archive_url", "")


def _read_known_source(text: str, facts: Facts, _answers: Answers) -> str:
    source_id = find_source(facts, text)
    if source_id is None:
        raise AnswerError(f"'{text}' is no known source. Write its id, its URL or its title.")
    return source_id
