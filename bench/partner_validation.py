"""Validation of the partner finder: how high it ranks known partners when their link is held out.

A link between an EU and a US organisation is held out with everything derived from it: every
cooperation between the two or between the one and a project of the other, each alliance with all its
pairs, every cooperation of the same success story, and every sector or project membership of the two
that is cited only where those are cited.
Then all organisations of the other side are ranked, once from each end.

    python -m bench.partner_validation [--write]

Prints the tables; --write also writes them to docs/partner-finder.md.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Annotated

import duckdb
import typer

from partners.facts import PartnerFacts, load_partner_facts
from partners.score import Score, score, seeker_of
from settings import ROOT
from tools.server import build_database
from warehouse.connection import open_database

DOCUMENT = ROOT / "docs" / "partner-finder.md"
BEGIN = "<!-- table: written by `python -m bench.partner_validation --write`, do not edit -->"
END = "<!-- end of table -->"
TOP = 10

Totals = Callable[[Score], float | None]
RANKINGS: dict[str, Totals] = {
    "partner finder": lambda result: result.total,
    "sectors only": lambda result: result.sector_fit({"clusters": 3, "themes": 3}),
}
MAIN = "partner finder"


@dataclass(frozen=True)
class Link:
    """A pair of organisations with a carried out link; ``cooperations`` are all between the two."""

    eu: str
    us: str
    cooperations: tuple[str, ...]


@dataclass(frozen=True)
class Placement:
    """Rank of the true partner among ``candidates``: 1 is best, ties have the mean of their ranks.

    ``is_comparable``: both ends keep a sector when the link and what is derived from it are held out.
    """

    rank: float
    candidates: int
    is_comparable: bool


def known_links(known: PartnerFacts, cluster_only: bool) -> list[Link]:
    """Pairs of an EU and a US organisation with a link that is agreed or carried out."""
    links = []
    for one, others in sorted(known.links.items()):
        for other, cooperations in sorted(others.items()):
            a, b = known.organisations[one], known.organisations[other]
            fits = (a.is_cluster and b.is_cluster) or not cluster_only
            if (a.side, b.side) == ("EU", "US") and fits and known.linked(one, other):
                links.append(Link(one, other, cooperations))
    return links


class HoldOut:
    """Removes a link and what is derived from it from the facts."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.stories = connection.execute("SELECT story_id, cooperation_id FROM story_cooperations").fetchall()
        self.locators: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for table, record, source, locator in connection.execute(
            "SELECT table_name, record_id, source_id, locator FROM citations ORDER BY ALL"
        ).fetchall():
            self.locators.setdefault((table, record), set()).add((source, locator))

    def cooperations(self, known: PartnerFacts, link: Link) -> frozenset[str]:
        """Cooperations between the two or of one with a project of the other, and all in the same success stories."""
        between = set(link.cooperations)
        for member, party in ((link.eu, link.us), (link.us, link.eu)):
            projects = known.projects_of.get(member, frozenset())
            for project, ids in known.project_partners.get(party, {}).items():
                between |= set(ids) if project in projects else set()
        stories = {story for story, cooperation in self.stories if cooperation in between}
        return frozenset(between | {c for story, c in self.stories if story in stories})

    def derived_records(self, known: PartnerFacts, link: Link, cooperations: frozenset[str]) -> frozenset[str]:
        """Sectors and memberships of the two that are cited only where the cooperations and their stories are cited."""
        stories = {story for story, cooperation in self.stories if cooperation in cooperations}
        held_out = [("cooperations", c) for c in cooperations] + [("success_stories", s) for s in stories]
        cited_at = set().union(*(self.locators.get(record, set()) for record in held_out))
        # A story is one section of its document: everything printed in that section belongs to it.
        sections = {
            (source, locator.split(",")[0]) for s in stories for source, locator in self.locators["success_stories", s]
        }
        ends = {link.eu, link.us}
        rows = [("organisation_sectors", row[3]) for row in known.sectors if row[0] in ends]
        rows += [("project_members", record) for _, organisation, record in known.members if organisation in ends]
        return frozenset(
            record
            for table, record in rows
            if (own := self.locators.get((table, record)))
            and all(cited in cited_at or (cited[0], cited[1].split(",")[0]) in sections for cited in own)
        )

    def __call__(self, known: PartnerFacts, link: Link) -> PartnerFacts:
        """The facts without the link and everything derived from it."""
        cooperations = self.cooperations(known, link)
        records = self.derived_records(known, link, cooperations)
        stories = {story for story, cooperation in self.stories if cooperation in cooperations}
        co_occurrences = {f"cooperations/{c}" for c in cooperations} | {f"success_stories/{s}" for s in stories}
        co_occurrences |= {f"organisations/{record.split('|')[0]}" for record in records if "|tc-" in record}
        return known.without(cooperations, records, co_occurrences)


