"""Paths and environment of the whole project, as one frozen dataclass. Imports nothing of ours."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# The ETL writes it into build_info and the app compares: raise it when a table or view
# changes in a way that an older database cannot serve.
SCHEMA_VERSION = 3

ROOT = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Settings:
    """Where things are. Every path is absolute.

    database is the symlink that readers follow to the newest build, not a build itself.
    """

    root: Path
    data_dir: Path
    static_dir: Path
    database: Path
    schema_version: int = SCHEMA_VERSION


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment; CLUSTERS_DB names another database than the default one."""
    default = ROOT / "data" / "build" / "clusters.duckdb"
    # Not resolved: resolving would follow the symlink to one build and miss the next.
    database = Path(environment.get("CLUSTERS_DB") or default).expanduser().absolute()
    return Settings(root=ROOT, data_dir=ROOT / "data", static_dir=ROOT / "static", database=database)
