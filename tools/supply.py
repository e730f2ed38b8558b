"""The packages that an installation runs with: their list as CycloneDX, and what is known against them.

    python -m tools.supply sbom [--out sbom.cdx.json]
    python -m tools.supply audit

Both read requirements.lock. The audit asks PyPI's service of known vulnerabilities; where that does not answer, it says
so and ends without an error, so that a check without access to it can go on.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from settings import ROOT

LOCK = "requirements.lock"
TIMEOUT_SECONDS = 900
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def sbom(out: Annotated[Path, typer.Option(help="File to write.")] = ROOT / "sbom.cdx.json") -> None:
    """Write the list of packages with versions, check sums and purls as CycloneDX 1.6 (JSON)."""
    command = [*_module("cyclonedx_py"), "requirements", LOCK, "--pyproject", "pyproject.toml"]
    # The same lock gives the same file: no time, no random number.
    command += ["--mc-type", "application", "--output-reproducible", "--output-file", str(out.absolute())]
    subprocess.run(command, cwd=ROOT, check=True, timeout=TIMEOUT_SECONDS)
    components = json.loads(out.read_text(encoding="utf-8"))["components"]
    print(f"{out}: {len(components)} packages of {LOCK}")


@app.command()
def audit() -> None:
    """Say which packages have known vulnerabilities. Exit code 1 when there are any."""
    command = [*_module("pip_audit"), "--requirement", LOCK, "--require-hashes", "--disable-pip", "--format", "json"]
    command += ["--progress-spinner", "off", "--timeout", "15"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        print(_not_audited("it took too long to answer"))
        return
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        # No list: the service could not be reached. Its last line says why.
        print(_not_audited((done.stderr.strip() or "no answer").splitlines()[-1]))
        return
    text, is_clean = summary(packages)
    print(text)
    sys.exit(not is_clean)


def summary(packages: list[dict[str, Any]]) -> tuple[str, bool]:
    """What the audit found in words, and whether nothing is known against the packages that it could ask about."""
    asked = [one for one in packages if "skip_reason" not in one]
    lines = [f"{one['name']} {one['version']}: {_fault(fault)}" for one in asked for fault in one["vulns"]]
    is_clean = not lines
    if asked:
        lines.append(f"Packages of {LOCK} asked about: {len(asked)}; known vulnerabilities: {len(lines)}.")
    if missing := len(packages) - len(asked):
        lines.append(_not_audited(f"it knew nothing of {missing} of {len(packages)} packages"))
    return "\n".join(lines), is_clean


def _fault(fault: dict[str, Any]) -> str:
    mended = ", ".join(fault["fix_versions"])
    return f"{fault['id']}, " + (f"mended in {mended}" if mended else "not mended yet")


def _not_audited(reason: str) -> str:
    return f"Not audited: PyPI's service of known vulnerabilities cannot be used here ({reason})."


def _module(name: str) -> list[str]:
    # A list of requirements has no graph of what needs what, and the library warns of that each time.
    return [sys.executable, "-W", "ignore::UserWarning", "-m", name]


if __name__ == "__main__":
    app()
