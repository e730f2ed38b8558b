"""The search over all records: what is found for a question, best first."""

from collections.abc import Iterable
from math import log

import pandas as pd

from domain.search_text import spellings, words
from warehouse.connection import Connection, fetch

MAX_QUESTION_CHARS = 100
MAX_WORDS = 8
MAX_PER_KIND = 25
MAX_LIKE_WORDS = 40  # for each word of the question
MIN_SCORE = 0.55
MAX_BELOW_BEST = 0.25
_LONG_WORD = 6  # letters; two of them may differ
_AFTER_ALL_LETTERS = "\U0010ffff"

# Words that are like a word of the question, with how like they are: 1 for the same, less for each letter that
# differs, for a beginning and for a part. {numbers} are those of words that share a spelling.
_LIKE_WORDS = """
SELECT word_no, text_count, word = $asked AS is_same, CASE
    WHEN starts_with(word, $asked) AND word <> $asked THEN 0.65 + 0.3 * length($asked) / length(word)
    ELSE 1 - 1.2 * damerau_levenshtein(word, $asked) / greatest(length($asked), 3) END AS score
FROM search_vocabulary
WHERE (word_no IN ({numbers}) AND damerau_levenshtein(word, $asked) <= $letters)
    OR (length($asked) > 1 AND word >= $asked AND word < $after)
ORDER BY score DESC, length(word), word LIMIT {limit}
"""
_CONTAINING_WORDS = f"""
SELECT word_no, text_count, false AS is_same, 0.7 AS score FROM search_vocabulary
WHERE length($asked) > 3 AND contains(word, $asked) ORDER BY length(word), word LIMIT {MAX_LIKE_WORDS}
"""
# Score of a text: how much of the question it has, and how much of it the question is; less where it is no name. Score
# of a record: how much of the question its texts have together, and that of its best text.
_FIND = f"""
WITH
hits AS (
    SELECT record_no, text_no, table_name, is_name, asked, max(points) AS points, max(points * share) AS covered
    FROM search_words JOIN (SELECT unnest($numbers) AS word_no, unnest($asked) AS asked, unnest($points) AS points)
    USING (word_no) GROUP BY ALL
),
texts AS (
    SELECT record_no, text_no, sum(points) AS points,
        0.7 * sum(points) + 0.2 * least(sum(covered) / max(points), 1) + CASE WHEN is_name THEN 0.1 ELSE 0 END AS score
    FROM hits GROUP BY record_no, text_no, is_name
),
best AS (SELECT record_no, max(score) AS score, arg_max(text_no, (score, -text_no)) AS text_no FROM texts GROUP BY ALL),
together AS (
    SELECT record_no, table_name, sum(points) AS points
    FROM (SELECT record_no, table_name, asked, max(points) AS points FROM hits GROUP BY ALL) GROUP BY ALL
),
scored AS (
    SELECT record_no, table_name, text_no, greatest(score, 0.7 * points + 0.1) AS score
    FROM together JOIN best USING (record_no)
)
SELECT record_no, text_no, score, count(*) OVER (PARTITION BY table_name) AS of_kind
FROM scored WHERE score >= {MIN_SCORE} AND score >= (SELECT max(score) FROM scored) - {MAX_BELOW_BEST}
QUALIFY row_number() OVER (PARTITION BY table_name ORDER BY score DESC, record_no) <= {MAX_PER_KIND}
"""
# Lists of numbers stand in the text of the query, so that the database looks them up instead of reading all rows.
_SHOWN = """
SELECT table_name, record_id, label, hint, what, text, score, of_kind
FROM (SELECT unnest($records) AS record_no, unnest($texts) AS text_no, unnest($scores) AS score, unnest($kinds) AS of_kind)
JOIN (FROM search_records WHERE record_no IN ({records})) USING (record_no)
JOIN (FROM search_texts WHERE text_no IN ({texts})) USING (text_no)
ORDER BY max(score) OVER (PARTITION BY table_name) DESC, table_name, score DESC, length(label), label, record_no
"""


def find(connection: Connection, question: str) -> pd.DataFrame:
    """Records found for a question, grouped by kind: the kind with the best one first, and the best first in each.

    Columns: table_name ('sectors' and 'terms' beside the tables of record types), record_id, label, hint, what (what
    the text that was found is for the record; missing for its name), text, score from 0 to 1, of_kind (number found of
    the kind, of which ``MAX_PER_KIND`` are listed). The question may be any text: words are all that is read of it, and
    of those the first ``MAX_WORDS`` of its first ``MAX_QUESTION_CHARS`` characters. Case, accents and one wrong letter
    a word make no difference, or two in a long word.
    """
    asked = list(dict.fromkeys(words(question[:MAX_QUESTION_CHARS])))[:MAX_WORDS]
    like = [(number, rows) for number, word in enumerate(asked) if (rows := _like_words(connection, word))]
    weights = _weights(asked, dict(like))
    hits = [(word_no, number, weights[number] * score) for number, rows in like for word_no, _, _, score in rows]
    found = connection.execute(
        _FIND,
        {
            "numbers": [word_no for word_no, _, _ in hits],
            "asked": [number for _, number, _ in hits],
            "points": [points for _, _, points in hits],
        },
    ).fetchall()
    records, texts, scores, kinds = (list(column) for column in zip(*found, strict=True)) if found else ([], [], [], [])
    return fetch(
        connection,
        _SHOWN.format(records=_listed(records), texts=_listed(texts)),
        {"records": records, "texts": texts, "scores": scores, "kinds": kinds},
    )


_LikeWord = tuple[int, int, bool, float]


def _like_words(connection: Connection, asked: str) -> list[_LikeWord]:
    """Words of the texts that are like a word of the question: number, texts that have it, whether the same, score."""
    near = connection.execute(
        f"SELECT DISTINCT word_no FROM search_spellings WHERE spelling IN ({_listed(sorted(spellings(asked)))})"
    ).fetchall()
    rows = connection.execute(
        _LIKE_WORDS.format(numbers=_listed(number for (number,) in near), limit=MAX_LIKE_WORDS),
        {"asked": asked, "after": asked + _AFTER_ALL_LETTERS, "letters": 2 if len(asked) >= _LONG_WORD else 1},
    ).fetchall()
    return rows or connection.execute(_CONTAINING_WORDS, {"asked": asked}).fetchall()


def _weights(asked: list[str], like: dict[int, list[_LikeWord]]) -> list[float]:
    """Weight of each word of the question, 1 together: the longer it is and the fewer texts have it, the more."""
    weights = []
    for number, word in enumerate(asked):
        texts = max((count for _, count, is_same, _ in like.get(number, []) if is_same), default=0)
        weights.append(min(len(word), _LONG_WORD) / (3 + log(1 + texts)))
    return [weight / sum(weights) for weight in weights]


def _listed(numbers: Iterable[int]) -> str:
    """Numbers as the text of a list in SQL; one that no row has where there are none."""
    return ", ".join(str(int(number)) for number in numbers) or "-1"
