"""Characters that a reader cannot see, or takes for others: refused in data and files, left out on screens."""

import re
import unicodedata

# Control characters but for line breaks and tabs, marks of the direction of text, characters without width, tags.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
_WORD = re.compile(r"[^\W\d_]+")
# Scripts with letters that look like those of another.
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
_FULL_WIDTH = re.compile("[\uff01-\uff5e]")


def visible(text: str) -> str:
    """The text without the characters that no reader sees."""
    return INVISIBLE.sub("", text)


def unseen(text: str) -> str:
    """The first character of a text that cannot be seen, '' where there is none.

    The answer continues 'contains …', such as 'the invisible character U+200B (ZERO WIDTH SPACE) behind "Clus"'.
    """
    found = INVISIBLE.search(text)
    if not found:
        return ""
    before = visible(text[max(found.start() - 12, 0) : found.start()]).strip()
    where = f' behind "{before}"' if before else " at its beginning"
    return f"the invisible character {_named(found[0])}{where}"


def look_alike(text: str) -> str:
    """What in a text passes for other characters, '' for nothing: full-width letters, a word of several alphabets.

    The answer continues 'contains …'.
    """
    if wide := _FULL_WIDTH.search(text):
        return f"the full-width character {_named(wide[0])}"
    for word in _WORD.findall(text):
        first = {script: one for one in reversed(word) if (script := _script(one))}
        if len(first) > 1:
            named = " and ".join(f"{one} ({script.capitalize()})" for script, one in first.items())
            return f'letters of several alphabets in one word, {named} in "{word}"'
    return ""


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return next((script for script in _SCRIPTS if name.startswith(f"{script} ")), "")


def _named(letter: str) -> str:
    name = unicodedata.name(letter, "a control character")
    return f"U+{ord(letter):04X} ({name})"
