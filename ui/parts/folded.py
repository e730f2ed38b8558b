"""Panels whose content is drawn only once they are opened."""

from collections.abc import Callable

from ui import screen
from ui.faults import fragment


@fragment
def folded(heading: str, draw: Callable[[], object], *, key: str, icon: str, expanded: bool = False) -> None:
    """Draw a folded panel; ``draw`` draws its content, and is called only while the panel is open.

    A chart or table in a closed panel would cost the server and the browser as much as one that is seen. The panel is
    a fragment: opening it leaves the rest of the page alone.
    """
    panel = screen.expander(heading, key=f"{key}_panel", icon=icon, expanded=expanded, on_change="rerun")
    if panel.open:
        with panel:
            draw()
