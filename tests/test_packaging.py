"""Requirements: declared once in pyproject.toml, locked, installed, and complete for what the code imports."""

import ast
import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from domain import product
from settings import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PRODUCT = (
    *("domain", "etl", "warehouse", "partners", "charts", "maps", "cards", "explorer", "exports", "sql_box"),
    *("api", "ui", "views", "pages", "settings", "dashboard", "asgi"),
)
DEVELOPMENT = ("tests", "tools", "bench")
GIVEN_SIX = {"streamlit", "pandas", "plotly", "pydeck", "duckdb", "pytest"}
# Declared and never imported: these are run as commands or loaded by other packages.
NOT_IMPORTED = {
    "pytest-xdist": "plugin of pytest: --numprocesses",
    "ruff": "command of make check",
    "mypy": "command of make check",
    "pandas-stubs": "read by mypy",
    "types-shapely": "read by mypy",
    "import-linter": "command of make check",
    "pre-commit": "runs the checks before a commit",
    "uv": "command of make lock",
    "cyclonedx-bom": "command of make sbom",
    "pip-audit": "command of make audit",
}
HOW_TO_DECLARE = (
    "Declare packages in pyproject.toml: what the app imports under [project] dependencies, what only tests and tools "
    "need in the group dev. Then run `make lock`, which writes requirements*.txt and both lock files."
)


def normalised(name: str) -> str:
    """Name of a package as package indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lines: list[str]) -> dict[str, str]:
    """Package to version of lines such as `streamlit[performance]==1.67.0`; other lines fail."""
    found = {}
    for line in lines:
        match = re.fullmatch(r"([A-Za-z0-9._-]+)(?:\[[\w,]+\])?==(\d+(?:\.\d+)+)", line)
        assert match, f"{line!r} is not an exact version. Write it like pandas==3.1.1."
        found[normalised(match[1])] = match[2]
    return found


def group(name: str) -> list[str]:
    """Requirements that a dependency group names itself, without those of included groups."""
    return [entry for entry in PROJECT["dependency-groups"][name] if isinstance(entry, str)]


def requirement_lines(file: str) -> list[str]:
    """Lines of a requirements file without comments and blank lines."""
    lines = (line.strip() for line in (ROOT / file).read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def locked(file: str) -> dict[str, tuple[str, int]]:
    """Package to version and number of hashes of a lock file."""
    found: dict[str, tuple[str, int]] = {}
    for entry in (ROOT / file).read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if entry and not entry.startswith("#"):
            match = re.match(r"([a-z0-9-]+)==([\w.!+]+)(?: ; [^\\]*?)?\s+--hash=", entry)
            assert match, f"{file}: {entry[:80]}"
            found[match[1]] = match[2], entry.count("--hash=sha256:")
    return found


APP = pins([*PROJECT["project"]["dependencies"], *group("pictures")])
RUN_TIME = APP | pins(group("test"))
ALL = RUN_TIME | pins(group("dev"))


# ---------------------------------------------------------------- files


@pytest.mark.parametrize(
    ("file", "declared"), [("requirements.txt", RUN_TIME), ("requirements-dev.txt", pins(group("dev")))]
)
def test_requirement_files_say_what_pyproject_says(file, declared):
    lines = requirement_lines(file)
    if file == "requirements-dev.txt":
        assert lines[0] == "-r requirements.txt"
        lines = lines[1:]
    listed = pins(lines)
    only_listed, only_declared = listed.items() - declared.items(), declared.items() - listed.items()
    assert (only_listed, only_declared) == (set(), set()), (
        f"{file} and pyproject.toml differ; only in {file}: {sorted(only_listed)}, only in pyproject.toml: "
        f"{sorted(only_declared)}. {HOW_TO_DECLARE}"
    )


def test_the_six_given_packages_are_in_requirements_txt():
    assert pins(requirement_lines("requirements.txt")).keys() >= GIVEN_SIX


@pytest.mark.parametrize(
    ("file", "declared"),
    [
        ("requirements.lock", RUN_TIME),
        ("requirements-dev.lock", ALL),
        ("requirements-lake.lock", pins(group("lake"))),
        ("requirements-store.lock", pins(group("store"))),
        ("requirements-spark.lock", pins(group("spark"))),
    ],
)
def test_locks_hold_every_requirement_with_hashes(file, declared):
    lock = locked(file)
    differing = [f"{name}=={version}" for name, version in declared.items() if lock.get(name, ("",))[0] != version]
    assert differing == [], f"not in {file} in this version. {HOW_TO_DECLARE}"
    assert [name for name, (_, hashes) in lock.items() if hashes == 0] == []


def test_both_locks_agree():
    """Installing the larger set after the smaller one changes no package."""
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


def test_the_lake_is_added_to_either_lock_and_fits_the_database():
    """Its packages change no other, and an extension loads in the DuckDB of its own version alone."""
    lake, lock = locked("requirements-lake.lock"), locked("requirements.lock")
    assert set(pins(group("lake")).values()) == {lock["duckdb"][0]}
    assert lake.keys() - pins(group("lake")).keys() <= lock.keys()
    assert all(lake[name] == lock[name] for name in lake.keys() & lock.keys())


@pytest.mark.parametrize("file", ["pyproject.toml", *sorted(path.name for path in ROOT.glob("requirements*.lock"))])
def test_no_file_names_a_package_index(file):
    """Where packages come from is the choice of each machine, not of the project."""
    text = (ROOT / file).read_text(encoding="utf-8")
    assert re.findall(r"https?://\S+|--(?:extra-)?index-url|--find-links", text) == []


def test_the_installed_versions_are_those_of_the_lock():
    """The tests run with what is declared."""
    differing = []
    for name, version in ALL.items():
        try:
            installed = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            installed = "nothing"
        if installed != version:
            differing.append(f"{name}: {installed} is installed, {version} declared")
    assert differing == [], "Run `make setup-dev`."


# ---------------------------------------------------------------- what the code imports


def python_files(*parts: str) -> list[Path]:
    """Python files of these top-level folders and modules."""
    files = [path for part in parts for path in (ROOT / part).rglob("*.py")]
    return files + [path for part in parts if (path := ROOT / f"{part}.py").is_file()]


@cache
def imported_packages(*parts: str) -> dict[str, str]:
    """Top-level name of each foreign module imported by these parts, to a file that imports it."""
    own = {*PRODUCT, *DEVELOPMENT} | {path.stem for part in ("tests", "bench") for path in python_files(part)}
    found = {}
    for path in python_files(*parts):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            for name in (name.split(".")[0] for name in names):
                if name not in own and name not in sys.stdlib_module_names:
                    found[name] = path.relative_to(ROOT).as_posix()
    return found


@cache
def installed_modules() -> Mapping[str, list[str]]:
    """Names of top-level modules to the packages that install them; reading them takes seconds."""
    return importlib.metadata.packages_distributions()


def distributions_of(module: str) -> set[str]:
    """Packages that install a module of this name."""
    return {normalised(name) for name in installed_modules().get(module, [])}


@pytest.mark.parametrize(
    ("parts", "declared"), [(PRODUCT, APP), (DEVELOPMENT, ALL)], ids=["product", "tests and tools"]
)
def test_every_import_is_declared(parts, declared):
    """A package that only comes along with another one may be gone with that one's next version."""
    modules = imported_packages(*parts)
    elsewhere = {name: "bench/spark_sums.py" for name in pins(group("spark"))}  # in an environment of its own
    assert len(modules) > 5
    missing = [
        f"{file} imports {module}"
        for module, file in modules.items()
        if not distributions_of(module) & set(declared) and file != elsewhere.get(module)
    ]
    assert missing == [], HOW_TO_DECLARE


