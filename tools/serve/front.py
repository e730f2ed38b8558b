"""The nginx in front: started with a configuration, given a new one while it serves, ended."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tools.serve.nginx import Upstream, check, configuration, find_nginx
from tools.serve.plan import Plan
from tools.serve.process import STOP_SECONDS, start


class Front:
    """nginx with its configuration in the folder of the plan."""

    def __init__(self, plan: Plan, open_files: int) -> None:
        self._plan, self._open_files = plan, open_files
        self._program = find_nginx()
        self._version = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def file(self) -> Path:
        """The configuration."""
        return self._plan.folder / "nginx.conf"

    @property
    def pid(self) -> int:
        """Number of the master process, 0 when it does not run."""
        return self._process.pid if self._process and self.runs() else 0

    def write(self, upstreams: Sequence[Upstream]) -> None:
        """Write the configuration for these processes. Raises NginxError and keeps the old one if nginx refuses it."""
        self._version += 1
        new = self.file.with_suffix(".new")
        new.write_text(configuration(self._plan, upstreams, self._version, self._open_files), encoding="utf-8")
        check(self._program, new)
        os.replace(new, self.file)

    def start(self) -> None:
        """Start nginx with the configuration written last."""
        (self._plan.folder / "control.sock").unlink(missing_ok=True)  # left behind by one that was killed
        self._process = start([self._program, "-e", "stderr", "-c", str(self.file)], self._plan.folder, os.environ)

    def reload(self) -> None:
        """Have nginx read the configuration written last; connections that are open stay."""
        if self._process and self.runs():
            self._process.send_signal(signal.SIGHUP)

    def runs(self) -> bool:
        """Whether it has been started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def uses_newest(self) -> bool:
        """Whether nginx answers, by the configuration written last."""
        connection = http.client.HTTPConnection("localhost", timeout=2)
        connection.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.sock.settimeout(2)
            connection.sock.connect(str(self._plan.folder / "control.sock"))
            connection.request("GET", "/")
            return connection.getresponse().read() == str(self._version).encode()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        """End nginx and its connections."""
        if self._process and self.runs():
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
