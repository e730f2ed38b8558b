"""Success stories in boxes, two side by side."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from cards.card import TextsCard
from domain.evidence import Evidence
from domain.frames import records
from ui import state
from ui.parts.citations import plain, source_popover

SINGLE_STORY_WIDTH_PX = 720  # a line of about 90 characters; on a narrow screen the width of the page


def story_cards(card: TextsCard) -> None:
    """Draw one box per story with partners, themes, parts, and buttons for its sources and cooperations."""
    stories = records(card.rows)
    if len(stories) == 1:
        with st.container(width=SINGLE_STORY_WIDTH_PX):
            _story(stories[0], card.parts, card.method)
        return
    for start in range(0, len(stories), 2):
        for column, story in zip(st.columns(2), stories[start : start + 2], strict=False):
            with column:
                _story(story, card.parts, card.method)


@st.fragment
def _story(story: Mapping[str, Any], parts: Mapping[str, str], method: str) -> None:
    story_id = story["story_id"]
    with st.container(border=True, height="stretch", key=f"story_{story_id}"):
        st.markdown(f"### {plain(story['title'])}")
        others = [party for party in story["parties"] if party not in list(story["partners"])]
        parties = ", ".join(story["partners"]) + (f"; also named: {', '.join(others)}" if others else "")
        st.caption(f"{plain(parties)} · {plain(', '.join(story['themes']))}")
        for column, heading in parts.items():
            st.markdown(f"**{heading}.** {plain(story[column])}")
        with st.container(horizontal=True):
            source_popover(f"story_{story_id}", [Evidence("success_stories", (story_id,))], method)
            if st.button("Cooperations of this story", key=f"links_{story_id}", icon=":material/handshake:"):
                state.show_record("success_stories", story_id)
                st.rerun(scope="app")
