"""What the dataset holds: its release, its tables, whose rows are in it, and the documents that it rests on."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from domain.product import NAME, SLUG
from domain.urls import is_web_address
from exports.pack import BadRequestError
from warehouse import provenance, queries, query_cache, whole_data
from warehouse.whole_data import DataTable, Part

TITLE = f"{NAME}: data"
DESCRIPTION = (
    "Cluster organisations, partnerships, cooperations, events and policies of cluster cooperation between the "
    "European Union and the United States, with a source for every fact; regional statistics of industries and Horizon "
    "projects with US participation beside them."
)
KEYWORDS = ("clusters", "cluster policy", "transatlantic cooperation", "regional statistics", "Horizon 2020")
DATABASE, CSV_FOLDER, PARQUET_FOLDER = "clusters.duckdb", "csv", "parquet"


@dataclass(frozen=True)
class Dataset:
    """Everything that describes the dataset.

    ``release`` and ``day`` are those of warehouse.query_cache; ``database`` is the published file; ``sources`` has the
    columns of warehouse.provenance.sources; ``url`` is where the folder will be published, with a slash at its end, or
    '' where that is not known.
    """

    release: str
    day: date
    build_id: str
    database: Path
    tables: tuple[DataTable, ...]
    parts: tuple[Part, ...]
    sources: pd.DataFrame
    terms: dict[str, tuple[tuple[str, str, str], ...]]
    url: str

    @property
    def identifier(self) -> str:
        """URL of the dataset, or a URN that names the release where the URL is not known."""
        return self.url or f"urn:{SLUG}:dataset:{re.sub(r'[^a-z0-9]+', '-', self.release)}"

    def address(self, path: str) -> str:
        """Address of a file of the folder: absolute where the URL of the folder is known, else relative to it."""
        return f"{self.url}{path}"


def published_at(url: str) -> str:
    """The address with a slash at its end, '' for none; BadRequestError when it is not the address of a folder."""
    if url and (not is_web_address(url) or any(sign in url for sign in "?#")):
        raise BadRequestError(f"--url {url} is not the address of a folder. Write it like https://example.org/data/.")
    return f"{url.rstrip('/')}/" if url else ""


def gather_dataset(url: str = "") -> Dataset:
    """The dataset of the newest build; ``url`` as in Dataset."""
    run = query_cache.run_query
    return Dataset(
        release=query_cache.release_name(),
        day=query_cache.release_day(),
        build_id=str(run(queries.build_info).iloc[0]["build_id"]),
        database=query_cache.database_path(),
        tables=run(whole_data.data_tables),
        parts=run(whole_data.parts),
        sources=run(provenance.sources),
        terms=run(whole_data.terms),
        url=url,
    )
