"""What is to be served, from the environment: address, port, base path, number of processes, folder of the code."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from settings import ROOT

MAX_PROCESSES = 64
DRAIN_SECONDS = 180  # the longest time that a file of the page Downloads may take


class PlanError(Exception):
    """A setting that cannot be used; the message says which, and what is allowed."""


@dataclass(frozen=True)
class Plan:
    """What is to be served.

    ``address`` and ``port`` are those of nginx; ``base_path`` is "" or begins with a slash, such as "/clusters".
    ``processes`` are of the dashboard. ``code`` is the folder of the program, or a link to it that is read each time a
    new generation of processes starts. ``folder`` keeps the configuration of nginx and the number of the process that
    watches the others. A process that is replaced serves its readers for ``drain_s`` seconds more at most.
    """

    address: str
    port: int
    base_path: str
    processes: int
    code: Path
    folder: Path
    drain_s: float

    @property
    def listen(self) -> str:
        """Address and port as nginx and URLs write them."""
        return f"[{self.address}]:{self.port}" if ":" in self.address else f"{self.address}:{self.port}"

    @property
    def python(self) -> Path:
        """The Python of the folder of the code; the one that runs now where that folder has none of its own."""
        own = self.code / ".venv" / "bin" / "python"
        return own if own.exists() else Path(sys.executable)


def read_plan(environment: Mapping[str, str] = os.environ) -> Plan:
    """The plan. Raises PlanError for a value that cannot be used."""
    port = _number(environment, "STREAMLIT_SERVER_PORT", 8501, 1, 65535)
    code = Path(environment.get("CLUSTERS_CODE") or ROOT).absolute()  # a link stays a link
    if not (code / "asgi.py").is_file():
        raise PlanError(f"CLUSTERS_CODE={str(code)!r} is not a folder of this program: it has no asgi.py.")
    default = Path(tempfile.gettempdir()) / f"clusters-serve-{port}"
    return Plan(
        address=environment.get("STREAMLIT_SERVER_ADDRESS") or "127.0.0.1",
        port=port,
        base_path=_base_path(environment.get("STREAMLIT_SERVER_BASE_URL_PATH", "")),
        processes=_number(environment, "CLUSTERS_PROCESSES", os.cpu_count() or 1, 1, MAX_PROCESSES),
        code=code,
        folder=Path(environment.get("CLUSTERS_SERVE_FOLDER") or default).absolute(),
        drain_s=_number(environment, "CLUSTERS_DRAIN_SECONDS", DRAIN_SECONDS, 0, 86_400),
    )


def _number(environment: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = environment.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise PlanError(f"{name}={text!r} cannot be used. Write a whole number from {low} to {high}.")
    return int(text)


def _base_path(text: str) -> str:
    parts = [part for part in text.strip().split("/") if part]
    allowed = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
    if any(set(part) - allowed or part in (".", "..") for part in parts):
        raise PlanError(
            f"STREAMLIT_SERVER_BASE_URL_PATH={text!r} cannot be used. Write letters, digits, dots, hyphens and "
            "underscores, such as clusters or tools/clusters."
        )
    return "".join(f"/{part}" for part in parts)
