"""The command that starts the dashboard for a room: its address, and what the server gets."""

import socket

import pytest

from tools import present


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("192.168.1.20", True),
        ("10.0.0.7", True),
        ("172.20.3.4", True),
        ("127.0.0.1", False),
        ("169.254.10.1", False),
        ("0.0.0.0", False),
        ("8.8.8.8", False),
    ],
)
def test_an_address_of_a_room_is_private_and_not_of_this_machine_alone(address, is_one):
    """RFC 1918; 169.254 is what a machine gives itself without a network, 8.8.8.8 is open to everybody."""
    assert present.is_of_a_room(address) is is_one


def test_the_first_address_of_a_room_is_taken(monkeypatch):
    found = ["203.0.114.9", "127.0.0.1", "192.168.1.20", "10.0.0.7"]
    monkeypatch.setattr(present, "own_addresses", lambda: iter(found))
    assert present.room_address() == "192.168.1.20"
    monkeypatch.setattr(present, "own_addresses", lambda: iter(["203.0.114.9"]))
    assert present.room_address() is None


def test_nothing_is_sent_to_find_the_address(monkeypatch):
    """Only datagram sockets are connected, by number; a name would be looked up elsewhere."""
    kinds = []

    class Way(socket.socket):
        def connect(self, target):
            kinds.append((self.type, target[0].replace(".", "").isdigit()))
            raise OSError("no route")

        def send(self, *_):
            raise AssertionError

        sendto = send

    monkeypatch.setattr(present.socket, "socket", Way)
    assert list(present.own_addresses()) == []
    assert kinds == [(socket.SOCK_DGRAM, True)] * len(present.PROBES)


def test_the_server_listens_there_and_knows_its_public_address():
    command = present.command("192.168.1.20", 8501)
    assert command[command.index("--server.address") + 1] == "192.168.1.20"
    assert command[command.index("--browser.serverAddress") + 1] == "192.168.1.20"
    given = {"PATH": "/bin"}
    assert present.environment_of("192.168.1.20", 8501, given) == {
        "PATH": "/bin",
        "CLUSTERS_PUBLIC_URL": "http://192.168.1.20:8501",
    }
    assert present.environment_of("127.0.0.1", 8501, given) == given, "no code for phones"
    other = {"CLUSTERS_PUBLIC_URL": "https://clusters.example.org"}
    assert present.environment_of("192.168.1.20", 8501, other) == other, "the organiser knows better"


def test_an_address_or_a_port_that_cannot_be_used_is_explained():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"127.0.0.1 port {port} cannot be used" in (present.problem_of("127.0.0.1", port) or "")
    assert "--address 'phone' is not an address" in (present.problem_of("phone", 8501) or "")
    assert present.problem_of("127.0.0.1", port) is None
