"""How far the location quotients of US states agree with those that US Cluster Mapping prints.

    python -m bench.quotient_comparison FILE

FILE is an export of the portal for states and one year, unmodified; it is not shipped, because its terms forbid it.
Compared are pairs of state and traded cluster with at least 1,000 persons employed in both, by the relative difference
of the two quotients. The database must be built.
"""

import argparse
from pathlib import Path

import pandas as pd

from settings import load_settings
from warehouse.connection import open_database

MIN_EMPLOYMENT = 1000
QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
GOAL = 0.1  # the median difference at most
PERIOD = "2012-2016"
OURS = (
    "SELECT fips_code, i.industry AS cluster, employment, location_quotient "
    "FROM location_quotients q JOIN regions r USING (region_code) JOIN industries i USING (industry_id) "
    "WHERE q.scheme = 'traded_cluster' AND q.level = 'state' AND measure = 'employment' AND period = $period"
)


def portal(path: Path) -> pd.DataFrame:
    """Traded clusters of states in an export: fips_code, cluster, employment, location_quotient."""
    columns = {
        "region_code_t": "fips_code",
        "cluster_name_t": "cluster",
        "emp_tl": "employment",
        "lq_tf": "location_quotient",
    }
    frame = pd.read_csv(path, dtype={"region_code_t": str}, low_memory=False)
    is_state = frame["region_type_t"].str.lower().str.startswith("state")
    is_part = frame["subcluster_b"].fillna(False).astype(bool) if "subcluster_b" in frame else False
    chosen = frame[is_state & frame["traded_b"].astype(bool) & ~is_part].rename(columns=columns)
    return chosen[list(columns.values())].assign(
        fips_code=lambda rows: rows["fips_code"].str.zfill(2), cluster=lambda rows: rows["cluster"].str.strip()
    )


def compared(path: Path) -> pd.DataFrame:
    """Pairs of state and traded cluster that are compared, with the column ``difference`` (relative to the portal)."""
    with open_database(load_settings().database) as connection:
        ours = connection.execute(OURS, {"period": PERIOD}).df()
    both = ours.merge(portal(path), on=["fips_code", "cluster"], suffixes=("", "_portal"))
    both = both[(both["employment"] >= MIN_EMPLOYMENT) & (both["employment_portal"] >= MIN_EMPLOYMENT)]
    both = both[both["location_quotient_portal"] > 0]
    return both.assign(difference=(both["location_quotient"] / both["location_quotient_portal"] - 1).abs())


def main(path: Path) -> None:
    """Print the number of pairs, the quantiles of their differences and the correlation."""
    pairs = compared(path)
    if pairs.empty:
        raise SystemExit(f"{path} and the database have no state and traded cluster in common.")
    print(f"pairs of state and traded cluster with {MIN_EMPLOYMENT:,} persons employed and more: {len(pairs):,}")
    for quantile in QUANTILES:
        print(f"  {quantile:4.0%} of the differences are at most {pairs['difference'].quantile(quantile):6.1%}")
    correlation = pairs["location_quotient"].corr(pairs["location_quotient_portal"])
    print(f"correlation of the quotients: {correlation:.3f}")
    median = pairs["difference"].median()
    print(f"median {median:.1%}, goal {GOAL:.0%}: {'met' if median <= GOAL else 'missed'}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="export of US Cluster Mapping for states and one year")
    main(parser.parse_args().file)
