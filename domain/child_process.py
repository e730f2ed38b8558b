"""The end of a process that was started to do one thing."""

import subprocess


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill the process if it still runs, and release what belongs to it."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:  # what was not written to a process that has ended is lost, as it should be
                continue
