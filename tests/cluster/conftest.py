"""The dashboard with two processes behind Debian's nginx on this machine, as `make serve` starts it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.reliability_page import machine, write_section
from settings import ROOT
from tools.processes import children, runs
from tools.server import free_port, serve_many

HERE = Path(__file__).parent
SECONDS = 240  # a limit, not an expectation
DRAIN_SECONDS = 5


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test of this directory, and of no other, as `cluster`."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.cluster)


def until(is_so: Callable[[], bool], what: str) -> None:
    """Wait for a condition."""
    end = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < end, what
        time.sleep(0.1)


@dataclass(frozen=True)
class Service:
    """A running service: address, the process that watches the others, output, folder, and code, which is a link."""

    url: str
    pid: int
    log: Path
    folder: Path
    code: Path

    def says(self, text: str, times: int = 1) -> bool:
        """Whether the log has a text so often."""
        return self.log.read_text().count(text) >= times

    def ports(self) -> dict[str, int]:
        """Names of the processes that nginx gives new readers to, and their ports."""
        text = (self.folder / "nginx.conf").read_text()
        shares = re.search(r"split_clients.*?\{(.*?)\}", text, re.DOTALL)
        names = re.findall(r"(\w+);", shares[1]) if shares else []
        return {name: int(re.search(rf"upstream {name} {{ server [\d.]+:(\d+)", text)[1]) for name in names}

    def pid_of(self, name: str) -> int:
        """The process of this name; 0 where it does not run."""
        wanted = f"STREAMLIT_SERVER_PORT={self.ports()[name]}".encode()
        for pid in children(self.pid):
            if wanted in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0"):
                return pid
        return 0


@pytest.fixture
def service(shipped_database: Path, tmp_path: Path) -> Iterator[Service]:
    """Two processes; at the end all are asked to end, and nothing may be left running."""
    code = tmp_path / "code"
    code.symlink_to(ROOT)
    variables = {"CLUSTERS_CODE": str(code), "CLUSTERS_DRAIN_SECONDS": str(DRAIN_SECONDS)}
    with serve_many(tmp_path, 2, shipped_database, variables) as server:
        yield Service(server.url, server.pid, server.log, tmp_path / "serve", code)
        started = children(server.pid)
        assert len(started) == 3  # two processes and nginx
    assert not any(map(runs, started))
    log = server.log.read_text()
    assert "serve: asked to end" in log and "Traceback" not in log


@pytest.fixture(scope="session")
def told() -> Iterator[Callable[[str], None]]:
    """Collects sentences for docs/reliability.md, which are written with RELIABILITY=1."""
    lines: list[str] = []
    yield lines.append
    if os.environ.get("RELIABILITY") and lines:
        write_section("cluster", [f"- {line}" for line in lines], "make test-cluster", machine())


@pytest.fixture
def s3_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """Address of a new bucket of a store that answers as S3 does, on this machine."""
    port = free_port()
    environment = [sys.executable, "-m", "uv", "run", "--no-project", "--isolated"]
    command = [*environment, "--with-requirements", ROOT / "requirements-store.lock", "moto_server", "-p", str(port)]
    with (tmp_path / "store.log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    bucket = urllib.request.Request(f"http://127.0.0.1:{port}/clusters", method="PUT")

    def is_made() -> bool:
        if server.poll() is not None:
            pytest.skip(f"The store did not start: {(tmp_path / 'store.log').read_text()[-500:]}")
        try:
            with urllib.request.urlopen(bucket, timeout=10) as response:
                return response.status == 200
        except OSError:
            return False

    try:
        until(is_made, "the store does not answer")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{port}")
        yield "s3://clusters/lake"
    finally:
        server.terminate()
        server.wait()
