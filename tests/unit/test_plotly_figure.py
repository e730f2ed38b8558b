"""Figures as they are sent to the browser."""

from copy import deepcopy
from typing import Any

from ui.parts.plotly_figure import PlotlyFigure

TEMPLATE = {
    "layout": {
        "font": {"size": 13, "color": "#1B2733"},
        "margin": {"l": 8, "r": 8},
        "xaxis": {"zeroline": False, "tickfont": {"size": 13, "color": "#1B2733"}},
        "yaxis": {"zeroline": False},
        "showlegend": False,
    }
}


def figure(**layout: Any) -> dict[str, Any]:
    return {"data": [{"type": "bar", "x": [1]}], "layout": {"template": TEMPLATE, **layout}}


def test_values_of_the_template_count_where_the_figure_has_none():
    made = figure(
        margin={"r": 40}, xaxis={"tickfont": {"size": 9}, "range": [0, 1]}, yaxis2={"side": "right"}, height=90
    )
    kept = deepcopy(made)
    layout = PlotlyFigure(made).to_dict()["layout"]
    revision = layout.pop("datarevision")
    assert isinstance(revision, int) and layout == {
        "font": {"size": 13, "color": "#1B2733"},
        "margin": {"l": 8, "r": 40},
        "xaxis": {"zeroline": False, "tickfont": {"size": 9, "color": "#1B2733"}, "range": [0, 1]},
        "yaxis": {"zeroline": False},
        "yaxis2": {"zeroline": False, "side": "right"},
        "showlegend": False,
        "height": 90,
    }
    assert made == kept  # readers share it


def test_other_data_have_another_revision():
    """Arrays of the same revision would stay as they were drawn."""
    other = figure()
    other["data"] = [{"type": "bar", "x": [2]}]
    revisions = [PlotlyFigure(one).to_dict()["layout"]["datarevision"] for one in (figure(), figure(), other)]
    assert revisions[0] == revisions[1] != revisions[2]


def test_selection_is_set_only_where_marks_can_be_selected():
    active = PlotlyFigure(figure(), is_active=True).to_dict()["layout"]
    assert (active["clickmode"], active["dragmode"]) == ("event+select", "pan")
    assert "clickmode" not in PlotlyFigure(figure()).to_dict()["layout"]
