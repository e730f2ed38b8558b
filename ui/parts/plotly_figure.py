"""A figure of the charts in the form that `st.plotly_chart` takes."""

import re
from collections.abc import Mapping
from typing import Any
from zlib import crc32

from plotly.basedatatypes import BaseFigure

# What Streamlit's component sets by itself after the first drawing, where marks can be selected.
_OF_SELECTION = {"clickmode": "event+select", "hovermode": "closest", "dragmode": "pan"}
_AXIS = re.compile(r"([xy]axis)\d*")


class PlotlyFigure(BaseFigure):  # type: ignore[misc]  # plotly has no types
    """A figure that is sent without the checks of plotly, and that the browser draws once.

    Given a dict, Streamlit checks it, which takes 30 ms; `go.Figure` copies it four times. The tests check all figures.

    Streamlit's component hands each figure to plotly.js twice, the second time as a copy. plotly.js draws the copy
    again unless it finds nothing changed: it compares arrays by the revision of the data where there is one, and takes
    every copy of a template for another one.
    """

    def __init__(self, figure: Mapping[str, Any], *, is_active: bool = False) -> None:
        """``figure`` has `data` and `layout` with a template; ``is_active`` tells whether marks can be selected."""
        # All readers share the figure, so that nobody may change it.
        layout = dict(figure["layout"])
        layout = _with_defaults(layout.pop("template")["layout"], layout)
        layout |= {"datarevision": crc32(repr(figure).encode())} | (_OF_SELECTION if is_active else {})
        self._figure = {**figure, "layout": layout}  # no other part of a plotly figure is asked for

    def to_dict(self) -> dict[str, Any]:
        """The figure as it is sent."""
        return self._figure


def _with_defaults(template: Mapping[str, Any], layout: Mapping[str, Any]) -> dict[str, Any]:
    """The layout with the values of the template where it has none; those of an axis count for each of its kind."""
    axes = {name: template[found[1]] for name in layout if (found := _AXIS.fullmatch(name))}
    return _filled({**template, **axes}, layout)


def _filled(defaults: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    nested = {
        name: _filled(defaults[name], value)
        for name, value in values.items()
        if isinstance(value, Mapping) and isinstance(defaults.get(name), Mapping)
    }
    return {**defaults, **values, **nested}
