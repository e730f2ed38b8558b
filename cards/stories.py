"""The success stories as one card of texts."""

import pandas as pd

from cards.card import Evidence, TextsCard
from domain.shares import plural

PARTS = {
    "context": "Context",
    "cooperation_type": "Kind of cooperation",
    "objective": "Objective",
    "policy_support": "Policy support",
    "results": "Results",
}
METHOD = "Told in our own words from the section named."


def stories(frame: pd.DataFrame) -> TextsCard:
    """Stories with partners, themes and parts."""
    return TextsCard(
        key="stories",
        title=f"{plural(len(frame), 'success story', 'success stories')} of cluster cooperation",
        subtitle="Section 2 of the discussion paper: partners, context, objective, policy support and results",
        chart=None,
        rows=frame,
        columns={"title": "Story", "parties": "Partners", "themes": "Themes"} | PARTS,
        evidence=Evidence("success_stories", tuple(frame["story_id"])),
        method=METHOD,
        parts=PARTS,
    )
