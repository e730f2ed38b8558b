"""Telling that an organisation has come to an end: what is asked, and the rows that the answers become."""

from etl.maintain.facts import Facts
from etl.maintain.fields import UNDATED
from etl.maintain.find import AnswerError, find_record
from etl.maintain.periods import read_period
from etl.maintain.questions import Answers, Question
from etl.maintain.sources import citation_questions, citations, names_a_seed, read_day

_MERGED = "merged"


def questions() -> list[Question]:
    """The organisation, how and when it ended, and the source of that."""

    def bounded(_facts: Facts, answers: Answers) -> str:
        if not answers["date"]:
            return "no date is stated"
        return "the date says it" if read_period(answers["date"]) else ""

    return [
        Question(
            name="organisation",
            text="Organisation by id or name",
            needed=True,
            is_argument=True,
            read=_read_organisation,
        ),
        Question(name="how", text="How it ended", needed=True, column=("organisation_ends", "how")),
        Question(
            name="successor",
            text="Organisation that continues it; add a new one first",
            needed=True,
            skip=lambda _f, a: "" if a["how"] == _MERGED else "only a merged organisation has a successor",
            read=lambda text, facts, _a: find_record(facts, "organisations", text),
        ),
        Question(name="date", text="Date of the end as the source states it; blank when it states none"),
        Question(
            name="date_precision",
            text=f"How precise that date is; {UNDATED} when it cannot be placed in a year",
            needed=True,
            column=("organisation_ends", "date_precision"),
            skip=bounded,
        ),
        Question(
            name="ended_on",
            text="Last day of the stated period in which it ended",
            needed=True,
            skip=lambda facts, a: (
                bounded(facts, a) or ("the date is undated" if a["date_precision"] == UNDATED else "")
            ),
            read=read_day,
        ),
        *citation_questions(),
    ]


def retire(facts: Facts, answers: Answers) -> str:
    """Add the rows of the end of an organisation. Returns its id."""
    organisation_id, period = str(answers["organisation"]), read_period(answers["date"]) if answers["date"] else None
    cited = citations(facts, answers)
    facts.add_cited(
        "organisation_ends",
        cited,
        organisation_id=organisation_id,
        how=answers["how"],
        date_stated=answers["date"],
        ended_on=period.end.isoformat() if period else answers["ended_on"],
        date_precision=period.precision if period else answers["date_precision"] or UNDATED,
    )
    if answers["successor"]:
        facts.change("organisations", organisation_id, successor_id=answers["successor"])
        facts.cite("organisations", organisation_id, cited, "successor_id")
        if names_a_seed(facts, cited):
            facts.change("organisations", organisation_id, named_in_seeds="true")
    return organisation_id


def _read_organisation(text: str, facts: Facts, _answers: Answers) -> str:
    organisation_id = find_record(facts, "organisations", text)
    if end := facts.record("organisation_ends", organisation_id):
        raise AnswerError(f"{organisation_id} has ended already: {end['how']}, {end['date_stated'] or UNDATED}.")
    return organisation_id
