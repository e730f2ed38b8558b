"""Several processes behind nginx: what the environment allows, and what the configuration of nginx says."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from settings import ROOT
from tools.serve import nginx
from tools.serve.nginx import INSTALL, PLACES, NginxError, Upstream, configuration, find_nginx
from tools.serve.plan import PlanError, read_plan
from tools.serve.process import MAX_PAUSE_SECONDS, STEADY_SECONDS, AppProcess
from tools.server import clean_environment

LEAVING, NEW, OTHER = Upstream(1, 1, 9001, is_leaving=True), Upstream(1, 2, 9003), Upstream(2, 1, 9002)


def _file(processes=(NEW, OTHER, LEAVING), **variables: str) -> str:
    return configuration(read_plan(variables), processes, 7, 1024)


def test_without_variables_it_serves_this_machine_with_a_process_for_each_core():
    plan = read_plan({})
    assert (plan.listen, plan.base_path, plan.processes) == ("127.0.0.1:8501", "", os.cpu_count())
    assert plan.code == ROOT


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("CLUSTERS_PROCESSES", "0", "whole number from 1 to 64"),
        ("CLUSTERS_PROCESSES", "two", "whole number from 1 to 64"),
        ("STREAMLIT_SERVER_PORT", "70000", "whole number from 1 to 65535"),
        ("STREAMLIT_SERVER_BASE_URL_PATH", "a; return 200", "letters, digits"),
        ("STREAMLIT_SERVER_BASE_URL_PATH", "../x", "letters, digits"),
        ("CLUSTERS_CODE", "/nowhere", "has no asgi.py"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_what_is_allowed(name, value, told):
    with pytest.raises(PlanError) as problem:
        read_plan({name: value})
    assert name in str(problem.value) and told in str(problem.value)


def test_new_readers_and_those_of_earlier_processes_come_to_those_that_stay():
    """The leaving process keeps the readers whose cookie names it, and gets no others."""
    text = _file()
    shares = text.partition("split_clients")[2].partition("}")[0]
    assert "50.00% p1g2;" in shares and "* p2g1;" in shares and "p1g1" not in shares
    known = text.partition("$chosen {")[2].partition("}")[0]
    assert [line.strip() for line in known.strip().splitlines()] == [
        "default $any;",
        "p1g2 p1g2;",
        "p2g1 p2g1;",
        "p1g1 p1g1;",
        '"~^p1g[0-9]+$" p1g2;',
        '"~^p2g[0-9]+$" p2g1;',
    ]


def test_a_process_that_does_not_answer_is_stood_in_for_by_those_that_stay():
    lines = [line.strip() for line in _file().splitlines() if line.strip().startswith("upstream")]
    assert lines == [
        "upstream p1g2 { server 127.0.0.1:9003 max_fails=0; server 127.0.0.1:9002 backup; }",
        "upstream p2g1 { server 127.0.0.1:9002 max_fails=0; server 127.0.0.1:9003 backup; }",
        (
            "upstream p1g1 { server 127.0.0.1:9001 max_fails=0; "
            "server 127.0.0.1:9003 backup; server 127.0.0.1:9002 backup; }"
        ),
    ]


def test_address_port_and_base_path_are_those_of_the_environment():
    text = _file(
        STREAMLIT_SERVER_ADDRESS="::1", STREAMLIT_SERVER_PORT="9000", STREAMLIT_SERVER_BASE_URL_PATH="/tools/clusters/"
    )
    assert "listen [::1]:9000;" in text and "location /tools/clusters/_stcore/stream {" in text
    assert "location = / { return 302 /tools/clusters/; }" in text and "Path=/tools/clusters/;" in text


@pytest.mark.parametrize("variables", [{}, {"STREAMLIT_SERVER_BASE_URL_PATH": "clusters"}])
@pytest.mark.parametrize("processes", [(OTHER,), (NEW, OTHER), (NEW, OTHER, LEAVING)])
def test_nginx_takes_the_configuration(processes, variables, tmp_path):
    try:
        program = find_nginx()
    except NginxError as problem:
        pytest.skip(str(problem))
    file = tmp_path / "nginx.conf"
    file.write_text(_file(processes, CLUSTERS_SERVE_FOLDER=str(tmp_path), **variables))
    nginx.check(program, file)
    file.write_text(file.read_text().replace("listen", "lisen"))
    with pytest.raises(NginxError, match="lisen"):
        nginx.check(program, file)


def test_where_nginx_is_missing_it_is_said_how_to_install_it(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _name, path=None: None)
    with pytest.raises(NginxError, match="apt-get install -y nginx-light"):
        find_nginx()
    assert "make run" in INSTALL and "/usr/sbin" in PLACES  # where Debian keeps it, outside the path of users


def test_a_process_that_ends_again_and_again_is_started_ever_later(monkeypatch):
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    one = AppProcess(1, 1, Path("python"), ROOT, {}, port=9001)
    pauses = []
    for _ in range(8):
        one.started_at = now
        pauses.append(one.plan_restart())
        now += pauses[-1]
    assert pauses == [0, 1, 2, 4, 8, 16, MAX_PAUSE_SECONDS, MAX_PAUSE_SECONDS]
    now += STEADY_SECONDS + 1
    assert one.plan_restart() == 0


def test_a_page_of_streamlit_in_place_of_the_state_of_health_is_not_ready(monkeypatch):
    """Streamlit answers any address with its page and 200 where the program does not start."""
    one = AppProcess(1, 1, Path("python"), ROOT, {}, port=9001)
    answers = {b"<!doctype html>": False, b'{"status": "not ready"}': False, None: False, b'{"status": "ok"}': True}
    for answer, is_ready in answers.items():
        monkeypatch.setattr(one, "_get", lambda _path, answer=answer: answer)
        assert one.is_ready() is is_ready


@pytest.mark.parametrize("command", [["-m", "tools.serve", "replace"], ["-m", "tools.serve"]])
def test_the_command_ends_with_a_sentence(command, tmp_path):
    code = "" if "replace" in command else str(tmp_path / "gone")
    variables = clean_environment(tmp_path, CLUSTERS_SERVE_FOLDER=str(tmp_path), CLUSTERS_CODE=code)
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1
    assert ("No service runs at port 8501" if "replace" in command else "has no asgi.py") in done.stderr
