"""A page as text: everything that the server tells the browser to show, in order, with its containers."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from tests.approval.figures import figure_lines
from tests.approval.words import cell, digest, frame_lines, listed, plain, without_release

FRAME = ("frame",)  # the key of the container with menu and filters
MENU = "frame_menu"  # the key of the container with the menu, the same on every page
# Look and machinery: what tells nothing to a reader. How parts are arranged has lines of its own, see look_lines().
_ARRANGED = (
    "wrap gap_config row_gap_config column_gap_config justify align direction height_config width_config scale weight "
    "columns min_column_width_px border label_visibility"
)
_LOOK = (
    "wrap allow_empty gap_config justify align direction height_config width_config label_visibility hide_anchor tag "
    "isolate_styles css_content css_source_path"
)
_MACHINERY = (
    "id form_id element_id user_key element_type set_value page_script_hash deferred_file_id url component_name "
    "js_content js_source_path html_content arrow_data mixed_data bytes"
)
LEFT_OUT = frozenset(f"{_LOOK} {_MACHINERY}".split())
ARRANGED = frozenset(_ARRANGED.split())
_KEY = re.compile(r"^\$\$ID-[0-9a-f]{32}-(.+)$")
_LAYOUT = ("flex_container", "column", "grid_container")
MAX_OPTIONS = 14
MAX_CHARS = 500  # of other texts than those in WHOLE, such as the alternative text of a chart, which cards have in full
WHOLE = ("body", "spec", "json", "columns")
MAX_STYLE_CHARS = 1000  # of a style of one part; those of the frame and of whole pages are longer


def page_lines(app: AppTest, *, has_menu: bool = False, skip: frozenset[str] = frozenset()) -> Iterator[str]:
    """The elements of a page, indented by container; ``skip`` are keys of containers that are left out."""
    left_out = skip if has_menu else skip | {MENU}
    for part in app._tree.children.values():
        yield from block_lines(part, 0, left_out)


def panel_lines(app: AppTest) -> Iterator[str]:
    """The panel of the open record, and short notes that go away; what is below them is left out."""
    for name, part in app._tree.children.items():
        if name != 0:
            yield from block_lines(part)
    for node in _all(app._tree.children[0]):
        if str(node.type) in ("dialog", "toast"):
            yield from _element(node, 0, frozenset())


def _all(block: Any) -> Iterator[Any]:
    for node in block.children.values():
        yield node
        if isinstance(node, Block):
            yield from _all(node)


def look_lines(app: AppTest, left_out: frozenset[str] = frozenset()) -> Iterator[str]:
    """How the parts of a page are arranged: each kind with its widths, gaps, alignment and visible label, counted."""
    told = Counter(line for part in app._tree.children.values() for line in _looks(part, left_out))
    yield from (f"{count} × {line}" for line, count in sorted(told.items()))


def _looks(block: Any, left_out: frozenset[str]) -> Iterator[str]:
    for node in block.children.values():
        if _key(node) in left_out:
            continue
        body = getattr(node.proto, "body", "")
        if str(node.type) == "html" and body.startswith("<style>"):
            yield from [body] if len(body) < MAX_STYLE_CHARS else []
        elif node.proto is not None and (fields := dict(_arranged(node.message))):
            yield f"{node.type}: {'; '.join(f'{name} {value}' for name, value in fields.items())}"
        if isinstance(node, Block):
            yield from _looks(node, left_out)


def _arranged(message: Any) -> Iterator[tuple[str, str]]:
    """Names and values of the fields of a message that arrange it, such as ('width', '260') and ('gap', 'small')."""
    for descriptor, value in message.ListFields():
        name = descriptor.name.removesuffix("_config")
        if hasattr(value, "ListFields"):
            own = [text if text != "yes" else inner.removeprefix("use_") for inner, text in _fields(value)]
            yield from [(name, " ".join(own) or "visible")] if descriptor.name in ARRANGED else _arranged(value)
        elif descriptor.name in ARRANGED and isinstance(value, (bool, int, float)):
            kinds = descriptor.enum_type
            yield name, kinds.values_by_number[value].name.lower() if kinds else plain(value)


def block_lines(block: Any, depth: int = 0, left_out: frozenset[str] = frozenset()) -> Iterator[str]:
    """The elements of one container."""
    for node in block.children.values():
        yield from _element(node, depth, left_out)


def _element(node: Any, depth: int, left_out: frozenset[str]) -> Iterator[str]:
    key = _key(node)
    if key in left_out:
        yield f"{'  ' * depth}({key} as elsewhere)"
        return
    lines = _lines(node, key)
    yield from ("  " * depth + line for line in lines)
    if isinstance(node, Block):
        yield from block_lines(node, depth + bool(lines), left_out)


def _key(node: Any) -> str:
    found = _KEY.match(getattr(node.proto, "id", "") or "") if node.proto is not None else None
    return found[1] if found else ""


def _lines(node: Any, key: str) -> list[str]:
    """Lines of one element; none for a container that only arranges others and has no key."""
    proto, kind = node.proto, str(node.type)
    if kind in _LAYOUT or proto is None:
        return [f"[{key}]"] if key else []
    if kind == "html" and proto.body.startswith("<style>"):
        return []
    head = f"{kind}{f' #{key}' if key else ''}"
    fields = dict(_fields(proto))
    if kind == "plotly_chart":
        figure = json.loads(fields.pop("spec"))
        traces = [f"{trace['type']} {trace.get('name', '')}".strip() for trace in figure["data"]]
        # Cards have their figures in full.
        return [_told(head, fields), f"  traces: {listed(traces)} ({digest(figure_lines(figure))})"]
    if kind == "deck_gl_json_chart":
        layers = json.loads(fields.pop("json"))["layers"]
        drawn = [f"{one.get('@@type')} {one.get('id')} ({_size(one.get('data'))})" for one in layers]
        return [_told(head, fields), f"  layers: {listed(drawn)}"]
    if kind == "dataframe":
        columns = fields.pop("columns", "{}")
        own = [f"  {column}: {plain(config)}" for column, config in json.loads(columns or "{}").items()]
        return [_told(head, fields), *own, *(f"  {line}" for line in frame_lines(node.value, 6))]
    return _told(head, fields).split("\n")


def _size(data: Any) -> str:
    return str(len(data)) if isinstance(data, list) else "a file" if isinstance(data, str) else "nothing"


def _told(head: str, fields: dict[str, str]) -> str:
    body = fields.pop("body", None)
    rest = "; ".join(f"{name}: {value}" for name, value in fields.items())
    told = f"{head}{f' {rest}' if rest else ''}"
    if body is None:
        return told
    lines = without_release(body).split("\n")
    return "\n".join([f"{told} | {lines[0]}", *(f"    {line}" for line in lines[1:])])


def _fields(message: Any) -> Iterator[tuple[str, str]]:
    """Names and texts of what a message says, those of messages within it with theirs."""
    for descriptor, value in message.ListFields():
        name = descriptor.name
        if name in LEFT_OUT:
            continue
        if hasattr(value, "ListFields"):
            yield from _fields(value)
        elif descriptor.message_type is not None:
            inner = [" ".join(text for _, text in _fields(one)) for one in value if hasattr(one, "ListFields")]
            yield name, f"[{listed(inner, MAX_OPTIONS)}]"
        elif isinstance(value, str):
            yield name, without_release(value) if name in WHOLE or len(value) < MAX_CHARS else cell(value)
        elif isinstance(value, bytes):
            continue
        elif descriptor.enum_type is not None and isinstance(value, int):
            yield name, descriptor.enum_type.values_by_number[value].name.lower()
        elif isinstance(value, (bool, int, float)):
            yield name, plain(value)
        else:
            yield name, f"[{listed(value, MAX_OPTIONS)}]"
