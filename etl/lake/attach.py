"""Connections to a lake: its address, the extensions of DuckDB that read it, and its errors as sentences."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import duckdb

from etl.database import Config, Connection, sql_literal
from etl.errors import PublishError
from settings import LAKE_PREFIX, Settings

LAKE, SCHEMA = "lake", "clusters"  # the name of the attached lake, and of the schema of our tables in it
_CATALOG = f"{LAKE_PREFIX}postgres:"
# Nothing is looked for elsewhere: the extensions are those of the installed packages.
_CONFIG: Config = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "temp_directory": "",
    "threads": "1",  # a server copies beside its pages
}
_EXTENSIONS = ("postgres_scanner", "httpfs", "ducklake")
_ADDRESS = re.compile(r"""(ducklake:)?postgres:[^"]*|(?<=Postgres at ")[^"]*""")
_PASSWORD = re.compile(r"""(password\s*=\s*)('[^']*'|[^\s"']+)|://[^/@\s]*@""", re.IGNORECASE)


class LakeError(PublishError):
    """The lake cannot be read or written; the message says why and holds no password."""


@dataclass(frozen=True)
class Lake:
    """A lake: the address of its catalogue as CLUSTERS_DB has it, and where its files lie.

    data_path is a folder or an address such as s3://bucket/folder; empty for the one that the catalogue names. A lake
    that is new needs one.
    """

    catalog: str = field(repr=False)  # it may hold a password
    data_path: str = ""

    @classmethod
    def of(cls, settings: Settings) -> "Lake":
        """The lake that the settings name. Raises LakeError where they name none or write it wrongly."""
        if not settings.lake:
            raise LakeError("CLUSTERS_DB names no lake, so there is nothing to copy from.")
        if not settings.lake.removeprefix(_CATALOG).strip() or not settings.lake.startswith(_CATALOG):
            raise LakeError(
                f"CLUSTERS_DB is not the address of a lake. Write it like {_CATALOG}dbname=clusters host=db."
            )
        data_path = settings.lake_data
        if data_path and "://" not in data_path:
            data_path = os.path.abspath(os.path.expanduser(data_path))
        return cls(settings.lake, data_path)


@contextmanager
def attached(lake: Lake, *, writing: bool = False) -> Iterator[Connection]:
    """A connection with the lake attached as ``lake``; whoever writes makes one that does not exist yet.

    Errors of DuckDB within the context become LakeErrors; what was not committed is undone.
    """
    with lake_errors(), duckdb.connect(":memory:", config=_CONFIG) as connection:
        connection.execute("SET enable_progress_bar = false")  # it would stand in the log
        _load_extensions(connection)
        _add_s3_secret(connection, os.environ)
        options = ["DATA_INLINING_ROW_LIMIT 0"] if writing else ["READ_ONLY"]  # all rows in files that others can read
        if lake.data_path:
            options += [f"DATA_PATH {sql_literal(lake.data_path)}", "OVERRIDE_DATA_PATH true"]
        connection.execute(f"ATTACH {sql_literal(lake.catalog)} AS {LAKE} ({', '.join(options)})")
        yield connection


@contextmanager
def lake_errors() -> Iterator[None]:
    """Context in which errors of DuckDB become LakeErrors."""
    try:
        yield
    except duckdb.Error as error:
        raise LakeError(_sentence(error)) from None  # the text of the other may hold the password


def _sentence(error: duckdb.Error) -> str:
    text = str(error)
    if "creating a new DuckLake is explicitly disabled" in text:
        return "There is no lake at the address in CLUSTERS_DB yet. The first `python -m etl build` makes it."
    if "data_path is not set" in text:
        return "The lake is new, so CLUSTERS_LAKE_DATA must say where its files shall lie: a folder or s3://…"
    if isinstance(error, duckdb.TransactionException) and "onflict" in text:
        return "Another build was added to the lake at the same moment. Build again if yours is the newer one."
    told = _PASSWORD.sub("…", _ADDRESS.sub("the address in CLUSTERS_DB", text))
    return f"The lake cannot be used, or its copy on this machine: {' '.join(told.split()).rstrip('.')}."


def _load_extensions(connection: Connection) -> None:
    for name in _EXTENSIONS:
        package = find_spec(f"duckdb_extension_{name}")
        if package is None or package.origin is None:
            raise LakeError(
                "CLUSTERS_DB names a lake, and the packages that read one are not installed. Install them with "
                "`python -m pip install -r requirements-lake.lock`."
            )
        file = Path(package.origin).parent / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
        connection.execute(f"LOAD {sql_literal(file)}")


def _add_s3_secret(connection: Connection, environment: Mapping[str, str]) -> None:
    """Let DuckDB reach an S3 store by the variables that other programs read as well."""
    if not (key := environment.get("AWS_ACCESS_KEY_ID")):
        return
    endpoint = environment.get("AWS_ENDPOINT_URL_S3") or environment.get("AWS_ENDPOINT_URL") or ""
    options = {
        "KEY_ID": key,
        "SECRET": environment.get("AWS_SECRET_ACCESS_KEY", ""),
        "SESSION_TOKEN": environment.get("AWS_SESSION_TOKEN", ""),
        "REGION": environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or "us-east-1",
    }
    if endpoint:
        address = urlsplit(endpoint)
        options |= {"ENDPOINT": address.netloc + address.path.rstrip("/"), "URL_STYLE": "path"}
        options["USE_SSL"] = str(address.scheme != "http").lower()
    given = ", ".join(f"{name} {sql_literal(value)}" for name, value in options.items() if value)
    connection.execute(f"CREATE SECRET (TYPE s3, {given})")
