"""Serve the dashboard with several processes behind nginx.

    python -m tools.serve            start, and serve until Ctrl+C or SIGTERM
    python -m tools.serve replace    replace the processes of a running service one after another
    python -m tools.serve install    install nginx with apt-get where it is missing

Settings are variables of the environment: docs/deployment.md#several-processes.
"""

from __future__ import annotations

import os
import signal
import stat
import sys
from pathlib import Path

import typer
from filelock import FileLock, Timeout

from tools.present import problem_of
from tools.serve.nginx import NginxError, find_or_install
from tools.serve.plan import Plan, PlanError, read_plan

MAX_OPEN_FILES = 65_536
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def _plan() -> Plan:
    if os.name != "posix":
        raise SystemExit(
            "Several processes behind nginx need Linux or macOS. `python -m streamlit run asgi.py` serves."
        )
    try:
        return read_plan()
    except PlanError as problem:
        raise SystemExit(str(problem)) from None


def _own_folder(folder: Path) -> None:
    """Make the folder of the service. Ends the program where others can change what is in it."""
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o022:
        raise SystemExit(f"{folder} can be changed by other users. Name your own with CLUSTERS_SERVE_FOLDER.")


def _raise_open_files() -> int:
    """Allow as many open files as the system lets this user have, up to MAX_OPEN_FILES; returns the limit."""
    import resource  # POSIX alone

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_OPEN_FILES if hard == resource.RLIM_INFINITY else min(MAX_OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return MAX_OPEN_FILES if soft == resource.RLIM_INFINITY else soft


@app.callback(invoke_without_command=True)
def serve(context: typer.Context) -> None:
    """Start, and serve until Ctrl+C or SIGTERM."""
    if context.invoked_subcommand:
        return
    from tools.serve.supervisor import StartError, Supervisor

    plan = _plan()
    _own_folder(plan.folder)
    try:
        with FileLock(plan.folder / "lock", timeout=0):
            if problem := problem_of(plan.address, plan.port):
                raise SystemExit(
                    problem.replace("--port", "STREAMLIT_SERVER_PORT").replace("--address", "STREAMLIT_SERVER_ADDRESS")
                )
            (plan.folder / "pid").write_text(str(os.getpid()), encoding="ascii")
            Supervisor(plan, _raise_open_files()).run()
    except Timeout:
        raise SystemExit(
            f"A service at port {plan.port} runs already. `python -m tools.serve replace` replaces its processes."
        ) from None
    except (NginxError, StartError) as problem:
        raise SystemExit(str(problem)) from None


@app.command()
def replace() -> None:
    """Replace the processes of the running service one after another: after an upgrade, or to free memory."""
    plan = _plan()
    lock = FileLock(plan.folder / "lock", timeout=0)
    try:
        with lock:
            raise SystemExit(f"No service runs at port {plan.port}. `python -m tools.serve` starts one.")
    except Timeout:
        pid = int((plan.folder / "pid").read_text(encoding="ascii"))
        os.kill(pid, signal.SIGHUP)
        print("The processes are being replaced; the log of the service tells how far it is.", file=sys.stderr)


@app.command()
def install() -> None:
    """Say where nginx is; as an administrator of Debian or Ubuntu, install it where it is missing."""
    try:
        print(find_or_install())
    except NginxError as problem:
        raise SystemExit(str(problem)) from None


if __name__ == "__main__":
    app()
