"""Fixtures of the ETL tests."""

from pathlib import Path

import pytest
from etl_dataset import write_dataset

from etl.pipeline import Inputs
from settings import load_settings


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    """A fresh copy of the tiny dataset in ./data of an empty working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CLUSTERS_DB", raising=False)
    return write_dataset(tmp_path)


@pytest.fixture
def inputs(data) -> Inputs:
    """The tiny dataset as the pipeline takes it."""
    settings = load_settings()
    return Inputs(data, "data", settings.static_dir, settings.schema_version)


@pytest.fixture
def link(tmp_path) -> Path:
    """Where the tests publish."""
    return tmp_path / "build" / "clusters.duckdb"
