"use strict";
(() => {
  const read = id => JSON.parse(document.getElementById(id).textContent);
  const figures = read("figures"), configs = read("configs");
  const charts = [...document.querySelectorAll("[data-figure]")];
  // Pixels of an A4 page inside its margins; the height leaves space for the title of the section.
  const PRINT_WIDTH = 690, PRINT_HEIGHT = 780;

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
    const figure = figures[box.dataset.figure], width = box.clientWidth || PRINT_WIDTH;
    const layout = structuredClone({...figure.layout, height: heightOf(figure, width)});
    box.style.height = layout.height + "px";
    Plotly.newPlot(box, traces(figure, width), layout, configs[figure.isMap ? "map" : "chart"]);
  }

  function resize(box, width, fixed) {
    const figure = figures[box.dataset.figure], height = heightOf(figure, width);
    const zoom = fixed ? Math.min(1, PRINT_HEIGHT / height) : 1;
    box.style.height = height + "px";
    box.style.zoom = zoom;
    const size = fixed ? {width: Math.floor(width / zoom)} : {width: null, autosize: true};
    return Plotly.relayout(box, {height, ...size, ...view(figure)});
  }

  async function drawAll() {
    for (const box of charts) {
      draw(box);
      await new Promise(done => setTimeout(done)); // keeps the page responsive
    }
    document.documentElement.dataset.charts = "drawn";
  }

  // ---------------------------------------------------------------- print
  let closed = [];
  function beforePrint() {
    closed = [...document.querySelectorAll("details:not([open])")];
    closed.forEach(one => { one.open = true; });
    for (const box of charts) {
      draw(box);
      resize(box, PRINT_WIDTH, true);
    }
  }
  function afterPrint() {
    closed.forEach(one => { one.open = false; });
    for (const box of charts) resize(box, box.parentElement.clientWidth, false);
  }
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", afterPrint);

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
      count.textContent = terms.length ? `${shown} of ${rows.length} rows contain “${input.value.trim()}”` : `${rows.length} rows`;
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
  // A link to an element inside a closed <details> opens it.
  const reveal = () => document.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`)?.closest("details")?.setAttribute("open", "");
  addEventListener("hashchange", reveal);
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth;
    for (const box of charts) if (box.dataset.drawn) resize(box, box.parentElement.clientWidth, false);
  });
  drawAll();
})();
