"""The search over all records: what is found for a question, best first.

The numbers of the index are held in memory, once for each build: a database plans each query anew, and a question needs
several. Names and texts stay in the database.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
import pandas as pd

from domain.search_text import spellings, words
from warehouse.connection import Connection, fetch

MAX_QUESTION_CHARS = 100
MAX_WORDS = 8
MAX_PER_KIND = 25
MAX_LIKE_WORDS = 40  # for each word of the question
MIN_SCORE = 0.55  # between 0 and 1
MAX_BELOW_BEST = 0.25
_LONG_WORD = 6  # letters; two of them may differ
_AFTER_ALL_LETTERS = "\U0010ffff"

Numbers = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class SearchIndex:
    """The tables of the search (etl/sql/90_search.sql) as arrays.

    ``words`` are all words in their order, ``first_use[w]`` the place of the first use of word w in ``used_in``
    (numbers of texts) and ``share``; ``spelling`` is sorted, ``spelled_word`` has the words of the same places. For
    each text there is an entry in ``record_of_text`` and ``is_name``, for each record the number of its table in
    ``kind_of_record``.
    """

    words: list[str]
    text_counts: Numbers
    first_use: Numbers
    used_in: Numbers
    share: Numbers
    spelling: Numbers
    spelled_word: Numbers
    record_of_text: Numbers
    is_name: Numbers
    kind_of_record: Numbers


def search_index(connection: Connection) -> SearchIndex:
    """The index of the search, to be kept as long as the build is read."""

    def columns(sql: str) -> dict[str, Numbers]:
        return {name: np.asarray(values) for name, values in connection.execute(sql).fetchnumpy().items()}

    vocabulary = columns("SELECT word, text_count FROM search_vocabulary ORDER BY word_no")
    uses = columns("SELECT text_no, share FROM search_words ORDER BY word_no, text_no")
    spelled = columns("SELECT spelling, word_no FROM search_spellings ORDER BY spelling")
    texts = columns("SELECT record_no, is_name FROM search_texts ORDER BY text_no")
    kinds = columns("SELECT dense_rank() OVER (ORDER BY table_name) AS kind FROM search_records ORDER BY record_no")
    return SearchIndex(
        words=list(vocabulary["word"]),
        text_counts=vocabulary["text_count"],
        first_use=np.concatenate(([0], np.cumsum(vocabulary["text_count"]))),
        used_in=uses["text_no"],
        share=uses["share"],
        spelling=spelled["spelling"],
        spelled_word=spelled["word_no"],
        record_of_text=texts["record_no"],
        is_name=texts["is_name"],
        kind_of_record=kinds["kind"],
    )


_SHOWN = """
SELECT table_name, record_id, label, hint, what, text, score, of_kind
FROM (
    SELECT unnest($records) AS record_no, unnest($texts) AS text_no, unnest($scores) AS score, unnest($kinds) AS of_kind
) JOIN (FROM search_records WHERE record_no IN ({records})) USING (record_no)
JOIN (SELECT text_no, what, text FROM search_texts WHERE text_no IN ({texts})) USING (text_no)
ORDER BY max(score) OVER (PARTITION BY table_name) DESC, table_name, score DESC, length(label), label, record_no
"""


def find(connection: Connection, index: SearchIndex, question: str) -> pd.DataFrame:
    """Records found for a question, grouped by kind: the kind with the best one first, and the best first in each.

    Columns: table_name ('sectors' and 'terms' beside the tables of record types), record_id, label, hint, what (what
    the text that was found is for the record; missing for its name), text, score from 0 to 1, of_kind (number found of
    the kind, of which ``MAX_PER_KIND`` are listed). The question may be any text: words are all that is read of it, and
    of those the first ``MAX_WORDS`` of its first ``MAX_QUESTION_CHARS`` characters. Case, accents and one wrong letter
    a word make no difference, or two in a long word.
    """
    asked = list(dict.fromkeys(words(question[:MAX_QUESTION_CHARS])))[:MAX_WORDS]
    found = _found(index, _like_words(connection, index, asked), _weights(index, asked)) if asked else []
    records, texts = [row[0] for row in found], [row[1] for row in found]
    scores, kinds = [row[2] for row in found], [row[3] for row in found]
    # Lists of numbers stand in the text of the query, so that the database looks them up instead of reading all rows.
    return fetch(
        connection,
        _SHOWN.format(records=_listed(records), texts=_listed(texts)),
        {"records": records, "texts": texts, "scores": scores, "kinds": kinds},
    )


_LikeWords = list[tuple[int, float]]  # number of a word, and how like it is to that of the question, from 0 to 1


def _like_words(connection: Connection, index: SearchIndex, asked: list[str]) -> list[_LikeWords]:
    """For each word of the question the words of the texts that are like it, the most like first.

    1 for the same word; less for each letter that differs, for a beginning, and for a part where there is nothing else.
    """
    near = [(number, word_no) for number, word in enumerate(asked) for word_no in _near(index, word)]
    letters = _letters_between(connection, [(asked[number], index.words[word_no]) for number, word_no in near])
    like: list[dict[int, float]] = [_beginning(index, word) for word in asked]
    for (number, word_no), differing in zip(near, letters, strict=True):
        word = asked[number]
        if differing <= (2 if len(word) >= _LONG_WORD else 1):
            score = 1 - 1.2 * differing / max(len(word), 3)
            like[number][word_no] = max(score, like[number].get(word_no, 0))
    for number, word in enumerate(asked):
        if not like[number] and len(word) > 3:
            like[number] = {word_no: 0.7 for word_no, known in enumerate(index.words) if word in known}
    return [sorted(one.items(), key=lambda pair: (-pair[1], pair[0]))[:MAX_LIKE_WORDS] for one in like]


def _near(index: SearchIndex, word: str) -> list[int]:
    """Words that share a spelling with a word."""
    shared: set[int] = set()
    for spelling in spellings(word):
        first, last = (np.searchsorted(index.spelling, np.uint32(spelling), side) for side in ("left", "right"))
        shared.update(index.spelled_word[first:last].tolist())
    return sorted(shared)


def _beginning(index: SearchIndex, word: str) -> dict[int, float]:
    """Words that begin with a word of two letters and more: the shortest ones."""
    if len(word) < 2:
        return {}
    first = bisect_left(index.words, word)
    last = bisect_left(index.words, word + _AFTER_ALL_LETTERS, first)
    shortest = sorted(range(first, last), key=lambda word_no: len(index.words[word_no]))[:MAX_LIKE_WORDS]
    return {word_no: 0.65 + 0.3 * len(word) / len(index.words[word_no]) for word_no in shortest}


def _letters_between(connection: Connection, pairs: Sequence[tuple[str, str]]) -> list[int]:
    """By how many letters the words of each pair differ; exchanged neighbours count once."""
    rows = connection.execute(
        "SELECT damerau_levenshtein(one, other) FROM (SELECT unnest($ones) AS one, unnest($others) AS other)",
        {"ones": [one for one, _ in pairs], "others": [other for _, other in pairs]},
    ).fetchall()
    return [letters for (letters,) in rows]


def _weights(index: SearchIndex, asked: list[str]) -> list[float]:
    """Weight of each word of the question, 1 together: the longer it is and the fewer texts have it, the more."""
    weights = []
    for word in asked:
        place = bisect_left(index.words, word)
        is_known = place < len(index.words) and index.words[place] == word
        texts = int(index.text_counts[place]) if is_known else 0
        weights.append(min(len(word), _LONG_WORD) / (3 + log(1 + texts)))
    return [weight / sum(weights) for weight in weights]


_Found = tuple[int, int, float, int]  # record, its best text, score, and how many of its kind are found


def _found(index: SearchIndex, like: list[_LikeWords], weights: list[float]) -> list[_Found]:
    """The best records of each kind.

    Score of a text: how much of the question it has, how much of it the question is, and whether it is a name. Score of
    a record: that of its best text, or how much of the question its texts have together.
    """
    of_text, covered = (np.zeros(len(index.is_name), dtype=np.float32) for _ in range(2))
    of_record = np.zeros(len(index.kind_of_record), dtype=np.float32)
    for one, weight in zip(like, weights, strict=True):
        if one:
            texts, scores, shares = _uses(index, one)
            for total, places, values in (
                (of_text, texts, scores * weight),
                (covered, texts, scores * shares),
                (of_record, index.record_of_text[texts], scores * weight),
            ):
                best = np.zeros_like(total)
                np.maximum.at(best, places, values)
                total += best
    texts = np.flatnonzero(of_text)
    score = 0.7 * of_text[texts] + 0.2 * np.minimum(covered[texts], 1) + 0.1 * index.is_name[texts]
    best_first = np.lexsort((texts, -score))
    records, places = np.unique(index.record_of_text[texts[best_first]], return_index=True)
    best_text, score = texts[best_first][places], score[best_first][places]
    score = np.maximum(score, 0.7 * of_record[records] + 0.1)
    is_shown = (score >= MIN_SCORE) & (score >= score.max(initial=0) - MAX_BELOW_BEST)
    records, best_text, score = records[is_shown], best_text[is_shown], score[is_shown]
    kinds = index.kind_of_record[records]
    found: list[_Found] = []
    for kind in np.unique(kinds):
        own = np.flatnonzero(kinds == kind)
        for place in own[np.argsort(-score[own], kind="stable")][:MAX_PER_KIND]:
            found.append((int(records[place]), int(best_text[place]), float(score[place]), len(own)))
    return found


def _uses(index: SearchIndex, like: _LikeWords) -> tuple[Numbers, Numbers, Numbers]:
    """Every use of these words: the text, the score of the word and its share of the text."""
    parts = [np.arange(index.first_use[word_no], index.first_use[word_no + 1]) for word_no, _ in like]
    scores = np.repeat(np.array([score for _, score in like], dtype=np.float32), [len(part) for part in parts])
    places = np.concatenate(parts)
    return index.used_in[places], scores, index.share[places]


def _listed(numbers: Sequence[int]) -> str:
    """Numbers as the text of a list in SQL; one that no row has where there are none."""
    return ", ".join(map(str, numbers)) or "-1"
