"""Identifies natural persons among the participants of a project, so that imports can exclude them.

CORDIS does not mark natural persons. A participant counts as one when its name begins with a form of address,
or when all of this holds: its activity type is none that only organisations have (education, research, public
body), it has no VAT number, short name or website, and its name has two to four words without a digit, a
legal form or a word that is typical of organisations. Doubtful cases count as persons.
"""

from etl.database import sql_literal

# Activity types of CORDIS that only organisations have.
ORGANISATION_TYPES = ("HES", "REC", "PUB")

_LEGAL_FORMS = (
    "ab ag aps as asbl bv co corp corporation cv doo dd ev eood ood eirl gie gmbh ggmbh inc incorporated kft kg lda "
    "limited llc llp lp ltd ltda mbh nv oe oo oy oyj ou plc pllc pte pty sa sarl sas sasu sc scarl se sia sl slu spa "
    "sro srl sp spolka srls ua uab ug vof vzw zrt zoo"
)
_ORGANISATION_WORDS = (
    "academ|advis|aero|aerospace|agenc|agro|airline|airport|alliance|america|analytic|associat|asocia|authorit|auto|bank|bio|"
    "board|brother|bureau|cabinet|capital|cent(er|re|ro|rum)|chamber|chemi|cit(y|ies)|clinic|cloud|cluster|coal|college|comm(ission|ittee|une|unit)|"
    "company|compan|computer|concept|confeder|consort|construct|consult|control|cooper|council|county|creativ|data|denmark|"
    "department|design|develop|digital|drone|dynamic|econom|educat|electr|energ|enterpri|engineer|environment|europ|expert|factory|"
    "farm|federa|film|financ|fond|food|forest|forum|foundation|fund|gas|gener(al|ic)|geo|global|govern|group|grupo|gruppo|"
    "health|holding|hospital|hous(e|ing)|human|hydro|immun|industr|info|ingenier|initiative|innov|instit|instrument|insurance|intelligen|"
    "international|invest|laborator|labs?\\b|legal|logistic|machin|manage|manufactur|marine|maritime|market|material|media|medic|meteo|metal|"
    "micro|mining|ministr|mobil|motor|museum|music|nano|nation|nature|network|nuclear|observator|ocean|office|oil|optic|organi[sz]|"
    "park|partner|pharma|photon|physic|plast|platform|power|press|product|program|project|publi|quantum|radio|rail|region|"
    "research|robot|school|scien|secur|semiconduct|sensor|service|ship|smart|social|society|soft|solar|solution|space|stat(e|es)\\b|"
    "steel|stiftung|strateg|studio|support|surgical|sustain|system|tech|tekno|tele|therap|trading|training|transport|trust|tv\\b|union|"
    "unit(ed|y)|universi|vaccin|ventur|verein|vision|water|web|wind|works|world"
)
_FORM_OF_ADDRESS = "(dr|prof|professor|mr|mrs|ms|miss|herr|frau|dipl|ing)[.]? .*"
_NAME_WORD = "[\\p{L}'’.-]+"


def is_person(name: str, activity: str, evidence: tuple[str, ...]) -> str:
    """SQL condition that is true for a natural person and for a participant that may be one.

    name, activity: columns. evidence: the columns of the file that only organisations fill.
    """
    forms = "|".join(_LEGAL_FORMS.split())
    normalised = f"lower(strip_accents({name}))"
    organisation = (
        f"regexp_matches({normalised}, '(^|[^a-z])({_ORGANISATION_WORDS})') "
        f"OR regexp_matches({normalised}, '(^|[ .,])({forms})([ .,]|$)')"
    )
    blank = " AND ".join(f"coalesce({column}, '') = ''" for column in evidence) or "true"
    types = ", ".join(map(sql_literal, ORGANISATION_TYPES))
    words = sql_literal(f"{_NAME_WORD}( {_NAME_WORD}){{1,3}}")
    may_be = (
        f"regexp_full_match({normalised}, '{_FORM_OF_ADDRESS}') OR "
        f"(coalesce({activity}, '') NOT IN ({types}) AND {blank} AND regexp_full_match({name}, {words}))"
    )
    # CASE, so that the long list of words is searched only for the few participants that may be persons.
    return f"CASE WHEN {may_be} THEN NOT ({organisation}) ELSE false END"
