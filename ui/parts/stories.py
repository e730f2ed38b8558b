"""Success stories in boxes, two side by side."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from cards.card import TextsCard
from domain.evidence import Evidence
from domain.frames import records
from domain.text import first_sentence, format_list
from ui import screen, state
from ui.faults import fragment
from ui.markup import md
from ui.parts.citations import source_popover

MAX_PARTNERS = 2  # named at first
SINGLE_STORY_WIDTH_PX = 720  # a line of about 90 characters; on a narrow screen the width of the page


def story_cards(card: TextsCard) -> None:
    """Draw one box per story with two partners and the first result, the rest folded, and buttons for its sources."""
    stories = records(card.rows)
    if len(stories) == 1:
        with st.container(width=SINGLE_STORY_WIDTH_PX):
            _story(stories[0], card.parts, card.method)
        return
    for start in range(0, len(stories), 2):
        for column, story in zip(st.columns(2), stories[start : start + 2], strict=False):
            with column:
                _story(story, card.parts, card.method)


@fragment
def _story(story: Mapping[str, Any], parts: Mapping[str, str], method: str) -> None:
    story_id = story["story_id"]
    with st.container(border=True, height="stretch", key=f"story_{story_id}"):
        partners, column = list(story["partners"]), list(parts)[-1]
        screen.markdown(md("### {}", story["title"]))
        screen.markdown(md("**{}**", format_list(partners[:MAX_PARTNERS])))
        screen.markdown(f"{parts[column]}: {first_sentence(story[column])}")
        with screen.expander("The whole story"):
            others = [*partners[MAX_PARTNERS:], *(party for party in story["parties"] if party not in partners)]
            if others:
                screen.caption(f"Also named: {', '.join(others)}")
            screen.caption(", ".join(story["themes"]))
            for name, heading in parts.items():
                screen.markdown(md("**{}.** {}", heading, story[name]))
        with st.container(key=f"actions_story_{story_id}", horizontal=True, gap="small"):
            source_popover(f"story_{story_id}", [Evidence("success_stories", (story_id,))], method)
            if screen.button("Its cooperations", key=f"links_{story_id}", icon=":material/handshake:"):
                state.show_record("success_stories", story_id)
                st.rerun(scope="app")
