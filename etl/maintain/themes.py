"""Proposes the themes of an organisation or project by the rule of docs/theme-assignment.md."""

import re
import tomllib
from collections.abc import Iterable, Sequence

from etl.duplicates import normalised
from etl.maintain.facts import Facts

# What a description says of a programme or a partnership is not said of the organisation's own field.
_ELSEWHERE = re.compile(r"Programme: [^.]*\.|Member of the ESCP-4i partnerships? [^.]*(?:\.\d[^.]*)?\.")


def proposed_sectors(facts: Facts, texts: Sequence[str]) -> list[str]:
    """Themes and traded clusters that the terms of the rule find in the texts, sorted; none where no term occurs."""
    recorded = _words(" | ".join(_ELSEWHERE.sub(" ", text) for text in texts))
    found: set[str] = set()
    for subject in tomllib.loads(facts.theme_rule).get("subject", []):
        exceptions = subject.get("except_in")
        text = _pattern(exceptions).sub(" ", recorded) if exceptions else recorded
        if _pattern(subject["terms"]).search(text):
            found |= {*subject["themes"], *subject.get("traded_clusters", [])}
    return sorted(sector for sector in found if facts.record("sectors", sector) is not None)


def _words(text: str) -> str:
    return f" {normalised(text)} "


def _pattern(terms: Iterable[str]) -> re.Pattern[str]:
    """Any of the terms as whole words; * is the rest of a word."""
    words = (normalised(term.rstrip("*")) + (r"\w*" if term.endswith("*") else "") for term in terms)
    return re.compile(f"(?<= )(?:{'|'.join(words)})(?= )")
