"""Command that writes the requirement files and their lock files from pyproject.toml.

`make lock` runs it after a change of the requirements. Versions already locked are kept unless they no longer fit;
`make lock UPGRADE=--upgrade` asks for the newest of the indirect ones.
"""

import subprocess
import sys
import tomllib
from collections.abc import Mapping
from typing import Any

from settings import ROOT

HEADER = "# Written by `make lock` from pyproject.toml. Change that file instead.\n"
# Groups whose packages requirements.txt lists.
RUN_TIME_GROUPS = ("pictures", "test")


def group_requirements(groups: Mapping[str, list[Any]], name: str) -> list[str]:
    """Requirements of a dependency group as defined by PEP 735, those of included groups first."""
    requirements: list[str] = []
    for entry in groups[name]:
        if isinstance(entry, str):
            requirements.append(entry)
        else:
            requirements += group_requirements(groups, entry["include-group"])
    return requirements


def requirement_files(project: Mapping[str, Any]) -> dict[str, str]:
    """File name to content of the two requirement files, from the content of pyproject.toml."""
    groups = project["dependency-groups"]
    run_time = list(project["project"]["dependencies"])
    for name in RUN_TIME_GROUPS:
        run_time += group_requirements(groups, name)
    dev = [line for line in group_requirements(groups, "dev") if line not in run_time]
    return {
        "requirements.txt": HEADER + "\n".join(run_time) + "\n",
        "requirements-dev.txt": HEADER + "\n".join(["-r requirements.txt", *dev]) + "\n",
    }


def lock(output: str, *options: str) -> None:
    """Writes a lock file: exact versions and hashes for every supported Python, direct and indirect.

    options: those of `uv pip compile`, such as the file and groups that are locked.
    """
    subprocess.run(
        [
            *(sys.executable, "-m", "uv", "pip", "compile", "--output-file", output),
            # The lock holds for every Python and system that pyproject.toml allows, not for this machine alone.
            *("--universal", "--generate-hashes", "--no-annotate", "--quiet"),
            *("--custom-compile-command", "make lock", *options),
        ],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def main(options: list[str]) -> None:
    """Writes the seven files; options are handed to uv."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for name, content in requirement_files(project).items():
        (ROOT / name).write_text(content, encoding="utf-8")
    # The larger set first: the run-time lock takes its versions from it, so that the two always agree.
    lock("requirements-dev.lock", "pyproject.toml", "--group", "dev", *options)
    groups = [option for name in RUN_TIME_GROUPS for option in ("--group", name)]
    agreeing = ("--constraint", "requirements-dev.lock", *options)
    lock("requirements.lock", "pyproject.toml", *groups, *agreeing)
    lock("requirements-lake.lock", "--group", "lake", *agreeing)
    for name in ("store", "spark"):
        lock(f"requirements-{name}.lock", "--group", name, *options)


if __name__ == "__main__":
    main(sys.argv[1:])
