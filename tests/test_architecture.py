"""Rules of docs/architecture.md that no linter knows: who reads the database, sizes, layout, wording.

Which folder may import which is checked by import-linter (`make check`; contracts in pyproject.toml). It
reads packages, so what the two single modules settings.py and dashboard.py import is tested here.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from settings import ROOT

FOLDERS = "domain etl warehouse partners charts maps cards explorer exports sql_box api ui views pages"
PACKAGES = tuple(FOLDERS.split())
# What the single modules may import of the product.
MODULES: dict[str, set[str]] = {
    "settings": set(),
    "dashboard": {"ui", "etl", "settings"},
    "asgi": {"api", "etl", "settings", "ui"},
}
PRODUCT = (*PACKAGES, *MODULES)
# Tools beside the product.
OUTSIDE = ("tests", "bench", "tools")
LINES = {"dashboard.py": 40, "pages": 60}
MAX_LINES = 300

LAYOUT = """
README.md Makefile requirements.txt LICENSE LICENSE-data .ci/run dashboard.py settings.py
data/README.md data/sources.csv data/citations.csv data/corrections.csv data/checks.toml data/releases
data/lookups/countries.csv data/lookups/sectors.csv static
etl/__main__.py etl/extract.py etl/transform.py etl/load.py etl/checks.py etl/errors.py
etl/sql/10_schema.sql etl/sql/20_views.sql
domain/filters.py domain/record_types domain/pages.py domain/shares.py charts/theme.py maps exports partners views
warehouse/queries.py warehouse/populations.py warehouse/registers.py warehouse/query_cache.py
cards/card.py cards/catalogue.py cards/definition.py cards/definitions ui/frame/shell.py ui/parts/cards.py
pages/overview.py pages/map.py pages/sectors.py pages/projects.py pages/cooperations.py pages/policies.py
pages/events.py pages/partners.py pages/statistics.py pages/horizon.py pages/sources.py
tests/conftest.py tests/unit tests/data tests/app tests/browser tests/test_architecture.py tests/test_docs.py
bench docs/architecture.md docs/decisions
pyproject.toml requirements-dev.txt requirements.lock requirements-dev.lock CONTRIBUTING.md CHANGELOG.md CITATION.cff
SECURITY.md .pre-commit-config.yaml .editorconfig .github/workflows/ci.yml
"""

SQL = re.compile(
    r"\bSELECT\b.+\bFROM\b|\bINSERT INTO\b|\bDELETE FROM\b|\bUPDATE\b.+\bSET\b|\bWITH\b.+\bAS \(", re.DOTALL
)


def part_of(path: Path) -> str:
    """The part of the house a file belongs to: its top folder, or its own name at the top."""
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py")


def sources(*parts: str) -> list[Path]:
    """Python files of these parts, of all parts of the house when none is named."""
    found = [path for part in parts or PRODUCT for path in (ROOT / part).rglob("*.py")]
    return found + [path for part in parts or PRODUCT if (path := ROOT / f"{part}.py").is_file()]


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports_of(tree: ast.AST) -> Iterator[str]:
    """Dotted names that a module imports, wherever in it; relative imports begin with a dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in (
            "import_module",
            "__import__",
        ):
            yield from (a.value for a in node.args[:1] if isinstance(a, ast.Constant))


def name(path: Path) -> str:
    """Path as the reader knows it."""
    return path.relative_to(ROOT).as_posix()


def test_there_is_something_to_test():
    """Every part of the house has code; an empty folder would pass every other test."""
    assert {part_of(path) for path in sources()} == set(PRODUCT)


def test_what_the_single_modules_import():
    """settings.py is the ground of everything; dashboard.py makes the first build and hands over to ui/."""
    wrong = [
        f"{module}.py imports {imported}"
        for module, allowed in MODULES.items()
        for imported in imports_of(tree_of(ROOT / f"{module}.py"))
        if imported.split(".")[0] in {*PRODUCT, *OUTSIDE} - allowed
    ]
    assert wrong == []


def test_one_place_opens_the_database():
    """duckdb.connect is called in etl/, which writes, and in one module of domain/, which attaches read-only."""
    calls = []
    for path in sources():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "duckdb.connect",
                "connect",
                "duckdb.query",
                "duckdb.sql",
            ):
                calls.append((path, node))
    readers = {name(path) for path, _ in calls if part_of(path) != "etl"}
    assert len(readers) == 1 and next(iter(readers)).startswith("domain/"), readers
    for path, node in calls:
        if part_of(path) == "domain":
            assert ast.unparse(node.args[0]) == "':memory:'"
            attached = [text for text in _strings(tree_of(path)) if "ATTACH" in text or "READ_ONLY" in text]
            assert attached == ["ATTACH ", " (READ_ONLY, TYPE duckdb)"]


def _strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_no_sql_in_pages_and_ui():
    """A page asks a question by its name."""
    wrong = [
        (name(path), text[:60])
        for path in sources("pages", "views", "ui", "dashboard", "charts", "cards", "exports")
        for text in _strings(tree_of(path))
        if SQL.search(text)
    ]
    assert wrong == []


