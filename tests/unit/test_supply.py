"""The list of packages and what the audit says of them, with answers of pip-audit as it writes them."""

import json
import re
import subprocess
import sys
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from settings import ROOT
from tools import supply

CLEAN = {"name": "rich", "version": "15.0.0", "vulns": []}
FAULTY = {
    "name": "flask",
    "version": "0.5",
    "vulns": [
        {"id": "PYSEC-2019-179", "fix_versions": ["1.0"], "aliases": ["CVE-2019-1010083"], "description": ""},
        {"id": "PYSEC-2018-66", "fix_versions": [], "aliases": [], "description": ""},
    ],
}
UNKNOWN = {"name": "typer", "skip_reason": "Dependency not found on PyPI and could not be audited: typer (0.29.2)"}
NOT_AUDITED = "Not audited: PyPI's service of known vulnerabilities cannot be used here"


def _audit(monkeypatch, stdout: str, stderr: str = "") -> tuple[int, str]:
    answer = SimpleNamespace(stdout=stdout, stderr=stderr, returncode=1)
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_options: answer)
    done = CliRunner().invoke(supply.app, ["audit"])
    return done.exit_code, done.output


def test_every_known_fault_is_named_with_the_version_that_mends_it(monkeypatch):
    code, text = _audit(monkeypatch, json.dumps({"dependencies": [CLEAN, FAULTY], "fixes": []}))
    assert code == 1
    assert text.splitlines() == [
        "flask 0.5: PYSEC-2019-179, mended in 1.0",
        "flask 0.5: PYSEC-2018-66, not mended yet",
        "Packages of requirements.lock asked about: 2; known vulnerabilities: 2.",
    ]


@pytest.mark.parametrize(
    ("packages", "lines"),
    [
        ([CLEAN], ["Packages of requirements.lock asked about: 1; known vulnerabilities: 0."]),
        (
            [UNKNOWN],
            [f"{NOT_AUDITED} (it knew nothing of 1 of 1 packages)."],
        ),
    ],
)
def test_what_was_not_asked_about_is_not_called_clean(monkeypatch, packages, lines):
    code, text = _audit(monkeypatch, json.dumps({"dependencies": packages, "fixes": []}))
    assert (code, text.splitlines()) == (0, lines)


def test_a_service_that_cannot_be_reached_is_told_with_its_reason(monkeypatch):
    code, text = _audit(monkeypatch, "", "Traceback\nConnectionError: no route to pypi.org")
    assert code == 0 and text.startswith("Not audited:") and "no route to pypi.org" in text


@pytest.mark.slow
def test_the_list_holds_what_is_locked(tmp_path):
    out = tmp_path / "sbom.json"
    subprocess.run([sys.executable, "-m", "tools.supply", "sbom", "--out", str(out)], cwd=ROOT, check=True)
    told = json.loads(out.read_text(encoding="utf-8"))
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([a-z0-9-]+)==([\w.]+)", lock, re.MULTILINE))
    assert {one["name"]: one["version"] for one in told["components"]} == locked
    pandas = next(one for one in told["components"] if one["name"] == "pandas")
    assert pandas["purl"] == f"pkg:pypi/pandas@{locked['pandas']}"
    sums = re.search(r"^pandas==.*?(?=^\w)", lock, re.MULTILINE | re.DOTALL)[0]
    listed = {one["content"] for one in pandas["externalReferences"][0]["hashes"]}
    assert listed == set(re.findall(r"--hash=sha256:([0-9a-f]{64})", sums))
