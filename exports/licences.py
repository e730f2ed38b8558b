"""The licence of each part of a figure or file: our facts, the data sets that are shipped, and imports of the user."""

from collections.abc import Iterable
from dataclasses import dataclass

from cards.sources import source_summary
from domain.evidence import Evidence
from domain.product import AUTHOR, LICENCES
from warehouse.import_evidence import IMPORTED

NOT_STATED = "not stated"


@dataclass(frozen=True)
class PartLicence:
    """A part of a file. part: '' for the facts that we compiled, else the title of a data set or import.

    licence: as its source states it; holder: who is named as its publisher.
    """

    part: str
    licence: str
    holder: str

    @property
    def is_ours(self) -> bool:
        """Whether it is the licence of the facts that we compiled."""
        return not self.part


OURS = PartLicence("", LICENCES["data"].short_name, AUTHOR)


def part_licences(evidence: Iterable[Evidence]) -> tuple[PartLicence, ...]:
    """The licences of the parts behind this evidence: ours first where a fact of ours is among them."""
    parts: dict[PartLicence, None] = {}
    for one in evidence:
        if one.table not in IMPORTED:
            parts[OURS] = None
        elif one.record_ids:
            for row in source_summary(one).to_dict("records"):
                parts[PartLicence(str(row["title"]), str(row["licence"]), str(row["publisher"]))] = None
    found = sorted(parts, key=lambda part: (not part.is_ours, part.part))
    return tuple(found) or (OURS,)


def licence_sentence(parts: Iterable[PartLicence]) -> str:
    """'CC BY 4.0.', or for figures of imports and data sets 'Licence of “Title”: not stated.'."""
    return " ".join(
        f"{part.licence}." if part.is_ours else f"Licence of “{part.part}” ({part.holder}): {part.licence}."
        for part in parts
    )


def package_licences(parts: Iterable[PartLicence]) -> list[dict[str, str]]:
    """The entries of a Data Package; 'notspecified' is the word of the standard for a licence that is not stated."""
    ours = LICENCES["data"]
    entries = []
    for part in parts:
        if part.is_ours:
            entries.append({"name": ours.spdx_id, "path": ours.url, "title": f"{ours.name}; {AUTHOR}"})
        elif part.licence == ours.short_name:
            entries.append(
                {"name": ours.spdx_id, "path": ours.url, "title": f"{ours.name}: {part.part}, {part.holder}"}
            )
        else:
            name = "notspecified" if part.licence == NOT_STATED else "other"
            entries.append({"name": name, "title": f"{part.licence}: {part.part}, {part.holder}"})
    return entries


def package_contributors(parts: Iterable[PartLicence]) -> list[dict[str, str]]:
    """Authors and publishers of the parts: we are the author of our facts only, and prepare the rows of others."""
    listed = tuple(parts)
    role = "author" if any(part.is_ours for part in listed) else "wrangler"
    publishers = dict.fromkeys(part.holder for part in listed if not part.is_ours)
    return [{"title": AUTHOR, "role": role}, *({"title": holder, "role": "publisher"} for holder in publishers)]
