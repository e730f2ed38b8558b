"""The configuration of nginx: sticky readers, websockets, and what is shown while no process answers.

A cookie names the process that a reader belongs to. A reader without one is given to any process, one whose process was
replaced to its successor, and one whose process does not answer to another, with a new cookie. A card in another site
gets no cookie from most browsers; address and name of the browser choose its process, so that page, websocket and files
come from the same.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.serve.plan import Plan

COOKIE = "clusters_process"
INSTALL = (
    "nginx is missing; it hands the readers to the processes. Install it with `apt-get install -y nginx-light` "
    "(Debian, Ubuntu), `dnf install nginx` (Fedora) or `brew install nginx` (macOS); its own service need not run. "
    "`make run` serves with a single process and without nginx."
)
# Debian keeps it where only administrators look for programs.
PLACES = ("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin")
MAX_WORKERS = 4
# Addresses of the data API and of machines; they stay at the root of the process when the pages have a base path.
OF_THE_ROOT = r"(/(?:api/.*|api|healthz|robots\.txt|sitemap\.xml))"
BUSY_PAGE = (
    "<!doctype html><html lang=en><meta charset=utf-8><meta http-equiv=refresh content=5>"
    "<title>The dashboard is starting</title><h1>The dashboard is starting</h1>"
    "<p>This page tries again every five seconds.</p></html>"
)

_FILE = """\
# Written by `python -m tools.serve`, anew with each change of the processes.
daemon off;
pid {folder}/nginx.pid;
error_log stderr crit;  # below that, lines name the addresses of readers
worker_processes {workers};
worker_shutdown_timeout 4h;  # websockets of readers whose process stays outlive a change of this file
events {{ worker_connections {connections}; }}
http {{
    types {{ }}
    access_log off;  # it would keep the addresses of readers
    server_tokens off;
    client_max_body_size 51m;  # a file that a reader has checked
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    large_client_header_buffers 4 64k;  # the address holds the whole choice of a reader
    proxy_max_temp_file_size 0;
    proxy_request_buffering off;
    gzip on;  # the script of the charts has 4.7 MB, a third of that when compressed
    gzip_proxied any;
    gzip_vary on;
    gzip_types text/css text/plain text/csv text/javascript application/javascript application/json
        application/geo+json application/xml application/atom+xml image/svg+xml;

{upstreams}
    map "$http_upgrade_insecure_requests:$arg_embed" $reader {{
        "1:" $request_id;  # a browser opens a page: any process will do
        default "$remote_addr$http_x_forwarded_for$http_user_agent";
    }}
    split_clients $reader $any {{
{shares}
    }}
    map $cookie_{cookie} $chosen {{
        default $any;
{known}
    }}
    map $upstream_addr $answered {{
        default "";
{answered}
    }}
    map "$answered:$cookie_{cookie}" $belongs {{
        "~^:" "";
        "~^([^:]+):\\1$" "";
        default "{cookie}=$answered; Path={path}; HttpOnly; SameSite=Lax$secure";
    }}
    map $http_x_forwarded_proto $scheme_asked {{ default $http_x_forwarded_proto; "" $scheme; }}
    map $scheme_asked $secure {{ https "; Secure"; default ""; }}
    map $http_upgrade $connection_asked {{ default upgrade; "" close; }}

    server {{
        listen {listen};
        absolute_redirect off;
        add_header Set-Cookie $belongs always;
        proxy_http_version 1.1;
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $scheme_asked;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection $connection_asked;
        proxy_connect_timeout 5s;
        proxy_read_timeout 120s;
        error_page 502 504 = @starting;

        location / {{ proxy_pass http://$chosen; }}
        location {base}/_stcore/stream {{
            proxy_pass http://$chosen;
            proxy_read_timeout 1d;  # a reader may look at a page for long
        }}
{root}        location @starting {{
            default_type "text/html; charset=utf-8";
            add_header Retry-After 5 always;
            add_header Content-Security-Policy "default-src 'none'; frame-ancestors 'none'" always;
            add_header X-Content-Type-Options nosniff always;
            return 503 '{page}';
        }}
    }}
    server {{
        listen unix:{folder}/control.sock;  # tells which version of this file is in use
        location / {{ return 200 {version}; }}
    }}
}}
"""
_ROOT_OF_A_BASE_PATH = """\
        location = / {{ return 302 {base}/; }}
        location ~ ^{base}{of_the_root}$ {{ proxy_pass http://$chosen$1$is_args$args; }}
"""


class NginxError(Exception):
    """nginx is missing or refuses its configuration; the message says what to do."""


@dataclass(frozen=True)
class Upstream:
    """A process that nginx hands readers to. A leaving one gets no readers but those it has.

    ``slot`` is its place among the processes, which its successor takes; ``generation`` counts the successors.
    """

    slot: int
    generation: int
    port: int
    is_leaving: bool = False

    @property
    def name(self) -> str:
        """Its name in the configuration and the cookie."""
        return f"p{self.slot}g{self.generation}"


def find_nginx() -> str:
    """Path of the program. Raises NginxError where there is none."""
    found = shutil.which("nginx") or next((path for one in PLACES if (path := shutil.which("nginx", path=one))), None)
    if not found:
        raise NginxError(INSTALL)
    return found


def find_or_install() -> str:
    """Path of the program, which is installed with apt-get where it is missing and this user may. Raises NginxError."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        try:
            return find_nginx()
        except NginxError:
            apt = ["apt-get", "--quiet", "--yes"]
            for command in ([*apt, "update"], [*apt, "install", "--no-install-recommends", "nginx-light"]):
                subprocess.run(command, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, check=False)
    return find_nginx()


def configuration(plan: Plan, upstreams: Sequence[Upstream], version: int, open_files: int) -> str:
    """The file for nginx. ``version`` is what its control socket answers, ``open_files`` what a process may open."""
    staying = [one for one in upstreams if not one.is_leaving]
    base = plan.base_path
    if re.search(r"[\s;{}\"'$\\]", str(plan.folder)):
        raise NginxError(f"CLUSTERS_SERVE_FOLDER={str(plan.folder)!r} has a character that nginx does not take.")
    return _FILE.format(
        folder=plan.folder,
        workers=min(plan.processes, MAX_WORKERS),
        connections=max(256, min(16_384, open_files - 64)),
        upstreams="\n".join(_group(one, staying) for one in upstreams),
        shares="\n".join(_shares(staying)),
        known="\n".join(
            [f"        {one.name} {one.name};" for one in upstreams]
            + [f'        "~^p{one.slot}g[0-9]+$" {one.name};' for one in staying]  # its predecessors
        ),
        answered="\n".join(f'        "~:{one.port}$" {one.name};' for one in upstreams),
        cookie=COOKIE,
        path=f"{base}/",
        listen=plan.listen,
        base=base,
        root=_ROOT_OF_A_BASE_PATH.format(base=re.escape(base), of_the_root=OF_THE_ROOT) if base else "",
        page=BUSY_PAGE,
        version=version,
    )


def _group(one: Upstream, staying: Sequence[Upstream]) -> str:
    """A process, and the others for the time in which it does not answer."""
    others = "".join(f" server 127.0.0.1:{other.port} backup;" for other in staying if other.name != one.name)
    return f"    upstream {one.name} {{ server 127.0.0.1:{one.port} max_fails=0;{others} }}"


def _shares(staying: Sequence[Upstream]) -> list[str]:
    """Equal parts of the readers; the last process gets what rounding leaves."""
    part = f"{100 / len(staying):.2f}%"
    return [*(f"        {part} {one.name};" for one in staying[:-1]), f"        * {staying[-1].name};"]


def check(program: str, file: Path) -> None:
    """Raise NginxError with nginx's own words where it refuses the file."""
    command = [program, "-t", "-q", "-e", "stderr", "-c", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NginxError(f"nginx refuses {file}: {done.stderr.strip()}")
