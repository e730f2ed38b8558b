"""Sources: the documents and web pages that facts are cited from."""

from domain.records import RecordType, Register

SOURCES = RecordType(
    table="sources",
    view="source_register",
    key="source_id",
    parameter="source",
    noun="source",
    plural="sources",
    title="title",
    profile={
        "publisher": "Publisher",
        "document_type": "Kind",
        "published_on": "Published",
        "reliability": "Reliability",
        "owners": "Official about",
        "licence": "Licence",
        "accessed_on": "Accessed",
        "url": "URL",
        "state": "Page when last looked at",
        "seen_on": "Last looked at",
        "archive_url": "Archived copy",
    },
    optional=frozenset({"owners", "state", "seen_on", "archive_url"}),
    blank_reasons={"owners": "not applicable"}
    | dict.fromkeys(("state", "seen_on", "archive_url"), "not looked at again"),
    search={"publisher": "publisher"},
    hint=("publisher",),
    register=Register(
        table="sources",
        title="Sources",
        columns={
            "title": "Source",
            "url": "Link",
            "facts": "Records that cite it",
            "reliability": "Reliability",
            "owners": "Official about",
            "publisher": "Publisher",
            "document_type": "Kind",
            "accessed_on": "Accessed",
            "licence": "Licence",
            "tables": "Tables",
        },
        method="Cited records per source (table citations). A record with several sources counts once for each.",
        height_px=560,
        filters=(),
    ),
)
