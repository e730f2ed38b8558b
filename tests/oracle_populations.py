"""The sets of records that the pages count, by name: their table, and which of its records belong to them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.oracle_records import Record

if TYPE_CHECKING:
    from tests.oracle import Oracle


def _is_today(oracle: "Oracle", record: Record, *kinds: str) -> bool:
    return record.row["kind"] in kinds and record.id not in oracle.gone


def _is_partnership(oracle: "Oracle", record: Record) -> bool:
    return record.row["programme"] == "ESCP-4i" and record.row["generation"] != ""


_BODIES = ("cluster_organisation", "cluster_network")
POPULATIONS: dict[str, tuple[str, Callable[["Oracle", Record], bool]]] = {
    "organisations": ("organisations", lambda o, r: True),
    "cluster organisations": ("organisations", lambda o, r: _is_today(o, r, *_BODIES)),
    "organisations of both sides": (
        "organisations",
        lambda o, r: _is_today(o, r, *_BODIES) and r.row["side"] in ("EU", "US"),
    ),
    "regional clusters": ("organisations", lambda o, r: _is_today(o, r, "regional_cluster")),
    "clusters": ("organisations", lambda o, r: _is_today(o, r, *_BODIES, "regional_cluster")),
    "projects": ("projects", lambda o, r: True),
    "projects with targets": ("projects", lambda o, r: r.row["target_list"] != "not applicable"),
    "partnerships": ("projects", _is_partnership),
    "Table 1": (
        "projects",
        lambda o, r: _is_partnership(o, r) and r.row["generation"] == "1" and "US" in o.targets(r.id),
    ),
    "cooperations": ("cooperations", lambda o, r: True),
    "EU–US cooperations": ("cooperations", lambda o, r: o.sides_both(r)),
    "agreements": ("cooperations", lambda o, r: r.row["status"] in ("signed", "renewed")),
    "EU–US agreements": (
        "cooperations",
        lambda o, r: o.sides_both(r) and r.row["status"] in ("signed", "renewed"),
    ),
    "events": ("events", lambda o, r: True),
    "policies": ("policies", lambda o, r: True),
    "conclusions of 2015": ("policies", lambda o, r: r.row["kind"] == "conclusion" and r.start is not None),
    "stories": ("success_stories", lambda o, r: True),
    "opportunities": ("opportunities", lambda o, r: True),
}
