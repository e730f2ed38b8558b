"""Times that a visitor waits, measured with the clock of the browser.

Three times, the same for every app:

- page load: from the start of the navigation, in a browser without cache, until the page is rendered;
- page switch: from the click on a link of the menu until the other page is rendered;
- filter to chart: from the click on an option of a filter until the last change inside a chart
  (until the end of the run where no chart of the page changes).

A page is rendered when its heading is the expected one, the script has finished, no
element is stale, all charts of the page are visible, drawn and no longer changing,
and the canvas of a map exists. All times are milliseconds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page

from tools.page import DESKTOP, FILTER_BAR, MAP_CANVAS, canvas_painted, menu_link, wait_charts, wait_ready

# Runs before anything else in the page: records when a chart last changed, when the mouse was last
# pressed, and when the page last sent to and received from the server, by the websocket of Streamlit or a request of
# Dash. (The state "running" of a short run may never reach the document.) Hover labels are not counted, nor is a chart
# that Streamlit has replaced: it keeps the old one hidden until the run has ended, and then removes it.
OBSERVE = """
window.bench = {chart: 0, press: 0, asked: 0, answered: 0};
new MutationObserver(changes => {
    for (const {target} of changes) {
        const element = target.nodeType === 1 ? target : target.parentElement;
        if (element?.closest('.js-plotly-plot')
            && !element.closest('.hoverlayer, .modebar-container, [data-stale="true"]')) {
            bench.chart = performance.now();
        }
    }
}).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
addEventListener('pointerdown', () => { bench.press = performance.now(); }, true);
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (...message) {
    if (!this.watched) {
        this.watched = true;
        this.addEventListener('message', () => { bench.answered = performance.now(); });
    }
    bench.asked = performance.now();
    return send.apply(this, message);
};
const fetched = window.fetch;
window.fetch = (...request) => {
    const isCallback = String(request[0].url ?? request[0]).includes('_dash-update-component');
    if (isCallback) bench.asked = performance.now();
    return fetched(...request).then(response => {
        if (isCallback) bench.answered = performance.now();
        return response;
    });
};
"""

RENDERED = """async ({title, charts, maps, afterRun, chart}) => {
    const visible = selector =>
        [...document.querySelectorAll(selector)].filter(element => element.offsetParent !== null);
    const rendered = () => {
        const cards = visible(chart);
        return IS_IDLE
            && (!afterRun || (bench.asked > bench.press && bench.answered > bench.asked))
            && visible('h1').some(heading => heading.innerText.trim() === title)
            && cards.length >= charts
            && document.querySelectorAll('[data-testid="stDeckGlJsonChart"] canvas').length >= maps
            && cards.every(card => card.querySelector('svg.main-svg text'));
    };
    const frame = () => new Promise(requestAnimationFrame);
    const deadline = performance.now() + 60000;
    while (!rendered()) {
        if (performance.now() > deadline) throw new Error(`${title}: not rendered after a minute`);
        await frame();
    }
    const end = performance.now();
    while (performance.now() - Math.max(end, bench.chart) < 300) await frame();
    return {end: Math.max(end, bench.chart), chart: bench.chart, press: bench.press};
}"""


# The script has finished and no element is stale.
STREAMLIT_IDLE = """document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === 'notRunning'
    && document.querySelector('[data-testid="stApp"]').dataset.testConnectionState === 'CONNECTED'
    && !document.querySelector('[data-testid="stMain"] [data-stale="true"]')"""


@dataclass
class App:
    """An app to be measured: its address, its menu and a filter with an option to choose.

    `menu` maps the path of each page to the text of its link. `filter_label` names the box of the filter; without one
    the option is a button of its own. `idle` is a JavaScript expression that is true when the page is complete, `chart`
    the selector of a chart's container. `learn` fills the other fields.
    """

    url: str
    menu: dict[str, str]
    filter_label: str
    option: str
    idle: str = STREAMLIT_IDLE
    chart: str = '[data-testid="stPlotlyChart"]'
    titles: dict[str, str] = field(default_factory=dict)
    charts: dict[str, int] = field(default_factory=dict)
    maps: dict[str, int] = field(default_factory=dict)

    @property
    def pages(self) -> list[str]:
        """Paths of the pages, in the order of the menu."""
        return list(self.menu)

    def rendered(self, page: Page, path: str, **changed: Any) -> dict[str, float]:
        """Wait until the page at `path` is rendered; `changed` are other arguments of RENDERED than expected.

        Returns milliseconds: `end` of the rendering, the last change of a `chart`, and the last `press` of the mouse.
        """
        script = RENDERED.replace("IS_IDLE", f"({self.idle})")
        found: dict[str, float] = page.evaluate(script, self.expectation(path) | changed)
        return found

    def expectation(self, page: str) -> dict[str, Any]:
        """Argument of RENDERED for this page."""
        return {
            "title": self.titles[page],
            "charts": self.charts[page],
            "maps": self.maps[page],
            "afterRun": False,
            "chart": self.chart,
        }


def learn(app: App, browser: Browser) -> None:
    """Visit every page once, without measuring: warms the server, records headings and charts."""
    for path in app.pages:
        page = browser.new_context(viewport=DESKTOP).new_page()
        page.goto(app.url + path)
        wait_ready(page, timeout=60_000)
        wait_charts(page)
        page.wait_for_timeout(1000)
        app.titles[path] = page.locator("h1:visible").first.inner_text().strip()
        app.charts[path] = page.locator('[data-testid="stPlotlyChart"]:visible').count()
        app.maps[path] = page.locator(MAP_CANVAS).count()
        page.context.close()


def measure(app: App, path: str, browser: Browser) -> dict[str, float]:
    """Times of one round on one page: `load` without cache, `switch` from another page, `filter`.

    A page with a map also has `map`: from the start of the load until its pixels are painted,
    checked every half second.
    """
    page = browser.new_context(viewport=DESKTOP).new_page()
    page.add_init_script(OBSERVE)
    try:
        times = {"load": load(app, path, page)}
        if app.maps[path] and canvas_painted(page):
            times["map"] = page.evaluate("performance.now()")
        elsewhere = app.pages[app.pages.index(path) - 1]
        switch(app, elsewhere, page)
        times["switch"] = switch(app, path, page)
        times["filter"] = choose(app, path, page)
    finally:
        page.context.close()
    return times


def load(app: App, path: str, page: Page) -> float:
    """Time to load a page by its address."""
    page.goto(app.url + path, wait_until="commit")
    return app.rendered(page, path)["end"]


def switch(app: App, path: str, page: Page) -> float:
    """Time to go to a page by the menu."""
    menu_link(page, app.menu[path]).click()
    done = app.rendered(page, path)
    return done["end"] - done["press"]


def choose(app: App, path: str, page: Page) -> float:
    """Time from choosing the option of the filter to the last change of a chart."""
    if app.filter_label:
        page.get_by_role("combobox", name=app.filter_label).first.click()
        page.get_by_role("option", name=re.compile(rf"^{app.option}\b")).first.click()
    else:
        page.locator(FILTER_BAR).get_by_text(app.option, exact=True).click()
    # a filter may leave fewer charts than the page had
    done = app.rendered(page, path, afterRun=True, charts=0, maps=0)
    changed = done["chart"] > done["press"]
    return (done["chart"] if changed else done["end"]) - done["press"]
