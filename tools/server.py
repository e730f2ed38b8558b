"""Builds a database and starts the real server beside it: for browser tests, benchmark, screenshots.

The server sees an empty home directory and no STREAMLIT_* variables, so it behaves
as on a machine where nothing was prepared.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Server:
    """A running server: `url` without a slash at the end, `pid`, and the file of its output."""

    url: str
    pid: int
    log: Path


class ServerStartError(Exception):
    """The build or the server did not come up; the message holds its output."""


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def clean_environment(home: Path, **extra: str) -> dict[str, str]:
    """The environment without Streamlit's and our own variables, with `home` as home directory."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("STREAMLIT_", "CLUSTERS_", "XDG_"))
    }
    return {**kept, "HOME": str(home), **extra}


def build_database(directory: Path, root: Path = ROOT) -> Path:
    """Runs the ETL of `root` into `directory`; returns the path of the published database."""
    database = directory / "clusters.duckdb"
    done = subprocess.run(
        [sys.executable, "-m", "etl", "build"],
        check=False,
        cwd=root,
        env=clean_environment(directory, CLUSTERS_DB=str(database)),
        capture_output=True,
        text=True,
        timeout=120,
    )
    if done.returncode != 0 or not database.exists():
        raise ServerStartError(f"python -m etl build failed:\n{done.stdout}\n{done.stderr}")
    return database


@contextmanager
def serve(app: Path, home: Path, database: Path | None = None, wait_seconds: float = 60) -> Iterator[Server]:
    """Runs `streamlit run app` from the app's directory on a free port until the block ends."""
    port = free_port()
    extra = {"CLUSTERS_DB": str(database)} if database else {}
    log = home / f"server-{port}.log"
    command = [sys.executable, "-m", "streamlit", "run", app.name, "--server.port", str(port)]
    # The minimal app of the benchmark has no settings of its own: give both what they need
    # to run unattended and offline. All else stays as each app has it.
    command += ["--server.headless", "true", "--server.address", "127.0.0.1"]
    command += ["--server.fileWatcherType", "none", "--browser.gatherUsageStats", "false"]
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=app.parent,
            env=clean_environment(home, **extra),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_healthy(url, process, log, wait_seconds)
        yield Server(url, process.pid, log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_healthy(url: str, process: subprocess.Popen, log: Path, seconds: float) -> None:
    """Returns when the server answers; raises ServerStartError with its output when it does not."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise ServerStartError(f"The server at {url} did not come up:\n{log.read_text()}")
