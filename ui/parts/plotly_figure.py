"""A figure of the charts in the form that `st.plotly_chart` takes."""

from typing import Any

from plotly.basedatatypes import BaseFigure


class PlotlyFigure(BaseFigure):  # type: ignore[misc]  # plotly has no types
    """A figure that is sent as it is.

    Given a dict, Streamlit checks it, which takes 30 ms; `go.Figure` copies it four times. The tests check all figures.
    """

    def __init__(self, figure: dict[str, Any]) -> None:
        self._figure = figure  # no other part of a plotly figure is asked for

    def to_dict(self) -> dict[str, Any]:
        """The figure itself: all readers share it, so nobody may change it."""
        return self._figure
