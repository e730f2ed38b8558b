"""The cache of results: bounded in bytes, the results used last stay, and what an address makes up is not kept."""

import pandas as pd
import pytest

from warehouse.result_cache import ResultCache, size_of

BUILD = ("clusters.duckdb", 1, 2)


def key(*arguments):
    return BUILD, "query", arguments, ()


def frame(rows: int) -> pd.DataFrame:
    return pd.DataFrame({"x": range(rows)})


def test_a_result_is_made_once():
    cache, made = ResultCache(1_000_000), []
    for _ in range(3):
        assert len(cache.get(key(7), lambda: made.append(1) or frame(3))) == 3
    assert made == [1] and len(cache) == 1


def test_bytes_are_bounded_and_the_results_used_last_stay():
    one = size_of(frame(1000))
    cache = ResultCache(one * 5)
    cache.get(key(0), lambda: frame(1000))
    for number in range(1, 50):
        cache.get(key(number), lambda: frame(1000))
        cache.get(key(0), lambda: pytest.fail("used all the time, so kept"))
        assert cache.bytes <= one * 5
    assert 3 <= len(cache) <= 5


def test_a_result_that_is_too_large_is_given_and_not_kept():
    cache = ResultCache(10_000)
    assert len(cache.get(key(1), lambda: frame(100_000))) == 100_000 and len(cache) == cache.bytes == 0


@pytest.mark.parametrize("empty", [frame(0), None, (), {}, ""])
def test_what_an_unknown_id_finds_is_not_kept(empty):
    cache = ResultCache(1_000_000)
    for number in range(600):
        cache.get(key("organisations", f"made-up-{number}"), lambda: empty)
        cache.get(key("organisations", (f"made-up-{number}",)), lambda: empty)
    assert len(cache) == cache.bytes == 0


def test_a_long_text_is_not_kept():
    cache = ResultCache(100_000_000)
    cache.get(key("x" * 500_000), lambda: frame(3))
    assert cache.bytes == 0


def test_an_empty_result_without_a_text_is_kept():
    """A filter that leaves nothing is asked for again by every card of a page."""
    cache = ResultCache(1_000_000)
    cache.get(key(7), lambda: frame(0))
    assert len(cache) == 1
