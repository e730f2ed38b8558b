"""Limits that a check of an unknown file sets on its own process, where the system offers them."""

import sys

MAX_MEMORY_BYTES = 4 << 30
MAX_FILE_BYTES = 1 << 30
MAX_CPU_SECONDS = 120


def limit_own_process() -> None:
    """Limit memory, processor time and the size of written files; does nothing on Windows."""
    if sys.platform == "win32":
        return
    import resource  # it exists on Unix only

    for what, most in (
        (resource.RLIMIT_AS, MAX_MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, MAX_FILE_BYTES),
        (resource.RLIMIT_CPU, MAX_CPU_SECONDS),
    ):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
