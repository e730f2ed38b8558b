"""Where the published database lies: behind a link, or behind a note of its name where the system makes no links.

On Windows only an administrator may make links. There the build writes the name of its file beside it, to
``clusters.duckdb.current``, and replaces that note in one step, as it does with the link elsewhere.
"""

import os
from pathlib import Path


def note_of(link: Path) -> Path:
    """The file that holds the name of the published file where there is no link."""
    return link.with_name(f"{link.name}.current")


def published_file(link: Path) -> Path:
    """Path of the published file itself; of a file that does not exist where nothing is published."""
    real = os.path.realpath(link)  # every query asks, and Path.resolve() takes three times as long
    if os.path.lexists(link):
        return Path(real)
    try:
        name = note_of(link).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return Path(real)
    # A name and no path: the note leads to no other folder.
    return Path(real).with_name(name) if name and name == Path(name).name else Path(real)
