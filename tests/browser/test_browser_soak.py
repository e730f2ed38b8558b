"""A long afternoon at the stand: one server, visitor after visitor, for SOAK_MINUTES (15)."""

from __future__ import annotations

import itertools
import os
import time
from pathlib import Path

import pytest

from tools.page import PAGES, Record, address, wait_charts, wait_ready

ADDRESSES = [
    address(name) + query for name, query in itertools.product(PAGES, ("", "?sector=energy", "?side=US", "?country=DE"))
]
ALLOWED_GROWTH_MB = 100


def resident_mb(pid: int) -> float:
    """Memory of the server that is in use, in MB (Linux)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise ValueError(f"process {pid} has no VmRSS")


@pytest.mark.soak
def test_server_stays_healthy_and_small(server, chromium):
    """Without a garbage collection after every run (.streamlit/config.toml) memory must stay flat."""
    seconds = 60 * float(os.environ.get("SOAK_MINUTES", "15"))
    start = time.monotonic()
    warm_mb = 0.0
    rounds = 0
    while time.monotonic() - start < seconds or rounds < 2:
        for path in ADDRESSES:
            page = chromium.new_context().new_page()
            record = Record.of(page)
            page.goto(server.url + path)
            wait_ready(page, timeout=60_000)
            wait_charts(page)
            assert page.locator('[data-testid="stException"]').count() == 0, path
            record.assert_clean()
            page.context.close()
        rounds += 1
        # the first round fills the caches
        warm_mb = warm_mb or resident_mb(server.pid)
    growth = resident_mb(server.pid) - warm_mb
    print(f"{rounds} rounds of {len(ADDRESSES)} pages, memory {warm_mb:.0f} MB {growth:+.0f} MB")
    assert growth < ALLOWED_GROWTH_MB
