"""The page Sectors in a real browser: a section, its counts and its registers, and four sectors compared."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tools.page import wait_charts, wait_ready

MAIN = '[data-testid="stMain"]'


def test_counts_of_a_section_are_the_rows_of_its_registers(server, page):
    """Choose a sector by its button; a count in the row of buttons equals the rows shown under it."""
    page.goto(server.url + "/sectors")
    wait_ready(page)
    main = page.locator(MAIN)
    main.locator(".st-key-choose_water button").click()
    expect(page).to_have_url(re.compile(r"sector=water"))
    expect(main.locator("h2").filter(has_text=re.compile("^Water$"))).to_have_count(1, timeout=30_000)

    section = main.locator(".st-key-choice_register")
    for name in ("Organisations", "Projects", "Success stories"):  # tests/data/test_sector_pages.py counts all of them
        button = section.get_by_text(re.compile(rf"^{name} \(\d+\)$"))
        count = int(re.search(r"\((\d+)\)", button.inner_text())[1])
        assert count > 0, name
        button.click()
        key = f".st-key-section_water_{name.lower().replace(' ', '_')}_rows"
        table = main.locator(key)
        expect(table).to_have_count(1, timeout=30_000)
        # The first table of the section; below it are the figures about the sector.
        expect(main.get_by_text(re.compile(r"^\d+ rows?\. Click a name")).first).to_have_text(
            re.compile(rf"^{count} rows?\."), timeout=20_000
        )


def test_a_visit_and_a_choice_are_one_run_each(server, page):
    """On a common screen maps and charts are laid out right at once: the page is not run again for their width."""
    asked = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: asked.append(1)))
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(server.url + "/sectors")
    wait_ready(page)
    wait_charts(page)
    assert len(asked) == 1
    page.locator(".st-key-frame_bar").get_by_text("Energy", exact=True).click()
    expect(page).to_have_url(re.compile(r"sector=energy"))
    page.locator(".st-key-map_atlantic_width").wait_for(state="attached")
    wait_ready(page)
    wait_charts(page)
    # The rulers measure when the browser has laid out what is new.
    page.evaluate("async () => { for (let n = 0; n < 20; n++) await new Promise(requestAnimationFrame) }")
    assert len(asked) == 2


def test_four_sectors_side_by_side(server, page):
    """Four are compared, a fifth is too many; each has a section of its own."""
    page.goto(server.url + "/sectors?sector=energy&sector=water&sector=health&sector=tc-plastics")
    wait_ready(page)
    wait_charts(page)
    main = page.locator(MAIN)
    expect(main).to_contain_text("4 sectors compared")
    expect(main.locator("h2").filter(has_text=re.compile("^Of the 4 compared"))).to_have_count(1)

    page.goto(server.url + "/sectors?sector=energy&sector=water&sector=health&sector=tc-plastics&sector=maritime")
    wait_ready(page)
    expect(main).to_contain_text("5 sectors are chosen, but at most 4 can be compared", timeout=20_000)
    expect(main.locator("h2").filter(has_text=re.compile("^Of the"))).to_have_count(0)
