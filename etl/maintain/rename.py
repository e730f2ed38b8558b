"""Giving a record another id or another name: what is asked, and how references and the old name are kept."""

from domain.record_types import RECORD_TYPES
from etl.errors import EtlError
from etl.maintain.facts import Citation, Facts
from etl.maintain.find import ALIASES, AnswerError, find_record
from etl.maintain.known import keep_apart, kept_apart_question, similar_organisations
from etl.maintain.links import mentions_in_rules, rename_key
from etl.maintain.questions import Answers, Question
from etl.maintain.sources import citation_questions, citations, names_a_seed, new_id


def questions() -> list[Question]:
    """The record, and its new id, its new name or both."""
    return [
        Question(
            name="record",
            text="Record by id or name; TABLE/ID where several tables have one",
            needed=True,
            is_argument=True,
            read=read_record,
        ),
        Question(name="to", text="New id; blank to keep it", read=_read_new_id),
        Question(name="name", text="New name as a source prints it; blank to keep it"),
        *citation_questions(_needs_no_source),
        kept_apart_question(_similar),
    ]


def rename(facts: Facts, answers: Answers) -> str:
    """Rename a record and return its id. Raises EtlError when nothing is to change."""
    table, record_id = split(answers["record"])
    if answers["name"]:
        _rename(facts, table, record_id, answers)
    elif not answers["to"]:
        raise EtlError("Nothing is to change: name a new id with --to, a new name with --name, or both.")
    if answers["to"]:
        refuse_ids_of_rules(facts, record_id)
        rename_key(facts, table, record_id, answers["to"])
    return str(answers["to"] or record_id)


def read_record(text: str, facts: Facts, _answers: Answers) -> str:
    """TABLE/ID of the record that is meant by an id or a name. Raises AnswerError when none or several can be."""
    tables = [table for table in RECORD_TYPES if table in facts.sheets]
    named, slash, rest = text.partition("/")
    if slash and named in tables:
        return f"{named}/{find_record(facts, named, rest)}"
    found = [f"{table}/{text}" for table in tables if facts.record(table, text) is not None]
    problems = []
    for table in tables if not found else []:
        try:
            found.append(f"{table}/{find_record(facts, table, text)}")
        except AnswerError as error:
            problems.append(str(error))
    if len(found) > 1:
        raise AnswerError(f"'{text}' may be any of {', '.join(found)}. Write one of these.")
    if not found:
        raise AnswerError(problems[0])
    return found[0]


def split(answer: str) -> tuple[str, str]:
    """Table and id of a record as ``read_record`` gives it."""
    table, _, record_id = answer.partition("/")
    return table, record_id


def refuse_ids_of_rules(facts: Facts, record_id: str) -> None:
    """Raise EtlError when a check or a view names the id, because no command changes those."""
    if mentions := mentions_in_rules(facts, record_id):
        raise EtlError(f"{record_id} is named in {', '.join(mentions)}. Change it there first.")


def name_column(facts: Facts, table: str) -> str:
    """The column that holds the name of a table's records. Raises AnswerError when it has none."""
    columns = facts.schema.tables[table].column_names
    column = next((name for name in ("name", "title") if name in columns), None)
    if column is None:
        raise AnswerError(f"Records of {table} have no name.")
    return column


def _rename(facts: Facts, table: str, record_id: str, answers: Answers) -> None:
    column, new = name_column(facts, table), answers["name"]
    old = (facts.record(table, record_id) or {})[column]
    if new == old:
        raise EtlError(f"The name of {record_id} is '{old}' already.")
    cited = _sources_of_name(facts, table, record_id, answers)
    facts.drop_citations(table, record_id, column)
    facts.change(table, record_id, **{column: new})
    facts.cite(table, record_id, cited, column)
    if table in ALIASES:
        aliases = ALIASES[table]
        key = facts.schema.tables[aliases].key[0]
        if facts.record(aliases, f"{record_id}|{new}") is not None:
            facts.drop(aliases, f"{record_id}|{new}")
            facts.drop_citations(aliases, f"{record_id}|{new}")
        if facts.record(aliases, f"{record_id}|{old}") is None:
            facts.add_cited(aliases, facts.citations_of(table, record_id), **{key: record_id, "alias": old})
    if table == "organisations":
        if names_a_seed(facts, cited):
            facts.change(table, record_id, named_in_seeds="true")
        keep_apart(facts, record_id, new, _similar(facts, answers), answers["kept_apart"])


def _sources_of_name(facts: Facts, table: str, record_id: str, answers: Answers) -> list[Citation]:
    """What states the new name: the sources of an alias that becomes the name, else those that are given."""
    known = facts.citations_of(ALIASES[table], f"{record_id}|{answers['name']}") if table in ALIASES else []
    return known + (citations(facts, answers) if answers["source"] else [])


def _needs_no_source(facts: Facts, answers: Answers) -> str:
    if not answers["name"] or not answers["record"]:
        return "no new name is given"
    table, record_id = split(answers["record"])
    if answers["name"] in (facts.record(table, record_id) or {}).values():
        return "that is its name already"
    if table in ALIASES and facts.record(ALIASES[table], f"{record_id}|{answers['name']}") is not None:
        return "the new name is another name of the record already, with its source"
    return ""


def _similar(facts: Facts, answers: Answers) -> dict[str, str]:
    table, record_id = split(answers["record"])
    if table != "organisations" or not answers["name"]:
        return {}
    own = [row["country_code"] for row in facts.rows("organisation_countries") if row["organisation_id"] == record_id]
    return similar_organisations(facts, [answers["name"]], own, record_id)


def _read_new_id(text: str, facts: Facts, answers: Answers) -> str:
    return new_id(split(answers["record"])[0])(text, facts, answers) if answers["record"] else text