def _public_functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def pasted_values(tree: ast.AST) -> list[str]:
    """Values of callers that a function pastes into SQL: in an f-string, by % or by format().

    A population is no value: it is one of the constants of warehouse/populations.py.
    """
    found = []
    for function in _public_functions(tree):
        arguments = {
            a.arg
            for a in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
            if a.annotation is None or ast.unparse(a.annotation) != "Population"
        }
        for node in ast.walk(function):
            words = "".join(_strings(node)) if isinstance(node, (ast.JoinedStr, ast.BinOp, ast.Call)) else ""
            if not re.search(r"\b(SELECT|FROM|WHERE|INSERT)\b", words):
                continue
            if isinstance(node, ast.JoinedStr):
                used = {
                    n.id
                    for part in node.values
                    if isinstance(part, ast.FormattedValue)
                    for n in ast.walk(part.value)
                    if isinstance(n, ast.Name)
                }
                found += [f"{function.name}: {{{value}}}" for value in used & arguments]
            elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
                found.append(f"{function.name}: %")
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
                found.append(f"{function.name}: format()")
    return found


def test_no_value_is_pasted_into_sql():
    """What a caller hands in reaches the database as a parameter only."""
    wrong = {name(path): found for path in sources("warehouse", "explorer") if (found := pasted_values(tree_of(path)))}
    assert wrong == {}


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ("def a(x):\n    return f\"SELECT * FROM t WHERE a = '{x}'\"", True),
        ('def a(filters):\n    return f"SELECT * FROM t WHERE a = {filters.sector}"', True),
        ("def a(x):\n    return \"SELECT * FROM t WHERE a = '%s'\" % x", True),
        ('def a(x):\n    return "SELECT * FROM t WHERE a = {}".format(x)', True),
        ('def a(x):\n    where = clause()\n    return run_query(f"SELECT * FROM t WHERE {where}", {"x": x})', False),
        ('def a(x):\n    return f"rows of {x}"', False),
        ('def a(p: Population):\n    return f"SELECT * FROM {p.from_sql}"', False),
        ('def a(p: Population | str):\n    return f"SELECT * FROM {p}"', True),
    ],
)
def test_the_check_for_pasted_values_sees_them(code, is_found):
    """The check is a heuristic; these are what it knows."""
    assert bool(pasted_values(ast.parse(code))) is is_found


def test_populations_are_constants():
    """Their SQL is written in warehouse/populations.py and nowhere else, as plain text."""
    made = [
        (name(path), node)
        for path in sources()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Population"
    ]
    assert {path for path, _ in made} == {"warehouse/populations.py"}
    arguments = [part for _, node in made for part in (*node.args, *(keyword.value for keyword in node.keywords))]
    assert arguments
    assert {ast.unparse(part) for part in arguments if not isinstance(part, ast.Constant)} == {"record_type.table"}


def _everything() -> list[Path]:
    return sources() + sources(*OUTSIDE)


def test_small_modules():
    """Modules under 300 lines, pages at most 60, dashboard.py at most 40: tests included."""
    wrong = []
    for path in _everything():
        limit = LINES.get(name(path), LINES.get(part_of(path), MAX_LINES - 1))
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > limit:
            wrong.append(f"{name(path)}: {lines} lines, at most {limit}")
    assert wrong == []


def test_no_drawer_for_everything():
    """No module named for nothing in particular."""
    names = {"utils.py", "util.py", "helpers.py", "helper.py", "misc.py", "common.py"}
    assert [name(path) for path in _everything() if path.name in names] == []


def test_every_module_says_what_it_is_for():
    """A docstring at the top of every module, package markers included when they hold code."""
    wrong = []
    for path in _everything():
        tree = tree_of(path)
        if tree.body and ast.get_docstring(tree) is None:
            wrong.append(name(path))
    assert wrong == []


def test_no_stub_is_left():
    """No placeholder, no note to do something later, no exception swallowed."""
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b|NotImplemented" + "Error")
    wrong = []
    for path in _everything():
        if marks.search(path.read_text(encoding="utf-8")):
            wrong.append(name(path))
        for node in ast.walk(tree_of(path)):
            catches_all = isinstance(node, ast.ExceptHandler) and (
                node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")
            )
            if catches_all and all(isinstance(part, ast.Pass) for part in node.body):
                wrong.append(f"{name(path)} line {node.lineno}: an exception is swallowed")
    assert wrong == []


def test_no_browser_test_waits_a_fixed_time():
    """A fixed time is too short on a busy machine and too long on a quiet one; wait for a condition instead."""
    wrong = [
        f"{name(path)} line {node.lineno}"
        for path in sources("tests")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr == "wait_for_timeout"
    ]
    assert wrong == []


@pytest.mark.parametrize("path", LAYOUT.split())
def test_the_layout_that_was_agreed(path):
    """Folders and files by the names that other tools and readers know."""
    assert (ROOT / path).exists()


def test_logging_is_configured_in_one_place():
    """Modules take a logger; only the command line sets up logging."""
    wrong = [
        name(path)
        for path in sources()
        if "basicConfig" in path.read_text(encoding="utf-8") and name(path) != "etl/__main__.py"
    ]
    assert wrong == []
