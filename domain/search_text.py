"""Text as the search compares it: words without case, accents and punctuation, and spellings with a letter less.

The build indexes the texts of the records by these functions, and the search reads its question by the same.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

MAX_WORD_CHARS = 40  # the rest of a longer word is not compared
# Letters that Unicode does not decompose into a Latin letter and an accent.
_LATIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n"}
)
_NO_SIGN = frozenset({"Mn", "Cf", "Cc"})  # categories of accents, of invisible and of control characters
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of a text in their order: 'Pôle Mer (D3.5)' -> ['pole', 'mer', 'd3', '5']."""
    spaced = re.sub(r"\s", " ", text)
    if spaced.isascii() and spaced.isprintable():  # most texts: nothing to decompose or to leave out
        return [word[:MAX_WORD_CHARS] for word in _WORD.findall(spaced.lower())]
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", spaced).casefold())
    signs = "".join(sign for sign in decomposed if unicodedata.category(sign) not in _NO_SIGN)
    return [word[:MAX_WORD_CHARS] for word in _WORD.findall(signs.translate(_LATIN))]


def index_words(own: Sequence[str]) -> dict[str, float]:
    """The words by which a text of these words is found, each with its share of the letters of the text.

    They are its own words, and each two neighbours in one, as in 'd35' and 'escp4i'.
    """
    letters = sum(map(len, own))
    found = [*own, *(f"{first}{second}"[:MAX_WORD_CHARS] for first, second in pairwise(own))]
    return {word: len(word) / letters for word in found}


def spellings(word: str) -> set[int]:
    """Numbers of the word, and of what is left of it without any one of its letters.

    Two words that differ by one letter that is missing, added, wrong or exchanged with its neighbour have a number in
    common; so may, by chance, other words.
    """
    shorter = (word[:place] + word[place + 1 :] for place in range(len(word)) if len(word) > 1)
    return {crc32(one.encode()) for one in (word, *shorter)}
