"""A sample of what goes wrong on a machine; `make soak` repeats each hundreds of times (tests/soak)."""

import sys

import pytest

from etl.errors import PublishError
from etl.pipeline import build
from tests import faulty_builds

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="kills and limits are those of POSIX"),
]


def test_a_killed_build_and_a_full_disk(tmp_path):
    """The published database is the old or the new one, whole; the next build clears up, though it has no room."""
    workshop = faulty_builds.Workshop(tmp_path)
    assert workshop.build(0)[0] == 0
    workshop.kill_one(1, 0.4)
    now = workshop.published()
    code, output = workshop.build(1 - now, limit_bytes=20_000)
    assert code == 1 and "cannot be written" in output and "Traceback" not in output
    assert workshop.published() == now and workshop.left_over() == []


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="a folder that not even root can write is there on Linux"
)
def test_a_folder_that_is_read_only_is_told(inputs, link):
    with pytest.raises(PublishError, match="cannot be written"):
        build(inputs, type(link)("/proc/of-no-process/clusters.duckdb"))


def test_damaged_inputs_are_refused_in_words_or_read_whole(tmp_path):
    assert sum(faulty_builds.damage_data(tmp_path / "data", 15).values()) == 15
    assert sum(faulty_builds.damage_imports(tmp_path / "imports", 10).values()) == 10
