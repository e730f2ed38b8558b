"""The part of bench/distributed.py that runs in Spark, in an environment without the packages of the project.

    python bench/spark_sums.py FOLDER WORKERS RUNS

Reads the query from the standard input, and prints the seconds of each run as the last line.
"""

import json
import sys
import time


def main(folder: str, workers: int, runs: int, query: str) -> list[float]:
    """Seconds of each run of the query over the files of the folder; the result is left in its folder spark."""
    from pyspark.sql import SparkSession  # installed in the environment of this script alone

    # Each worker is a process of its own with one core, as on machines of their own.
    builder = SparkSession.builder.master(f"local-cluster[{workers},1,2048]").appName("sums")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.executor.memory": "2g",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": str(4 * workers),
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.read.parquet(f"{folder}/statistics").createOrReplaceTempView("regional_statistics")
    session.read.parquet(f"{folder}/sectors.parquet").createOrReplaceTempView("sectors")
    seconds = []
    for _ in range(runs):
        began = time.perf_counter()
        session.sql(query).write.mode("overwrite").parquet(f"{folder}/spark")
        seconds.append(time.perf_counter() - began)
    session.stop()
    return seconds


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.stdin.read())))
