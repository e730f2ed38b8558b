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


def test_killed_builds_two_at_once_and_a_full_disk(tmp_path):
    """The published database is always the old or the new one, whole; nothing is left behind."""
    workshop = faulty_builds.Workshop(tmp_path)
    faulty_builds.kill_many(workshop, 1)
    faulty_builds.build_twice_at_once(workshop)
    assert faulty_builds.build_without_room(workshop, [20_000]) == 1


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="a folder that not even root can write is there on Linux"
)
def test_a_folder_that_is_read_only_is_told(inputs, link):
    with pytest.raises(PublishError, match="cannot be written"):
        build(inputs, type(link)("/proc/of-no-process/clusters.duckdb"))


def test_damaged_inputs_are_refused_in_words_or_read_whole(tmp_path):
    assert sum(faulty_builds.damage_data(tmp_path / "data", 15).values()) == 15
    assert sum(faulty_builds.damage_imports(tmp_path / "imports", 10).values()) == 10