def test_every_declared_package_is_used():
    """What nothing imports and no command needs is not installed on every machine."""
    used = {
        name
        for module in {**imported_packages(*PRODUCT), **imported_packages(*DEVELOPMENT)}
        for name in distributions_of(module)
    }
    assert sorted(set(ALL) - used - set(NOT_IMPORTED)) == [], "declared in pyproject.toml, but neither imported nor run"
    assert sorted(used & set(NOT_IMPORTED)) == [], "imported now: remove it from NOT_IMPORTED"


def test_the_checks_cover_every_package():
    """import-linter and mypy read each folder of the product; a new folder must be added to both."""
    folders = {path.parts[-2] for path in ROOT.glob("*/__init__.py")} | {"pages"}
    assert folders - {"tests"} == {*PRODUCT, "tools", "bench"} - {"settings", "dashboard", "asgi"}
    assert set(PROJECT["tool"]["importlinter"]["root_packages"]) == folders - {"tests"}
    assert {name.removesuffix(".py") for name in PROJECT["tool"]["mypy"]["files"]} >= set(PRODUCT)


# ---------------------------------------------------------------- versions


def test_the_supported_versions_of_python_are_the_same_everywhere():
    """pyproject.toml, the set-up script and the continuous integration."""
    versions = {
        match[1]
        for line in PROJECT["project"]["classifiers"]
        if (match := re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", line))
    }
    low, high = re.fullmatch(r">=3\.(\d+),<3\.(\d+)", PROJECT["project"]["requires-python"]).groups()
    assert versions == {f"3.{minor}" for minor in range(int(low), int(high))}
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert set(re.findall(r'"(3\.\d+)"', re.search(r"python: \[(.*)\]", workflow)[1])) == versions
    setup = (ROOT / "tools" / "setup.sh").read_text(encoding="utf-8")
    assert f"(3, {low}) <= sys.version_info[:2] <= (3, {int(high) - 1})" in setup


def test_the_version_is_the_same_everywhere():
    """pyproject.toml, CITATION.cff and the newest release of CHANGELOG.md."""
    version = PROJECT["project"]["version"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (\S+)$", citation, re.MULTILINE)[1] == version
    released = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert released[0] == version


def test_name_author_version_and_licence_are_those_of_the_product():
    """pyproject.toml and CITATION.cff repeat what domain/product.py declares."""
    project = PROJECT["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert [author["name"] for author in project["authors"]] == [product.AUTHOR]
    assert (project["version"], project["license"]) == (product.VERSION, product.LICENCES["code"].spdx_id)
    assert f'\ntitle: "{product.NAME}"\n' in citation and f'\n  - name: "{product.AUTHOR}"\n' in citation
    assert f"\nversion: {product.VERSION}\n" in citation
