"""Start the dashboard for a room: at the address that phones in the same network can reach.

    python -m tools.present [--address 192.168.1.20] [--port 8501]

The address is that of this machine in its local network, read from its own table of routes: nothing is sent and nobody
is asked. The last slide shows its QR code. Without such an address the dashboard is for this machine alone and shows no
code.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Annotated

import typer

from settings import ROOT

LOCAL = "127.0.0.1"
# One address of each range that local networks use, and one of a range kept for documentation, which stands for
# the way to everywhere else (RFC 1918, RFC 5737).
PROBES = ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254")
DISCARD_PORT = 9


def own_addresses() -> Iterator[str]:
    """Addresses of this machine on its way to each probe. Connecting a UDP socket only looks at the table of routes."""
    for probe in PROBES:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
            try:
                way.connect((probe, DISCARD_PORT))
            except OSError:  # no route
                continue
            yield str(way.getsockname()[0])


def is_of_a_room(address: str) -> bool:
    """Whether phones in the same network can reach the address, and nobody outside it."""
    one = ipaddress.ip_address(address)
    return one.is_private and not (one.is_loopback or one.is_link_local or one.is_unspecified)


def room_address() -> str | None:
    """The address of this machine in a local network; None without one."""
    return next((address for address in own_addresses() if is_of_a_room(address)), None)


def problem_of(address: str, port: int) -> str | None:
    """Why a server cannot use the address and port; None when it can."""
    try:
        ipaddress.IPv4Address(address)
    except ValueError:
        return f"--address {address!r} is not an address. Write it like 192.168.1.20."
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except (OSError, OverflowError) as problem:
            return (
                f"{address} port {port} cannot be used: {problem}. Stop what runs there, choose another port with "
                "--port, or name an address of this machine with --address."
            )
    return None


def command(address: str, port: int) -> list[str]:
    """The command that starts the server."""
    server = {"server.address": address, "server.port": port, "browser.serverAddress": address}
    options = [text for name, value in server.items() for text in (f"--{name}", str(value))]
    return [sys.executable, "-m", "streamlit", "run", "asgi.py", *options]


def environment_of(address: str, port: int, given: Mapping[str, str]) -> dict[str, str]:
    """The environment of the server: where phones can reach it, their address, unless the organiser named another."""
    own = {} if address == LOCAL else {"CLUSTERS_PUBLIC_URL": f"http://{address}:{port}"}
    return {**own, **{name: value for name, value in given.items() if value or name not in own}}


def main(
    address: Annotated[str | None, typer.Option(help="Address of this machine in the network of the room.")] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the dashboard.")] = 8501,
) -> None:
    """Start the dashboard for a room and say where it is."""
    chosen = address or room_address() or LOCAL
    problem = problem_of(chosen, port)
    if problem:
        raise SystemExit(problem)
    url = f"http://{chosen}:{port}"
    print(f"On this machine: {url}/present")
    if chosen == LOCAL:
        print(
            "No local network was found: phones cannot reach the dashboard, and the last slide shows no code. Connect "
            "to the network of the room, or name the address of this machine with --address."
        )
    else:
        print("Phones in the same network: the code on the last slide.")
    try:
        done = subprocess.run(
            command(chosen, port), cwd=ROOT, env=environment_of(chosen, port, os.environ), check=False
        )
    except KeyboardInterrupt:  # the usual way to stop it
        return
    sys.exit(done.returncode)


if __name__ == "__main__":
    typer.run(main)
