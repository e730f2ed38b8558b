"""Tells natural persons among the participants of a project from organisations. In doubt it is a person.

CORDIS marks nobody as a natural person. A participant is left out when its name begins with a form of
address, or when all of this holds: it is not of a kind that persons never are (education, research,
public body), it has no VAT number, no short name and no website, and its name is two to four words
without a digit, a legal form or a word that organisations carry.
"""

# Kinds of CORDIS that no natural person belongs to.
NEVER_PERSONS = ("HES", "REC", "PUB")

_LEGAL_FORMS = (
    "ab ag aps as asbl bv co corp corporation cv doo dd ev eood ood eirl gie gmbh ggmbh inc incorporated kft kg lda "
    "limited llc llp lp ltd ltda mbh nv oe oo oy oyj ou plc pllc pte pty sa sarl sas sasu sc scarl se sia sl slu spa "
    "sro srl sp spolka srls ua uab ug vof vzw zrt zoo"
)
_WORDS = (
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
_LETTERS = "[\\p{L}'’.-]+"


def is_person(name: str, activity: str, evidence: tuple[str, ...]) -> str:
    """SQL that is true for a natural person and for what cannot be told from one.

    name, activity: columns; evidence: columns that only organisations fill, as far as the file has them.
    """
    forms = "|".join(_LEGAL_FORMS.split())
    plain = f"lower(strip_accents({name}))"
    organisation = (
        f"regexp_matches({plain}, '(^|[^a-z])({_WORDS})') OR regexp_matches({plain}, '(^|[ .,])({forms})([ .,]|$)')"
    )
    blank = " AND ".join(f"coalesce({column}, '') = ''" for column in evidence) or "true"
    kinds = ", ".join(f"'{kind}'" for kind in NEVER_PERSONS)
    letters = _LETTERS.replace("'", "''")
    may_be = (
        f"regexp_full_match({plain}, '{_FORM_OF_ADDRESS}') OR (coalesce({activity}, '') NOT IN ({kinds}) AND {blank} "
        f"AND regexp_full_match({name}, '{letters}( {letters}){{1,3}}'))"
    )
    # CASE, so that the long list of words is only asked for the few that may be one.
    return f"CASE WHEN {may_be} THEN NOT ({organisation}) ELSE false END"
