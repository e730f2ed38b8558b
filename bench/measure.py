"""Times what a visitor waits for, with the clock of the browser itself.

Three waits, the same for every app:

- page load: from the start of the navigation of a browser without cache to a page that is rendered;
- page switch: from pressing a link of the menu to the other page rendered;
- filter to chart: from pressing an option of a filter to the last change inside a chart
  (to the end of the run where a page has no chart that changes).

A page is rendered when its heading is the expected one, the script has run to its end, no
element is stale, as many charts are visible as the page has, each is drawn and has stopped changing,
and the canvas of a map is in its place. All times are milliseconds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

from tools.page import DESKTOP, MAP_CANVAS, canvas_painted, menu_link, wait_charts, wait_ready

# Runs before anything else in the page: notes when a chart last changed, when the mouse was last
# pressed, and when the page last asked the server for something and was last answered. (The state
# "running" of a short run may never reach the document.) What the pointer draws is not counted.
OBSERVE = """
window.bench = {chart: 0, press: 0, asked: 0, answered: 0};
new MutationObserver(changes => {
    for (const {target} of changes) {
        const element = target.nodeType === 1 ? target : target.parentElement;
        if (element?.closest('.js-plotly-plot')
            && !element.closest('.hoverlayer, .modebar-container')) {
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
"""

RENDERED = """async ({title, charts, maps, afterRun}) => {
    const visible = selector =>
        [...document.querySelectorAll(selector)].filter(element => element.offsetParent !== null);
    const rendered = () => {
        const app = document.querySelector('[data-testid="stApp"]');
        const cards = visible('[data-testid="stPlotlyChart"]');
        return app?.dataset.testScriptState === 'notRunning'
            && app.dataset.testConnectionState === 'CONNECTED'
            && (!afterRun || (bench.asked > bench.press && bench.answered > bench.asked))
            && !document.querySelector('[data-testid="stMain"] [data-stale="true"]')
            && visible('h1').some(heading => heading.innerText.trim() === title)
            && cards.length >= charts
            && document.querySelectorAll('[data-testid="stDeckGlJsonChart"] canvas').length >= maps
            && cards.every(card => card.querySelector('.js-plotly-plot svg.main-svg text'));
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


@dataclass
class App:
    """An app under test: its address, its menu and a filter with a value to choose.

    `menu` gives for the path of each page what its link says; `learn` fills the rest.
    """

    url: str
    menu: dict[str, str]
    filter_label: str
    option: str
    titles: dict[str, str] = field(default_factory=dict)
    charts: dict[str, int] = field(default_factory=dict)
    maps: dict[str, int] = field(default_factory=dict)

    @property
    def pages(self) -> list[str]:
        """Paths of the pages, in the order of the menu."""
        return list(self.menu)

    def expectation(self, page: str) -> dict:
        """What RENDERED waits for on this page."""
        return {
            "title": self.titles[page],
            "charts": self.charts[page],
            "maps": self.maps[page],
            "afterRun": False,
        }


def learn(app: App, browser: Browser) -> None:
    """Visits every page once, without a clock: warms the server, notes headings and charts."""
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
    """One round on one page: `load` it cold, `switch` to it from another page, `filter` it.

    A page with a map has `map` as well: from the start of its cold load to painted pixels,
    read every half second.
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
    page.goto(app.url + path, wait_until="commit")
    return page.evaluate(RENDERED, app.expectation(path))["end"]


def switch(app: App, path: str, page: Page) -> float:
    menu_link(page, app.menu[path]).click()
    done = page.evaluate(RENDERED, app.expectation(path))
    return done["end"] - done["press"]


def choose(app: App, path: str, page: Page) -> float:
    page.get_by_role("combobox", name=app.filter_label).first.click()
    page.get_by_role("option", name=re.compile(rf"^{app.option}\b")).first.click()
    # a filter may leave fewer charts than the page had
    done = page.evaluate(RENDERED, app.expectation(path) | {"afterRun": True, "charts": 0, "maps": 0})
    changed = done["chart"] > done["press"]
    return (done["chart"] if changed else done["end"]) - done["press"]
