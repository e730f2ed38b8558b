"""A cache of query results that holds a bounded number of bytes and shares them among all readers."""

import pickle
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from threading import Lock
from typing import Any

import pandas as pd

# Longer texts come from addresses that nobody of ours wrote.
MAX_TEXT_CHARS = 200
_UNKNOWN_BYTES = 1_000_000  # of a result that cannot be measured


class ResultCache:
    """Keeps the results used last, up to ``max_bytes`` together."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """The result kept under ``key``, or that of ``make``, which is kept unless it is a miss or too large.

        A miss is an empty result for a text, such as an id that an address names and no record has: anybody could fill
        the memory with these.
        """
        with self._lock:
            if (found := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return found[0]
        result = make()
        texts = list(_texts(key))
        if any(len(text) > MAX_TEXT_CHARS for text in texts) or (texts and _is_empty(result)):
            return result
        size = size_of(result) + sum(map(len, texts))
        if size <= self._max_bytes // 4:
            self._keep(key, result, size)
        return result

    def _keep(self, key: tuple[Any, ...], result: Any, size: int) -> None:
        with self._lock:
            self.bytes += size - self._kept.pop(key, (None, 0))[1]
            self._kept[key] = result, size
            while self.bytes > self._max_bytes:
                self.bytes -= self._kept.popitem(last=False)[1][1]


def size_of(value: Any) -> int:
    """Bytes of a result, roughly: those of a frame in memory, of anything else when it is written out."""
    if isinstance(value, pd.DataFrame):
        return int(value.memory_usage(deep=True).sum())
    try:
        return len(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
    except (pickle.PicklingError, TypeError, AttributeError):
        return _UNKNOWN_BYTES


def _texts(key: tuple[Any, ...]) -> Iterator[str]:
    """The texts among the arguments: behind build and query."""
    for argument in key[2:]:
        for one in argument if isinstance(argument, tuple) else (argument,):
            if isinstance(one, str):
                yield one
            elif isinstance(one, tuple):
                yield from (text for text in one if isinstance(text, str))


def _is_empty(result: Any) -> bool:
    if isinstance(result, pd.DataFrame):
        return result.empty
    return result is None or (isinstance(result, (tuple, list, dict, str)) and not result)
