"use strict";
(() => {
  const read = id => JSON.parse(document.getElementById(id).textContent);
  const figures = read("figures"), configs = read("configs");
  const charts = [...document.querySelectorAll("[data-figure]")];
  // Pixels of a picture that fills the width of a page: its letters of 13 pixels are printed at seven points.
  // A map is printed less wide, so that two have room on a page.
  const PAPER_WIDTH = 920, PAPER_WIDTH_MAP = 640;
  const PAPER_FONT = "Arial, 'Liberation Sans', sans-serif"; // as in the style of paper

  // ---------------------------------------------------------------- charts
  const NARROW = 500; // pixels; below this width the legend of a map wraps and its circles are smaller
  const heightOf = (figure, width) => !figure.isMap ? figure.layout.height
    : width < NARROW ? Math.round(width * 0.7 + 140) : Math.round(Math.min(figure.layout.height, width * 0.55 + 52));
  // Plotly widens the view of a map whenever its box changes, so we set the axis ranges again each time.
  const view = figure => !figure.isMap ? {}
    : {"xaxis.range": [...figure.layout.xaxis.range], "yaxis.range": [...figure.layout.yaxis.range]};

  function traces(figure, width) {
    if (!figure.isMap || width >= NARROW) return figure.data;
    return figure.data.filter(trace => trace.name !== "names").map(trace => !trace.marker ? trace
      : {...trace, mode: "markers", marker: {...trace.marker, size: trace.marker.size.map(size => size * 0.7)}});
  }

  function draw(box) {
    if (box.dataset.drawn) return;
    box.dataset.drawn = "yes";
    const figure = figures[box.dataset.figure], width = box.clientWidth || PAPER_WIDTH;
    const layout = structuredClone({...figure.layout, height: heightOf(figure, width)});
    box.style.height = layout.height + "px";
    Plotly.newPlot(box, traces(figure, width), layout, configs[figure.isMap ? "map" : "chart"]);
  }

  function resize(box, width) {
    const figure = figures[box.dataset.figure], height = heightOf(figure, width);
    box.style.height = height + "px";
    return Plotly.relayout(box, {height, width: null, autosize: true, ...view(figure)});
  }

  // ---------------------------------------------------------------- paper
  // A browser cannot be made to wait before it prints, so the picture of each chart on paper is drawn beforehand.
  async function onPaper(box) {
    const figure = figures[box.dataset.figure], width = figure.isMap ? PAPER_WIDTH_MAP : PAPER_WIDTH;
    const height = heightOf(figure, width);
    const layout = structuredClone({...figure.layout, width, height, autosize: false,
      font: {...figure.layout.font, family: PAPER_FONT}});
    const picture = new Image();
    picture.className = figure.isMap ? "paper map" : "paper";
    picture.alt = box.getAttribute("aria-label");
    picture.src = await Plotly.toImage({data: structuredClone(traces(figure, width)), layout},
      {format: "svg", width, height});
    await picture.decode();
    box.before(picture);
  }

  async function drawAll() {
    for (const box of charts) {
      draw(box);
      await new Promise(done => setTimeout(done)); // keeps the page responsive
    }
    for (const box of charts) await onPaper(box);
    document.documentElement.dataset.charts = "drawn";
  }

  // ---------------------------------------------------------------- registers
  const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  function search(input) {
    const section = document.getElementById(input.dataset.table);
    const rows = [...section.querySelectorAll("tbody tr")];
    const count = document.querySelector(`[data-count="${input.dataset.table}"]`);
    const texts = rows.map(row => plain(row.textContent));
    input.addEventListener("input", () => {
      const terms = plain(input.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      const matches = new Map(rows.map((row, index) => [row, terms.every(term => texts[index].includes(term))]));
      for (const [row, matched] of matches) { row.hidden = !matched; shown += matched; }
      count.textContent = terms.length ? `${shown} of ${rows.length} rows contain “${input.value.trim()}”` : `${rows.length} row${rows.length === 1 ? "" : "s"}`;
    });
  }

  function sortable(table) {
    const headings = [...table.tHead.rows[0].cells];
    headings.forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = heading.dataset.heading = heading.textContent;
      heading.replaceChildren(button);
      button.addEventListener("click", () => {
        const up = heading.getAttribute("aria-sort") !== "ascending";
        headings.forEach(one => one.removeAttribute("aria-sort"));
        heading.setAttribute("aria-sort", up ? "ascending" : "descending");
        const key = row => row.cells[column].dataset.key ?? row.cells[column].textContent;
        const rows = [...table.tBodies[0].rows].map(row => [key(row), row]);
        rows.sort(([a], [b]) => a.localeCompare(b, "en", {numeric: true}) * (up ? 1 : -1));
        table.tBodies[0].append(...rows.map(([, row]) => row));
      });
    });
  }

  document.querySelectorAll("input[data-table]").forEach(search);
  document.querySelectorAll("table.sortable").forEach(sortable);
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth;
    for (const box of charts) if (box.dataset.drawn) resize(box, box.parentElement.clientWidth);
  });
  drawAll();
})();