def placement(totals: dict[str, float | None], true_partner: str) -> Placement:
    """Rank of the true partner; ties have the mean of their ranks, and no score ranks after every score."""
    own = totals[true_partner]
    keys = [(-1.0 if total is None else round(total, 9)) for total in totals.values()]
    key = -1.0 if own is None else round(own, 9)
    better, tied = sum(k > key for k in keys), sum(k == key for k in keys)
    return Placement(better + (tied + 1) / 2, len(keys), own is not None)


def trials(known: PartnerFacts, hold_out: HoldOut, cluster_only: bool) -> Iterator[dict[str, Placement]]:
    """Two trials per link, one from each end: the placement of the other end in every ranking."""
    for link in known_links(known, cluster_only):
        reduced = hold_out(known, link)
        for one, other in ((link.eu, link.us), (link.us, link.eu)):
            seeker = seeker_of(reduced, one)
            candidates = [
                o.organisation_id
                for o in reduced.organisations.values()
                if o.side == seeker.other_side
                and (o.is_current or o.organisation_id == other)
                and (o.is_cluster or not cluster_only)
                and not reduced.linked(one, o.organisation_id, only_current=True)
            ]
            scores = [score(reduced, seeker, candidate) for candidate in candidates]
            yield {
                name: placement({s.organisation_id: total(s) for s in scores}, other)
                for name, total in RANKINGS.items()
            }


def random_row(trials_made: list[Placement]) -> tuple[float, float, float]:
    """Expected values of a random order: middle rank, mean reciprocal rank, share in the first ten."""
    counts = [trial.candidates for trial in trials_made]
    reciprocal = mean(sum(1 / rank for rank in range(1, count + 1)) / count for count in counts)
    return median((count + 1) / 2 for count in counts), reciprocal, mean(min(TOP / count, 1) for count in counts)


def summary_rows(results: list[dict[str, Placement]], suffix: str = "") -> list[str]:
    """One row of the table for each ranking, a random order last; ``suffix`` names the trials."""
    rows, n = [], len(results)
    for name in RANKINGS:
        placements = [result[name] for result in results]
        ranks = [placement.rank for placement in placements]
        top = sum(rank <= TOP for rank in ranks)
        above = sum(placement.rank < (placement.candidates + 1) / 2 for placement in placements)
        rows.append(
            f"| {name}{suffix} | {n} | {median(ranks):g} | {mean(1 / rank for rank in ranks):.3f} | "
            f"{top} ({top / n:.0%}) | {above} ({above / n:.0%}) |"
        )
    middle, reciprocal, top_share = random_row([result[MAIN] for result in results])
    expected = f"{middle:g} | {reciprocal:.3f} | {top_share * n:.1f} ({top_share:.0%}) | {n / 2:g} (50%)"
    return [*rows, f"| drawing lots, expected{suffix} | {n} | {expected} |"]


def table(connection: duckdb.DuckDBPyConnection) -> str:
    """Both tables as Markdown; the same facts always give the same text."""
    known, hold_out, parts = load_partner_facts(connection), HoldOut(connection), []
    for population, cluster_only in (
        ("Links between two cluster organisations, ranked among cluster organisations", True),
        ("Links between any two named organisations, ranked among all organisations", False),
    ):
        links = known_links(known, cluster_only)
        results = list(trials(known, hold_out, cluster_only))
        cooperations = {c for link in links for c in link.cooperations if known.cooperations[c] in known.carried_out}
        stories = len({tuple(sorted(hold_out.cooperations(known, link))) for link in links})
        sizes = sorted({result[MAIN].candidates for result in results})
        held_out = f"which fall into {stories} different sets of held out facts"
        fields = f"{len(results)} trials, in fields of {sizes[0]} to {sizes[-1]} organisations"
        parts += [
            f"**{population}.** {len(links)} pairs from {len(cooperations)} cooperations, {held_out}; {fields}.",
            "",
            "| ranking | n | median rank | mean reciprocal rank | among the first ten | better than the middle |",
            "|---|--:|--:|--:|--:|--:|",
            *summary_rows(results),
            *summary_rows([r for r in results if r[MAIN].is_comparable], ", both ends with a sector"),
            "",
        ]
    return "\n".join(parts)


def main(write: Annotated[bool, typer.Option(help="Write the table into docs/partner-finder.md.")] = False) -> None:
    """Hold out each known link, rank, and report how high the true partner comes."""
    with tempfile.TemporaryDirectory() as folder, open_database(build_database(Path(folder))) as connection:
        text = table(connection)
    typer.echo(text)
    if write:
        before, rest = DOCUMENT.read_text(encoding="utf-8").split(BEGIN)
        after = rest.split(END)[1]
        DOCUMENT.write_text(f"{before}{BEGIN}\n{text}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
