"""Adding another name of an organisation or project: what is asked, and the rows that the answers become."""

from etl.maintain.facts import Facts
from etl.maintain.find import ALIASES, AnswerError, find_record
from etl.maintain.known import keep_apart, kept_apart_question, similar_organisations
from etl.maintain.questions import Answers, Question
from etl.maintain.sources import citation_questions, citations


def questions() -> list[Question]:
    """Everything about another name."""
    return [
        Question(name="of", text="Organisation or project, by id or name", needed=True, read=_read_owner),
        Question(name="alias", text="The other name as the source prints it", needed=True, read=_read_alias),
        *citation_questions(),
        kept_apart_question(_similar),
    ]


def add(facts: Facts, answers: Answers) -> str:
    """Add the rows of another name. Returns the id of its record."""
    table, record_id = _split(answers["of"])
    cited = citations(facts, answers)
    similar = _similar(facts, answers)
    key = facts.schema.tables[table].key[0]
    facts.add_cited(ALIASES[table], cited, **{key: record_id, "alias": answers["alias"]})
    if similar:
        keep_apart(facts, record_id, answers["alias"], similar, answers["kept_apart"])
    return record_id


def _split(answer: str) -> tuple[str, str]:
    table, _, record_id = answer.partition("/")
    return table, record_id


def _read_owner(text: str, facts: Facts, _answers: Answers) -> str:
    problems = []
    for table in ALIASES:
        try:
            return f"{table}/{find_record(facts, table, text)}"
        except AnswerError as error:
            problems.append(str(error))
    raise AnswerError(problems[0])


def _read_alias(text: str, facts: Facts, answers: Answers) -> str:
    if not answers["of"]:
        return text
    table, record_id = _split(answers["of"])
    record = facts.record(table, record_id) or {}
    known = [row["alias"] for row in facts.rows(ALIASES[table]) if row[facts.schema.tables[table].key[0]] == record_id]
    if text in (record["name"], *known):
        raise AnswerError(f"'{text}' is a name of {record_id} already.")
    return text


def _similar(facts: Facts, answers: Answers) -> dict[str, str]:
    table, record_id = _split(answers["of"])
    if table != "organisations":
        return {}
    own = [row["country_code"] for row in facts.rows("organisation_countries") if row["organisation_id"] == record_id]
    return similar_organisations(facts, [answers["alias"]], own, record_id)
