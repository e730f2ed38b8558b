"""Paths and environment of the whole project, as one frozen dataclass. Imports nothing of ours."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

# The ETL writes it into build_info and the app compares: raise it when a table or view
# changes in a way that an older database cannot serve.
SCHEMA_VERSION = 11

ROOT = Path(__file__).resolve().parent

# Begins an address in CLUSTERS_DB that is that of a lake rather than a path.
LAKE_PREFIX = "ducklake:"


@dataclass(frozen=True)
class Settings:
    """Paths, all absolute, the public URL and the public tracker.

    database is the link to the newest build (domain/published.py). lake is the address of the catalogue of a lake that
    builds are written to and copied from (etl/lake), and lake_data where its files lie; both are empty where there is
    none, and then database is all there is. public_url is the URL under which readers reach the
    dashboard, without a slash at its end; it is empty when CLUSTERS_PUBLIC_URL is not set or cannot be used
    (public_url_problem says why).
    tracker_url is the URL that opens a new entry of the public tracker, in which {title} and {text} stand for those of
    the entry; it is empty when CLUSTERS_TRACKER_URL is not set or cannot be used (tracker_url_problem says why).
    embed_hosts are the sites that may show a card in a frame, such as https://www.example.org. takes_uploads: whether
    readers may have a file of theirs checked. needs_login: whether readers must log in.
    """

    root: Path
    data_dir: Path
    static_dir: Path
    database: Path
    schema_version: int = SCHEMA_VERSION
    lake: str = field(default="", repr=False)  # it may hold a password
    lake_data: str = ""
    public_url: str = ""
    public_url_problem: str = ""
    tracker_url: str = ""
    tracker_url_problem: str = ""
    embed_hosts: tuple[str, ...] = ()
    embed_hosts_problem: str = ""
    takes_uploads: bool = True
    needs_login: bool = False


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment.

    CLUSTERS_DB is the path of the database, if not the default, or the address of a lake, which begins with ducklake:.
    Then CLUSTERS_LAKE_DATA says where its files lie, and CLUSTERS_LAKE_COPY is the folder of the copies of its builds;
    without it each lake has a folder of its own in data/build/. CLUSTERS_PUBLIC_URL the URL that citations and exported
    files link to; CLUSTERS_TRACKER_URL the URL that opens a new entry of the public tracker. CLUSTERS_EMBED_HOSTS has
    the sites that may show cards in a frame, separated by blanks; CLUSTERS_UPLOADS=off switches the check of files off.
    CLUSTERS_LOGIN=required asks readers to log in; so does any value but off, so that a misspelt one opens nothing.
    """
    named = environment.get("CLUSTERS_DB") or ""
    lake = named.strip() if named.strip().startswith(LAKE_PREFIX) else ""
    folder = ROOT / "data" / "build"
    if lake:
        # A password that is changed makes no other lake of it, but a copy more does no harm.
        own = folder / f"lake-{hashlib.sha256(lake.encode()).hexdigest()[:8]}"
        named, folder = "", Path(environment.get("CLUSTERS_LAKE_COPY", "").strip() or own)
    # Not resolved: resolving would follow the symlink to one build and miss the next.
    database = os.path.abspath(os.path.expanduser(named or folder / "clusters.duckdb"))
    return _settings(
        database,
        lake,
        environment.get("CLUSTERS_LAKE_DATA", "").strip(),
        environment.get("CLUSTERS_PUBLIC_URL", "").strip(),
        environment.get("CLUSTERS_TRACKER_URL", "").strip(),
        environment.get("CLUSTERS_EMBED_HOSTS", "").strip(),
        environment.get("CLUSTERS_UPLOADS", "on").strip().lower() != "off",
        environment.get("CLUSTERS_LOGIN", "off").strip().lower() not in ("", "off"),
    )


# Every query asks for the settings, so they are worked out once for each set of values.
@lru_cache(maxsize=16)
def _settings(
    database: str,
    lake: str,
    lake_data: str,
    public: str,
    tracker: str,
    embedding: str,
    takes_uploads: bool,
    needs_login: bool,
) -> Settings:
    public_url, problem = _public_url(public)
    tracker_url, tracker_problem = _tracker_url(tracker)
    embed_hosts, embed_problem = _embed_hosts(embedding)
    return Settings(
        ROOT,
        ROOT / "data",
        ROOT / "static",
        Path(database),
        lake=lake,
        lake_data=lake_data,
        public_url=public_url,
        public_url_problem=problem,
        tracker_url=tracker_url,
        tracker_url_problem=tracker_problem,
        embed_hosts=embed_hosts,
        embed_hosts_problem=embed_problem,
        takes_uploads=takes_uploads,
        needs_login=needs_login,
    )


def _tracker_url(text: str) -> tuple[str, str]:
    """The URL, or why it cannot be used."""
    problem = _problem_of(text) if text else ""
    if text and not problem:
        parts = urlsplit(text)
        rest = text.replace("{title}", "").replace("{text}", "")
        if parts.scheme != "https":
            problem = "it does not begin with https://."
        elif any(c in parts.netloc or c in rest for c in "{}"):
            problem = "it may hold {title} and {text} behind the host, and no other braces."
    if problem:
        how = "Write it like https://tracker.example.org/new?title={title}&body={text}."
        return "", f"CLUSTERS_TRACKER_URL={text!r} is not used: {problem} {how}"
    return text, ""


def _embed_hosts(text: str) -> tuple[tuple[str, ...], str]:
    """The sites, or why they cannot be used: one that is wrong would open or close the frame for all."""
    sites = text.replace(",", " ").split()
    for site in sites:
        parts = urlsplit(site) if not (problem := _problem_of(site)) else None
        if parts and (parts.path.strip("/") or parts.query or parts.fragment):
            problem = "it holds more than a host."
        elif parts and any(c in site for c in ";'*"):
            problem = "it contains a character that a host cannot have."
        if problem:
            how = "Write hosts like https://www.example.org, separated by blanks."
            return (), f"CLUSTERS_EMBED_HOSTS={site!r} is not used: {problem} {how}"
    return tuple(site.rstrip("/") for site in sites), ""


def _public_url(text: str) -> tuple[str, str]:
    """The URL without a slash at its end, or why it cannot be used."""
    problem = _problem_of(text) if text else ""
    if text and not problem and any(c in text for c in "?#"):
        problem = "it contains a query or a fragment."
    if problem:
        how = "Write it like https://clusters.example.org or https://example.org/clusters."
        return "", f"CLUSTERS_PUBLIC_URL={text!r} is not used: {problem} {how}"
    return text.rstrip("/"), ""


def _problem_of(text: str) -> str:
    if not text.isprintable() or any(c in ' "<>\\' for c in text):
        return "it contains a character that a URL cannot have."
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises ValueError for a port that is not a number
    except ValueError as error:
        return f"{error}."
    if parts.scheme not in ("http", "https"):
        return "it does not begin with http:// or https://."
    if not parts.hostname:
        return "it names no host."
    if parts.username is not None:
        return "it contains a user name."
    return ""
