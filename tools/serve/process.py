"""One process of the dashboard: started on a port of this machine alone, watched, ended."""

from __future__ import annotations

import ctypes
import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tools.serve.nginx import Upstream
from tools.server import free_port

STOP_SECONDS = 30  # files and queries are ended, answers under way finish
STEADY_SECONDS = 60  # a process that ran so long is started again at once
MAX_PAUSE_SECONDS = 30.0
ANSWER_SECONDS = 10
MAX_SILENT_CHECKS = 6
_END_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux
_CONNECTED = "01"


def _end_with_parent() -> None:
    """In a child: ask Linux for SIGTERM when the parent has been killed."""
    ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGTERM)


def start(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """A process that ends with this one where the system can do that."""
    before = _end_with_parent if sys.platform == "linux" else None
    # A group of its own: Ctrl+C reaches the parent alone, which ends the others in order.
    return subprocess.Popen(
        list(command), cwd=folder, env=dict(environment), process_group=0, preexec_fn=before, stdin=subprocess.DEVNULL
    )


@dataclass
class AppProcess:
    """A process of the dashboard. ``slot`` counts from 1; ``generation`` grows with each replacement of the slot."""

    slot: int
    generation: int
    python: Path
    code: Path
    environment: Mapping[str, str]
    port: int = field(default_factory=free_port)
    silent_checks: int = 0
    started_at: float = 0.0
    start_again_at: float = 0.0
    pause_s: float = 0.0
    process: subprocess.Popen[bytes] | None = None

    @property
    def name(self) -> str:
        """Its name in the log."""
        return self.upstream().name

    def upstream(self, *, is_leaving: bool = False) -> Upstream:
        """What nginx knows of it."""
        return Upstream(self.slot, self.generation, self.port, is_leaving)

    def start(self) -> None:
        """Start it, on the same port each time."""
        own = {"STREAMLIT_SERVER_ADDRESS": "127.0.0.1", "STREAMLIT_SERVER_PORT": str(self.port)}
        command = [str(self.python), "-m", "streamlit", "run", "asgi.py"]
        self.process = start(command, self.code, {**self.environment, **own})
        self.started_at, self.silent_checks, self.start_again_at = time.monotonic(), 0, 0.0

    @property
    def pid(self) -> int:
        """Its number while it runs, else 0."""
        return self.process.pid if self.runs() and self.process else 0

    def runs(self) -> bool:
        """Whether it has been started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def how_it_ended(self) -> str:
        """In words for the log."""
        code = self.process.returncode if self.process else None
        return f"was ended by signal {-code}" if code is not None and code < 0 else f"ended with code {code}"

    def plan_restart(self) -> float:
        """Seconds until it may start again: none after a steady run, more each time it ends soon after its start."""
        now = time.monotonic()
        if now - self.started_at > STEADY_SECONDS:
            self.pause_s = 0.0
        pause = self.pause_s
        self.start_again_at = now + pause
        self.pause_s = min(MAX_PAUSE_SECONDS, max(1.0, 2 * pause))
        return pause

    def is_ready(self) -> bool:
        """Whether it serves pages and can read its database.

        The answer is read too: Streamlit alone, with a program that does not start, shows its own page at any address.
        """
        try:
            told = json.loads(self._get("/healthz") or b"")
        except ValueError:
            return False
        return isinstance(told, dict) and told.get("status") == "ok"

    def is_stuck(self) -> bool:
        """Ask whether it answers at all; true when it has not for about a minute. A missing database is no reason."""
        base = self.environment.get("STREAMLIT_SERVER_BASE_URL_PATH", "").strip("/")
        answer = self._get(f"/{base}/_stcore/health" if base else "/_stcore/health")
        self.silent_checks = self.silent_checks + 1 if answer is None else 0
        return self.silent_checks >= MAX_SILENT_CHECKS

    def readers(self) -> int | None:
        """Open connections, which are readers with an open page; None where the system does not tell."""
        try:
            lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            return None
        local = f"{int.from_bytes(socket.inet_aton('127.0.0.1'), sys.byteorder):08X}:{self.port:04X}"
        return sum(fields[1] == local and fields[3] == _CONNECTED for fields in map(str.split, lines))

    def ask_to_end(self) -> None:
        """Send SIGTERM: it takes no more connections and closes the others in order."""
        if self.runs() and self.process:
            self.process.terminate()

    def kill(self) -> None:
        """End it at once."""
        if self.process and self.runs():
            self.process.kill()
            self.process.wait()

    def _get(self, path: str) -> bytes | None:
        """What it answers, whatever the status; None for no answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        try:
            connection.request("GET", path)
            return connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
