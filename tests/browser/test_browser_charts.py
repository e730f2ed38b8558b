"""How the browser draws the charts of the pages."""

import json
from pathlib import Path

import plotly
import pytest

from cards.catalogue import CATALOGUE, make_card
from tests.card_examples import example
from ui.parts.plotly_figure import PlotlyFigure

PLOTLY_JS = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
# Draws a figure, then hands plotly.js a copy of it, as Streamlit's component does; returns how often a mark, a label or
# a line was changed by the copy.
DRAW_TWICE = """async figure => {
    const copy = () => JSON.parse(JSON.stringify(figure));
    const plot = document.body.appendChild(document.createElement('div'));
    const first = copy();
    await Plotly.newPlot(plot, first.data, first.layout);
    let changes = 0;
    const observer = new MutationObserver(records => { changes += records.length; });
    observer.observe(plot, {subtree: true, childList: true, attributes: true, characterData: true});
    const second = copy();
    await Plotly.react(plot, second.data, second.layout);
    await new Promise(requestAnimationFrame);
    observer.disconnect();
    const marks = plot.querySelectorAll('svg.main-svg path').length;
    plot.remove();
    return {changes, marks};
}"""


@pytest.mark.usefixtures("published_imports")
def test_a_copy_of_a_figure_is_not_drawn_again(page):
    """Else the browser would draw every chart of every page twice."""
    page.add_script_tag(path=PLOTLY_JS)
    cards = {name: make_card(name, *example(name)) for name in CATALOGUE}
    charts = [card.chart for card in cards.values() if card is not None and card.chart is not None]
    assert len(charts) > 15
    figures = [*(chart.figure for chart in charts), *(chart.narrow for chart in charts if chart.narrow)]
    for figure in figures:
        sent = json.loads(json.dumps(PlotlyFigure(figure, is_active=True).to_dict()))
        sent["layout"]["width"] = 800
        drawn = page.evaluate(DRAW_TWICE, sent)
        assert drawn["marks"] and not drawn["changes"], sent
