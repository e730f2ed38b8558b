"""Identifies natural persons among the participants of a project, so that imports can exclude them.

CORDIS does not mark natural persons. A participant counts as one when its name begins with a form of address,
or when all of this holds: its activity type is none that only organisations have (education, research, public
body), it has no VAT number, short name or website, and its name has two to six words without a digit, a
legal form or a word that is typical of organisations. The words are in organisation_words.toml. Doubtful cases
count as persons.
"""

import tomllib
from functools import cache
from pathlib import Path

from etl.database import sql_literal

# Activity types of CORDIS that only organisations have.
ORGANISATION_TYPES = ("HES", "REC", "PUB")

_WORDS_FILE = Path(__file__).with_name("organisation_words.toml")
_FORM_OF_ADDRESS = "(dr|prof|professor|mr|mrs|ms|miss|herr|frau|dipl|ing) .*"
_NAME_WORD = "[\\p{L}'’.,-]+"
MAX_NAME_WORDS = 6


def is_person(name: str, activity: str, evidence: tuple[str, ...]) -> str:
    """SQL condition that is true for a natural person and for a participant that may be one.

    name, activity: columns. evidence: the columns that only organisations fill.
    """
    normalised = f"replace(lower(strip_accents({name})), '.', '')"
    words_of_organisations, forms_at_end, family_names = _patterns()
    organisation = (
        f"regexp_matches({normalised}, {sql_literal(words_of_organisations)}) OR "
        # With its accents: Sá is a family name.
        f"regexp_matches(replace(lower({name}), '.', ''), {sql_literal(forms_at_end)}) "
        f"AND NOT regexp_matches({normalised}, {sql_literal(family_names)})"
    )
    blank = " AND ".join(f"coalesce({column}, '') = ''" for column in evidence) or "true"
    types = ", ".join(map(sql_literal, ORGANISATION_TYPES))
    words = sql_literal(f"{_NAME_WORD}( {_NAME_WORD}){{1,{MAX_NAME_WORDS - 1}}}")
    may_be = (
        f"regexp_full_match({normalised}, '{_FORM_OF_ADDRESS}') OR "
        f"(coalesce({activity}, '') NOT IN ({types}) AND {blank} AND regexp_full_match({name}, {words}))"
    )
    # CASE, so that the long list of words is searched only for the few participants that may be persons.
    return f"CASE WHEN {may_be} THEN NOT ({organisation}) ELSE false END"


@cache
def _patterns() -> tuple[str, str, str]:
    """Patterns of a normalised name: with a word of organisations; with a form at its end; such as 'maria de sa'."""
    lists = {
        key: "|".join(text.split()) for key, text in tomllib.loads(_WORDS_FILE.read_text(encoding="utf-8")).items()
    }
    whole = "|".join(lists[key] for key in ("legal_forms", "abbreviations", "words"))
    parts = (
        f"(^|[^a-z])(({whole})([^a-z]|$)|({lists['stems']}))",
        f"({lists['endings']})([^a-z]|$)",
        f"^({lists['openings']})( |$)",
    )
    return (
        "|".join(parts),
        f"[ ,]({lists['legal_forms_at_end']})$",
        f" ({lists['name_particles']}) [^ ]+$",
    )
