"""Success stories as cards."""

import pandas as pd
import streamlit as st

from cards.card import Evidence
from cards.stories import METHOD, PARTS
from ui import state
from ui.parts.citations import plain, source_button


def story_cards(stories: pd.DataFrame) -> None:
    """One card a story, two beside each other: partners, themes, its parts, and the way to links and sources."""
    for start in range(0, len(stories), 2):
        for column, row in zip(st.columns(2), stories.iloc[start : start + 2].itertuples(), strict=False):
            with column:
                _card(row)


@st.fragment
def _card(row) -> None:
    with st.container(border=True, height="stretch", key=f"story_{row.story_id}"):
        st.markdown(f"### {plain(row.title)}")
        st.caption(f"{plain(', '.join(row.parties))} · {plain(', '.join(row.themes))}")
        for column, heading in PARTS.items():
            st.markdown(f"**{heading}.** {plain(getattr(row, column))}")
        with st.container(horizontal=True):
            source_button(
                f"story_{row.story_id}",
                Evidence("success_stories", (row.story_id,)),
                METHOD,
            )
            if st.button("Agreements and partners", key=f"links_{row.story_id}", icon=":material/handshake:"):
                state.show_record("success_stories", row.story_id)
                st.rerun(scope="app")
