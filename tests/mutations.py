"""Damages files in ways that happen: bytes changed, lost, doubled or put in, lines swapped, the end cut off."""

import random

# Bytes that parsers treat in a way of their own.
_SPECIAL = [
    *(b"\0", b'"', b'""', b",", b";", b"\t", b"\n", b"\r", b"\r\n", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"\x1a"),
    *(b"=1+1", b"NaN", b"Infinity", b"1e999", b"-0", b"9" * 400, b"0x10", b"2024-02-30", b"0000-00-00", b"null"),
    *("\u202e".encode(), "\u200b".encode(), "\u2028".encode(), "é".encode("latin-1"), b"'", b"\\", b"../", b"<b>"),
]


def mutated(content: bytes, order: random.Random) -> bytes:
    """The content with one to three faults."""
    for _ in range(order.randint(1, 3)):
        content = order.choice(_KINDS)(content, order)
    return content


def _place(content: bytes, order: random.Random, longest: int = 40) -> tuple[int, int]:
    start = order.randint(0, len(content))
    return start, min(len(content), start + order.randint(1, longest))


def _change(content: bytes, order: random.Random) -> bytes:
    start, _ = _place(content, order)
    return content[:start] + bytes([order.randrange(256)]) + content[start + 1 :]


def _lose(content: bytes, order: random.Random) -> bytes:
    start, end = _place(content, order)
    return content[:start] + content[end:]


def _double(content: bytes, order: random.Random) -> bytes:
    start, end = _place(content, order)
    return content[:end] + content[start:end] + content[end:]


def _put_in(content: bytes, order: random.Random) -> bytes:
    start, _ = _place(content, order)
    return content[:start] + order.choice(_SPECIAL) + content[start:]


def _replace(content: bytes, order: random.Random) -> bytes:
    start, end = _place(content, order, 12)
    return content[:start] + order.choice(_SPECIAL) + content[end:]


def _cut(content: bytes, order: random.Random) -> bytes:
    return content[: order.randint(0, len(content))]


def _swap_lines(content: bytes, order: random.Random) -> bytes:
    lines = content.split(b"\n")
    first, second = order.randrange(len(lines)), order.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return b"\n".join(lines)


def _double_line(content: bytes, order: random.Random) -> bytes:
    lines = content.split(b"\n")
    lines.insert(order.randrange(len(lines)), order.choice(lines))
    return b"\n".join(lines)


_KINDS = (_change, _lose, _double, _put_in, _put_in, _replace, _replace, _cut, _swap_lines, _double_line)
