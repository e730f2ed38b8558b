"""A PostgreSQL server of a test: on a free port of this machine, in a folder that is removed, ended with the test."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.server import free_port

WHAT_TO_INSTALL = "PostgreSQL is missing; on Debian and Ubuntu: apt-get install -y postgresql"
OWNER, READER, PASSWORD = "writer", "reader", "not-told-to-anybody"
# The server refuses to run as an administrator; this user exists on Linux and may do nothing.
_USER = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}


def programs() -> Path | None:
    """The folder of the programs of the server; None where it is not installed."""
    found = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return Path(found).resolve().parent if found else debian[-1].parent if debian else None


@dataclass(frozen=True)
class Postgres:
    """A server: where its programs and its folder are, and its port."""

    programs: Path
    folder: Path
    port: int

    def address(self, database: str, role: str = OWNER) -> str:
        """CLUSTERS_DB of the lake in a database of the server."""
        return f"ducklake:postgres:dbname={database} host=127.0.0.1 port={self.port} user={role} password='{PASSWORD}'"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._run("pg_ctl", "-D", "data", "-o", options, "-l", "log", "--wait", "start")

    def stop(self) -> None:
        """End it and all connections to it."""
        self._run("pg_ctl", "-D", "data", "--mode", "immediate", "--wait", "stop")

    def new_database(self, name: str) -> None:
        """Make a database in which whatever the owner makes can be read by the reader."""
        self.sql("postgres", f"CREATE DATABASE {name}")
        self.sql(name, f"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {READER}")

    def sql(self, database: str, statement: str) -> None:
        """Run a statement as the owner."""
        place = ["-h", str(self.folder), "-p", str(self.port), "-U", OWNER, "-d", database]
        self._run("psql", *place, "-v", "ON_ERROR_STOP=1", "-q", "-c", statement)

    def _run(self, program: str, *arguments: str) -> None:
        # To a file: the server keeps its output open, and a pipe would be waited for.
        with (self.folder / "output").open("w+") as output:
            done = subprocess.run(
                [self.programs / program, *arguments],
                cwd=self.folder,
                stdout=output,
                stderr=output,
                check=False,
                **_USER,
            )
            output.seek(0)
            assert done.returncode == 0, output.read()

    def initialise(self) -> None:
        """Make its files, with the passwords asked for over the network."""
        self._run("initdb", "-D", "data", "-U", OWNER, "--auth-local=trust", "--auth-host=scram-sha-256", "--no-sync")


@contextmanager
def running(found: Path) -> Iterator[Postgres]:
    """A server with the two roles, until the block ends."""
    # Not in a folder of pytest, which other users cannot enter.
    with tempfile.TemporaryDirectory(prefix="lake-catalogue-") as folder:
        if _USER:
            shutil.chown(folder, _USER["user"], _USER["group"])
        server = Postgres(found, Path(folder), free_port())
        server.initialise()
        server.start()
        try:
            server.sql("postgres", f"ALTER ROLE {OWNER} PASSWORD '{PASSWORD}'")
            server.sql("postgres", f"CREATE ROLE {READER} LOGIN PASSWORD '{PASSWORD}'")
            yield server
        finally:
            server.stop()
