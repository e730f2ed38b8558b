"""Card of the documents that the facts are cited from."""

from cards.card import Card
from cards.definition import CardRequest, define
from domain.evidence import Evidence
from domain.text import agree, plural
from warehouse import provenance
from warehouse.query_cache import run_query


@define("documents", page="sources", noun="documents")
def documents(_: CardRequest) -> Card | None:
    """Every document and web page that a record cites, seed documents first, then those with most records."""
    every = run_query(provenance.sources)
    cited = every[every["facts"] > 0]
    if cited.empty:
        return None
    others = len(every) - len(cited)
    apart = f"; {plural(others, 'more source')} {agree(others, 'gives', 'give')} only other values than those stored"
    seeds = int((cited["reliability"] == "seed").sum())
    unread = int((~cited["is_read"]).sum())
    # A document that the text names without an address stands in no footnote.
    in_footnotes = int((~cited["is_read"] & cited["url"].notna()).sum())
    is_named, was_read = agree(unread, "is", "are"), agree(unread, "was", "were")
    where = ", in footnotes" if in_footnotes == unread else f", {in_footnotes:,} of them in footnotes,"
    named = f"; {unread:,} more {is_named} only named in the discussion paper{where} and {was_read} not read"
    named = named if unread else ""
    read = plural(len(cited) - unread, "document or web page", "documents and web pages")
    return Card(
        title=f"The facts come from {read}, each cited where it is used{named}",
        subtitle=f"{plural(seeds, 'seed document')} first, then those cited by most records{apart if others else ''}",
        chart=None,
        rows=cited,
        columns={"title": "Document", "publisher": "Publisher", "is_read": "Read", "facts": "Records that cite it"},
        evidence=Evidence("sources", tuple(cited["source_id"])),
        method="Sources with at least one cited record (table citations) or shipped data set. Read: at least one "
        "citation does not say that the page was not read here. The others are documents that the discussion paper "
        "names, in a footnote with the address or in its text without one.",
    )
