"""Build a database and start the server with it: for browser tests, benchmarks and screenshots.

The server has an empty home directory and no STREAMLIT_* variables, as on a machine
where nothing was prepared.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from settings import ROOT
from tools.processes import children

BUILD_TIMEOUT_S = 120
STOP_TIMEOUT_S = 10


@dataclass(frozen=True)
class Server:
    """A running server: `url` without a slash at the end, process id, and the file of its output.

    ``workers`` are the processes that serve pages where they are others than that one.
    """

    url: str
    pid: int
    log: Path
    workers: tuple[int, ...] = ()

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes that serve pages."""
        return self.workers or (self.pid,)


class ServerStartError(Exception):
    """The build failed or the server did not start; the message contains its output."""


def free_port() -> int:
    """A TCP port of 127.0.0.1 that is not in use."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clean_environment(home: Path, **extra: str) -> dict[str, str]:
    """The environment without variables of Streamlit and of this project, with `home` as home directory."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("STREAMLIT_", "CLUSTERS_", "XDG_"))
    }
    return {**kept, "HOME": str(home), **extra}


def build_database(directory: Path, root: Path = ROOT) -> Path:
    """Run the ETL of `root` into `directory`; returns the path of the published database.

    Raises ServerStartError with the output of a failed build.
    """
    database = directory / "clusters.duckdb"
    done = subprocess.run(
        [sys.executable, "-m", "etl", "build"],
        check=False,
        cwd=root,
        env=clean_environment(directory, CLUSTERS_DB=str(database)),
        capture_output=True,
        text=True,
        timeout=BUILD_TIMEOUT_S,
    )
    if done.returncode != 0 or not database.exists():
        raise ServerStartError(f"python -m etl build failed:\n{done.stdout}\n{done.stderr}")
    return database


@contextmanager
def serve(
    app: Path,
    home: Path,
    database: Path | None = None,
    wait_seconds: float = 60,
    variables: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run `streamlit run app` from the directory of the app, on a free port, until the block ends.

    variables: further ones of the environment of the server.
    """
    port = free_port()
    extra = {**({"CLUSTERS_DB": str(database)} if database else {}), **(variables or {})}
    log = home / f"server-{port}.log"
    command = [sys.executable, "-m", "streamlit", "run", app.name, "--server.port", str(port)]
    # The minimal app of the benchmark has no settings of its own: both apps get here what they need
    # to run unattended and offline.
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
            process.wait(timeout=STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def serve_many(
    home: Path, processes: int, database: Path | None = None, variables: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Run `python -m tools.serve` with so many processes, on a free port, until the block ends.

    Its own folder is `serve` in the home directory. Raises ServerStartError where it does not start.
    """
    port, log = free_port(), home / "serve.log"
    extra = {
        **({"CLUSTERS_DB": str(database)} if database else {}),
        "CLUSTERS_PROCESSES": str(processes),
        "CLUSTERS_SERVE_FOLDER": str(home / "serve"),
        "STREAMLIT_SERVER_PORT": str(port),
        **(variables or {}),
    }
    command = [sys.executable, "-m", "tools.serve"]
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=clean_environment(home, **extra), stdout=output, stderr=subprocess.STDOUT
        )
    try:
        while "processes serve at" not in log.read_text():  # it ends by itself when they do not become ready
            if process.poll() is not None:
                raise ServerStartError(f"python -m tools.serve did not start:\n{log.read_text()}")
            time.sleep(0.1)
        yield Server(f"http://127.0.0.1:{port}", process.pid, log, tuple(children(process.pid)))
        process.terminate()
        process.wait(timeout=2 * BUILD_TIMEOUT_S)
    finally:
        process.kill()  # the others end with it
        process.wait()


def wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path, seconds: float) -> None:
    """Wait until the server answers; raises ServerStartError with its output when it does not in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as response:
                if response.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise ServerStartError(f"The server at {url} did not start:\n{log.read_text()}")
