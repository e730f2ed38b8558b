"""A deck.gl map in the form in which `st.pydeck_chart` sends it, so that it can be made once for all readers."""

from dataclasses import dataclass
from typing import Any

import pydeck as pdk


@dataclass(frozen=True)
class KeptDeck:
    """What `st.pydeck_chart` asks of a deck: its JSON, and under the name that pydeck uses its tooltip."""

    json: str
    _tooltip: dict[str, Any]

    def to_json(self) -> str:
        """The deck as Streamlit sends it to the browser."""
        return self.json


def kept_deck(deck: pdk.Deck) -> KeptDeck:
    """The deck, which is not asked again; its layers hold lists, no frames."""
    return KeptDeck(deck.to_json(), deck._tooltip)
