"""A small import of every kind beside the real facts, for tests of the pages that show imports.

All figures are made up and worked out by hand in the tests; they are never seen outside of them.
"""

import shutil
from pathlib import Path

from etl.imports import cordis, regional_statistics, us_cluster_mapping
from etl.pipeline import Inputs, build
from settings import load_settings
from tests.unit.import_files import PORTAL, STATISTICS, run, write, write_cordis

EXPORT = [
    '2015,"Plastics","35","State","39","Ohio ",TRUE,1100,80,50000,1.2,TRUE,NA',
    '2016,"Plastics","35","State","39","Ohio ",TRUE,1200,85,51234.5,1.84,TRUE,NA',
    '2016,"Plastics","35","State","48","Texas ",TRUE,900,40,48000,0.9,FALSE,NA',
    '2016,"Plastics","35","State","23","Maine ",TRUE,NA,NA,NA,NA,NA,NA',
    '2016,"Water Transportation","50","State","39","Ohio ",TRUE,50,5,40000,0.3,FALSE,NA',
    '2016,"Water Transportation","50","State","23","Maine ",TRUE,700,15,45000,2.5,TRUE,NA',
]
# France: 300 in plastics and 700 in water transport, so 0.3 of employment is in plastics.
OWN = [
    "FR71,Plastics,2016,200,9,30000,EUR,FR",
    "FR71,Water Transportation,2016,200,9,,,FR",
    "FR10,Plastics,2016,100,9,,,FR",
    "FR10,Water Transportation,2016,500,9,,,FR",
]


def imported(folder: Path, *, with_data_sets: bool = True) -> Path:
    """A database of the shipped facts and these imports, built in a folder; returns its path.

    with_data_sets: whether the data sets that are shipped stand beside them.
    """
    settings = load_settings()
    data = folder / "data"
    left_out = ("build", "*.parquet", "*.json", "*.rejected.csv", *(() if with_data_sets else ("datasets",)))
    shutil.copytree(settings.data_dir, data, ignore=shutil.ignore_patterns(*left_out))
    run(us_cluster_mapping.FORMAT, write(folder / "export.csv", PORTAL, EXPORT), data)
    run(regional_statistics.FORMAT, write(folder / "own.csv", STATISTICS, OWN), data)
    run(cordis.FORMAT, write_cordis(folder / "release"), data)
    link = folder / "clusters.duckdb"
    build(Inputs(data, "data", settings.static_dir, settings.schema_version), link)
    return link
