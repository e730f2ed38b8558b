"""What a Plotly figure says: traces with their names, labels and values, axes in their order; no colours, no sizes."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.approval.words import digest, listed, plain

TRACE = ("name", "x", "y", "base", "text", "hovertext", "customdata", "hovertemplate", "texttemplate", "z", "ids")
AXIS = ("title", "ticktext", "tickvals", "categoryarray", "autorange", "range", "type", "tickformat", "ticksuffix")
LAYOUT = ("barmode", "hovermode", "showlegend", "title", "dragmode")


OF_MARKS = ("base", "text", "hovertext", "customdata", "hovertemplate", "texttemplate")


def figure_lines(figure: Mapping[str, Any], *, is_whole: bool = True) -> Iterator[str]:
    """A line for each trace and its lists, then axes, notes and other words of the layout.

    If it is not ``is_whole``, the words of single marks are a digest.
    """
    for trace in figure["data"]:
        kind = " ".join(str(trace[name]) for name in ("type", "mode", "orientation") if name in trace)
        symbols = (trace.get("marker") or {}).get("symbol")
        yield f"trace: {kind}{f' with {listed(_many(symbols))}' if symbols else ''}"
        for name in TRACE:
            if name in trace and trace[name] is not None and (is_whole or name not in OF_MARKS):
                yield f"  {name}: {listed(_many(trace[name]))}"
        if not is_whole:
            yield f"  marks: {digest(_many(trace.get(name)) for name in OF_MARKS)}"
        if trace.get("showlegend") is False:
            yield "  not in the legend"
    layout = figure["layout"]
    for name in sorted(layout):
        if name.startswith(("xaxis", "yaxis")):
            told = {part: layout[name][part] for part in AXIS if layout[name].get(part) is not None}
            yield from (f"{name} {part}: {listed(_many(value))}" for part, value in told.items())
        elif name in LAYOUT:
            yield f"{name}: {plain(layout[name])}"
    notes = [note["text"] for note in layout.get("annotations", ()) if note.get("text")]
    if notes:
        yield f"notes: {listed(notes)}"
    if layout.get("legend", {}).get("title"):
        yield f"legend: {plain(layout['legend']['title'])}"


def _many(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) or hasattr(value, "tolist") else [value]
