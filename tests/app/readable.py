"""Pages in Streamlit's test harness as readers see their texts: without the marks that make text inert Markdown."""

import re
from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest, local_script_runner
from streamlit.testing.v1.element_tree import Block, ElementTree

# Fields of Streamlit's messages that the browser reads as Markdown; code and HTML have fields and kinds of their own.
FIELDS = ("label", "body", "help", "title", "text", "content", "tooltip")
NOT_MARKDOWN = {"code", "html", "exception"}
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


_parsed = local_script_runner.parse_tree_from_messages


def _with_messages(messages: list[Any]) -> ElementTree:
    """The tree of the harness, which drops widths: each node also has its whole ``message``."""
    tree = _parsed(messages)
    for one in messages:
        kind = one.delta.WhichOneof("type") if one.HasField("delta") else None
        node: Any = tree
        for step in one.metadata.delta_path:
            node = getattr(node, "children", {}).get(step)
        if kind in ("new_element", "add_block") and node is not None:
            node.message = getattr(one.delta, kind)
    return tree


local_script_runner.parse_tree_from_messages = _with_messages


class ReadableApp(AppTest):
    """The harness; after each run its texts are as they stand on the screen. Emphasis and headings keep their marks."""

    def _run(self, *arguments: Any, **options: Any) -> AppTest:
        super()._run(*arguments, **options)
        for node in nodes(self._tree):
            for message, field in markdown_of(node):
                setattr(message, field, _as_read(getattr(message, field)))
            if isinstance(label := getattr(node, "label", None), str):
                node.label = _as_read(label)
        return self


def _as_read(text: str) -> str:
    return _ESCAPED.sub(r"\1", text).replace("\u2060", "")


def nodes(block: Block) -> Iterator[Any]:
    """All elements and containers below a container, whatever their kind."""
    for child in block.children.values():
        yield child
        if isinstance(child, Block):
            yield from nodes(child)


def markdown_of(node: Any) -> Iterator[tuple[Any, str]]:
    """Messages and their fields that an element or container hands to the browser as Markdown."""
    if node.proto is not None and node.type not in NOT_MARKDOWN:
        yield from _fields(node.proto)


def _fields(message: Any) -> Iterator[tuple[Any, str]]:
    for descriptor, value in message.ListFields():
        if isinstance(value, str) and descriptor.name in FIELDS:
            yield message, descriptor.name
        elif hasattr(value, "ListFields"):
            yield from _fields(value)
        elif descriptor.type == descriptor.TYPE_MESSAGE:
            for one in value:
                yield from _fields(one) if hasattr(one, "ListFields") else ()
