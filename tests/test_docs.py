"""What the documents promise is there: commands, links, pictures, columns, pages and terms."""

import importlib.util
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import typer

from domain.pages import PAGES
from etl.__main__ import app as etl_app
from settings import ROOT
from tools.screenshots import SCREENSHOTS

DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    ROOT / "SECURITY.md",
    ROOT / ".github" / "pull_request_template.md",
    ROOT / "data" / "README.md",
    ROOT / "data" / "imports" / "README.md",
    ROOT / "static" / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
MADE_BY_THE_BUILD = {"build_info", "check_results", "field_coverage", "view_sql"}
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
COMMAND = re.compile(r"\b(make|python3? -m)[ ]+([\w.-]+)([^\n`#]*)")


def text_of(path: Path) -> str:
    """The text of a file."""
    return path.read_text(encoding="utf-8")


def name(path: Path) -> str:
    """Path as the reader knows it."""
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def catalogue() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database with the tables of the schema file."""
    with duckdb.connect() as connection:
        connection.execute(text_of(ROOT / "etl" / "sql" / "10_schema.sql"))
        yield connection


# ---------------------------------------------------------------- commands


def commands() -> list[tuple[str, str, str, str]]:
    """(document, program, argument, rest) of every command that a document shows as code."""
    found = []
    for path in DOCUMENTS:
        if path.exists():
            for code in CODE.findall(text_of(path)):
                found += [(name(path), *match.groups()) for match in COMMAND.finditer(code)]
    return found


def make_targets() -> set[str]:
    """Targets of the Makefile."""
    return set(re.findall(r"^([a-z][\w-]*):", text_of(ROOT / "Makefile"), re.MULTILINE))


def test_readme_opens_with_the_two_commands():
    """`make run` and `make test` come before anything else one would have to read."""
    first = CODE.search(text_of(ROOT / "README.md"))
    assert first and [match[2] for match in COMMAND.finditer(first[0])] == ["run", "test"]
    assert len(text_of(ROOT / "README.md")[: first.start()].split()) < 30


def test_every_make_command_is_a_target():
    """A command that a document names works; a target explains itself in `make help`."""
    asked = {(document, target) for document, program, target, _ in commands() if program == "make"}
    assert {target for _, target in asked} >= {"run", "test"}
    assert [pair for pair in sorted(asked) if pair[1] not in make_targets()] == []
    helped = set(re.findall(r"^([a-z][\w-]*):.*##", text_of(ROOT / "Makefile"), re.MULTILINE))
    assert helped == make_targets()


def test_every_etl_command_exists():
    """`python -m etl x --y`: the command and each of its options, as the program itself lists them."""
    group = typer.main.get_command(etl_app)
    asked = [
        (document, rest.split())
        for document, program, module, rest in commands()
        if program != "make" and module == "etl"
    ]
    assert asked
    for document, (command, *options) in asked:
        assert command in group.commands, f"{document}: python -m etl {command}"
        found = group.commands[command]
        # `import cordis` is a command within a command.
        if options and options[0] in getattr(found, "commands", {}):
            found = found.commands[options.pop(0)]
        known = {option for parameter in found.params for option in parameter.opts} | {"--help"}
        assert [o for o in options if o.startswith("--") and o.split("=")[0] not in known] == [], document


def test_every_module_command_exists():
    """`python -m x` for any other x: a module of ours or of the pinned packages."""
    wrong = [
        (document, module)
        for document, program, module, _ in commands()
        if program != "make" and importlib.util.find_spec(module.split(".")[0]) is None
    ]
    assert wrong == []


# ---------------------------------------------------------------- links and pictures


def anchors(path: Path) -> set[str]:
    """Anchors of the headings of a document, as code hosts make them."""
    headings = re.findall(r"^#+ +(.+)$", re.sub(r"```.*?```", "", text_of(path), flags=re.DOTALL), re.MULTILINE)
    letters = [unicodedata.normalize("NFC", heading.strip().lower()) for heading in headings]
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in letters}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_and_pictures_resolve(document):
    """Every relative link leads to a file of the project, and its anchor to a heading."""
    wrong = []
    for target in LINK.findall(re.sub(r"```.*?```", "", text_of(document), flags=re.DOTALL)):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        path = (document.parent / file).resolve() if file else document
        if not path.exists() or (anchor and anchor not in anchors(path)):
            wrong.append(target)
    assert wrong == []


def test_pictures_shown_kept_and_taken_anew_are_the_same():
    """No picture is left over, and `make screenshots` takes each of them."""
    shown = {
        Path(target).stem for path in DOCUMENTS for target in LINK.findall(text_of(path)) if "screenshots/" in target
    }
    kept = {path.stem for path in (ROOT / "docs" / "screenshots").iterdir()}
    assert shown == kept == set(SCREENSHOTS)


def test_no_document_names_a_place_on_one_machine():
    """Paths are relative to the project, or they mean nothing to the reader."""
    private = re.compile(r"(?<![\w.])/(?:home|Users|root|work|tmp)/\w+")
    assert {name(path): private.findall(text_of(path)) for path in DOCUMENTS if private.search(text_of(path))} == {}


# ---------------------------------------------------------------- columns and terms


def documented_columns() -> dict[str, dict[str, str]]:
    """Table to column to meaning, from the headings and rows of data/README.md."""
    tables: dict[str, dict[str, str]] = {}
    current = None
    for line in text_of(ROOT / "data" / "README.md").splitlines():
        if line.startswith("#"):
            current = heading[1] if (heading := re.fullmatch(r"### `?(\w+)`?", line)) else None
        elif current and (row := re.match(r"\| `(\w+)` \|.*\| (.+?) \|$", line)):
            tables.setdefault(current, {})[row[1]] = row[2].replace("\\|", "|")
    return tables


def test_column_dictionary_and_schema_say_the_same(catalogue):
    """Every column of every input file is described, in the words of the schema, and no other column is."""
    schema: dict[str, dict[str, str]] = {}
    for table, column, comment in catalogue.execute(
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
    ).fetchall():
        if table not in MADE_BY_THE_BUILD:
            schema.setdefault(table, {})[column] = comment
    documented = documented_columns()
    assert {t: set(columns) for t, columns in documented.items()} == {t: set(columns) for t, columns in schema.items()}
    differing = [
        f"{t}.{c}"
        for t, columns in schema.items()
        for c, comment in columns.items()
        if not documented[t][c].startswith(comment)
    ]
    assert differing == []


def test_every_table_and_column_has_a_comment(catalogue):
    """The comment is the description that every tool shows."""
    bare = catalogue.execute(
        "SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE NOT internal AND "
        "coalesce(trim(comment), '') = '' "
        "UNION ALL SELECT table_name FROM duckdb_tables() WHERE coalesce(trim(comment), '') = ''"
    ).fetchall()
    assert bare == []


def allowed_values(catalogue) -> dict[str, set[str]]:
    """table.column to the values that its CHECK … IN (…) allows."""
    lists = {}
    for table, expression in catalogue.execute(
        "SELECT table_name, expression FROM duckdb_constraints() WHERE constraint_type = 'CHECK'"
    ).fetchall():
        if match := re.fullmatch(r"\(\"?(\w+)\"? IN \((.+)\)\)", expression):
            lists[f"{table}.{match[1]}"] = set(re.findall(r"'((?:[^']|'')*)'", match[2]))
    return lists


def test_terms_and_checks_are_the_same_lists(catalogue):
    """Every status and every value a CHECK allows is explained in terms.csv, and terms.csv explains nothing else."""
    rows = catalogue.execute(
        "FROM read_csv($1, header = true, all_varchar = true)", [str(ROOT / "data" / "lookups" / "terms.csv")]
    ).fetchall()
    terms: dict[str, set[str]] = {}
    for vocabulary, term, label, definition in rows:
        assert label.strip() and definition.strip(), (vocabulary, term)
        terms.setdefault(vocabulary, set()).add(term)
    statuses = (ROOT / "data" / "lookups" / "cooperation_statuses.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert terms == allowed_values(catalogue) | {"cooperations.status": {line.split(",")[0] for line in statuses}}


# ---------------------------------------------------------------- pages and decisions


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_guide_describes_every_page(page):
    """A heading of its own with something under it, reached from the README, under the title of the menu."""
    title = page.label
    section = re.search(
        rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text_of(ROOT / "docs" / "guide.md"), re.DOTALL | re.MULTILINE
    )
    assert section and len(section[1].split()) >= 10, title
    assert f"[{title}](docs/guide.md#" in text_of(ROOT / "README.md")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_readme_asks_the_question_of_every_page(page):
    """As the page itself asks it."""
    row = re.search(
        rf"^\| \[{re.escape(page.label)}\]\(docs/guide\.md#[\w-]+\) \| (.+) \|$", text_of(ROOT / "README.md"), re.M
    )
    assert row and row[1] == page.question


def test_every_page_file_is_in_the_menu_and_the_other_way_round():
    """File name = address."""
    assert {path.stem for path in (ROOT / "pages").glob("*.py")} - {"__init__"} == {page.name for page in PAGES}


def test_decisions_are_numbered_without_gaps():
    """0001, 0002, … each under a heading with its number."""
    assert [path.name[:5] for path in DECISIONS] == [f"{number:04d}-" for number in range(1, len(DECISIONS) + 1)]
    headings = [re.match(r"# (\d+)\. \w", text_of(path)) for path in DECISIONS]
    assert [heading and int(heading[1]) for heading in headings] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=name)
def test_a_decision_has_date_status_and_alternatives(path):
    """So that one that no longer holds can be told from one that does; the index gives the same status."""
    text = text_of(path)
    status = re.search(
        r"^Status: (accepted|superseded by \[.+\]\(.+\)), (\d{1,2} [A-Z][a-z]+ \d{4})\.", text, re.MULTILINE
    )
    assert status, "write a line such as 'Status: accepted, 22 November 2026.' under the heading"
    assert "considered" in text.lower(), "say which alternatives were considered, and why they were not taken"
    index = text_of(ROOT / "docs" / "decisions" / "README.md")
    row = re.search(
        rf"^\| \[{int(path.name[:4])}\]\({re.escape(path.name)}\) \| .+ \| (\w+).* \|$", index, re.MULTILINE
    )
    assert row, "add the decision to docs/decisions/README.md"
    assert row[1] == status[1].split()[0]
