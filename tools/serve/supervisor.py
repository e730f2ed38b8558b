"""Keeps the processes and nginx running as one: starts, watches, replaces and ends them."""

from __future__ import annotations

import os
import secrets
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType

from tools.serve.front import Front
from tools.serve.nginx import NginxError, Upstream
from tools.serve.plan import Plan
from tools.serve.process import STOP_SECONDS, AppProcess

READY_SECONDS = 120  # for the first page of a process
CHECK_SECONDS = 10.0
TICK_SECONDS = 0.2


class StartError(Exception):
    """The processes did not become ready; the message says what to look at."""


class _AskedToEndError(Exception):
    """The service is asked to end."""


def say(text: str) -> None:
    """A line of the log."""
    print(f"serve: {text}", file=sys.stderr, flush=True)


class Supervisor:
    """The processes of the plan behind nginx, until `run` returns."""

    def __init__(self, plan: Plan, open_files: int) -> None:
        self._plan = plan
        self._front = Front(plan, open_files)
        self._active: list[AppProcess] = []
        self._leaving: list[AppProcess] = []
        self._generation = 1
        self._is_asked_to_end = self._is_asked_to_replace = False
        self._next_check = 0.0
        # One secret for all: a form that was opened at one process may be sent to another.
        self._secret = os.environ.get("STREAMLIT_SERVER_COOKIE_SECRET") or secrets.token_hex(32)

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT; SIGHUP replaces the processes one after another.

        Raises StartError and NginxError when it cannot start; nothing is left running then.
        """
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._take_signal)
        try:
            self._start_all()
            while True:
                self._wait(lambda: self._is_asked_to_replace)
                self._is_asked_to_replace = False
                self._replace_all()
        except _AskedToEndError:
            say("asked to end")
        finally:
            self._end_all()

    def _take_signal(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGHUP:
            self._is_asked_to_replace = True
        else:
            self._is_asked_to_end = True

    def _new_process(self, slot: int) -> AppProcess:
        environment = {
            **os.environ,
            "STREAMLIT_SERVER_BASE_URL_PATH": self._plan.base_path.strip("/"),
            "STREAMLIT_SERVER_COOKIE_SECRET": self._secret,
            "STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE": "true",  # it names the port of the process
        }
        # Resolved now: all processes of a generation run the same code, whatever the link names later.
        code, python = self._plan.code.resolve(), self._plan.python
        process = AppProcess(slot, self._generation, python, code, environment)
        process.start()
        return process

    def _start_all(self) -> None:
        self._active = [self._new_process(slot) for slot in range(1, self._plan.processes + 1)]
        waiting = list(self._active)

        def all_ready() -> bool:
            waiting[:] = [one for one in waiting if not one.is_ready()]
            return not waiting or not all(one.runs() for one in self._active)

        self._wait(all_ready, READY_SECONDS, is_watching=False)
        if waiting:
            raise StartError(
                f"{len(waiting)} of {len(self._active)} processes did not become ready. Their messages are above; "
                "`python -m streamlit run asgi.py` starts one alone, and its /healthz says what is missing."
            )
        self._front.write([one.upstream() for one in self._active])
        self._front.start()
        if not self._wait(lambda: self._front.uses_newest() or not self._front.runs(), 10, is_watching=False) or (
            not self._front.runs()
        ):
            raise StartError(f"nginx did not start at {self._plan.listen}; its message is above.")
        say(f"{len(self._active)} processes serve at http://{self._plan.listen}{self._plan.base_path}/")

    def _wait(self, until: Callable[[], bool], seconds: float = float("inf"), *, is_watching: bool = True) -> bool:
        """Watch the processes until something holds, or the time is over; whether it holds. Raises _AskedToEndError."""
        end = time.monotonic() + seconds
        while not (holds := until()) and time.monotonic() < end:
            if self._is_asked_to_end:
                raise _AskedToEndError
            if is_watching:
                self._watch()
            time.sleep(TICK_SECONDS)
        return holds

    def _watch(self) -> None:
        """Start again what has ended or does not answer."""
        for one in self._active:
            if not one.runs():
                self._start_again(one)
        if not self._front.runs():
            say("nginx ended; started again")
            self._front.start()
        if time.monotonic() > self._next_check:
            self._next_check = time.monotonic() + CHECK_SECONDS
            for one in self._active:
                if one.runs() and one.is_stuck():
                    say(f"process {one.name} has not answered for a minute; it is ended")
                    one.kill()

    def _start_again(self, one: AppProcess) -> None:
        if not one.start_again_at:
            pause = one.plan_restart()
            say(f"process {one.name} {one.how_it_ended()}; starts again {f'in {pause:.0f} s' if pause else 'now'}")
        if time.monotonic() >= one.start_again_at:
            one.start()

    def _replace_all(self) -> None:
        """Each process by a new one; stops at the first new one that does not become ready."""
        self._generation += 1
        say(f"replacing {len(self._active)} processes one after another, by those of {self._plan.code.resolve()}")
        for place, old in enumerate(list(self._active)):
            new = self._new_process(old.slot)
            self._leaving.append(new)  # so that it is ended with the others if need be
            is_ready = self._wait(lambda new=new: new.is_ready() or not new.runs(), READY_SECONDS)  # type: ignore[misc]
            if not (is_ready and new.runs()):
                say(f"process {new.name} did not become ready; nothing more is replaced. Its messages are above.")
                self._end(new)
                return
            self._leaving[-1] = old
            self._active[place] = new
            self._hand_over(old)
        say("all processes are replaced")

    def _hand_over(self, old: AppProcess) -> None:
        """Send new readers elsewhere, let the old process serve those it has, and end it."""
        self._apply([*(one.upstream() for one in self._active), old.upstream(is_leaving=True)])
        self._wait(lambda: not old.runs() or old.readers() == 0, self._plan.drain_s)
        rest = old.readers() if old.runs() else 0
        self._apply([one.upstream() for one in self._active])
        say(f"process {old.name} is replaced" + (f"; its last {rest} readers connect again" if rest else ""))
        self._end(old)

    def _apply(self, upstreams: list[Upstream]) -> None:
        try:
            self._front.write(upstreams)
        except NginxError as problem:
            say(str(problem))
            return
        self._front.reload()
        self._wait(self._front.uses_newest, 10)

    def _end(self, one: AppProcess) -> None:
        one.ask_to_end()
        self._wait(lambda: not one.runs(), STOP_SECONDS)
        one.kill()
        self._leaving.remove(one)

    def _end_all(self) -> None:
        """No new readers, then all processes at once; what does not end in time is killed."""
        processes = [*self._active, *self._leaving]
        for one in processes:
            one.ask_to_end()
        end = time.monotonic() + STOP_SECONDS
        while any(one.runs() for one in processes) and time.monotonic() < end:
            time.sleep(TICK_SECONDS)
        for one in processes:
            one.kill()
        self._front.stop()
