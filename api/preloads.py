"""Links in the head of a page to the large scripts that it will need.

Streamlit asks for the script of a chart when the first chart arrives, which is late: the browser then has to fetch
and compile some megabytes. With these links it does so while it waits for the page.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

_CHART, _MAP = "PlotlyChart", "DeckGlJsonChart"  # the beginnings of the names of their files
# What each page draws first without a filter; a page that is not named here has no chart and no map.
_SCRIPTS = {
    "overview": (_CHART, _MAP),
    "map": (_MAP,),
    "statistics": (_CHART, _MAP),
    "present": (_CHART, _MAP),
} | dict.fromkeys(
    ("sectors", "projects", "cooperations", "policies", "events", "explore", "horizon", "sources"), (_CHART,)
)


def preload_links(page: str) -> list[str]:
    """Elements of the head of the page of this name; relative to it, as those of Streamlit are."""
    # Of low priority: the scripts that start the page come first.
    return [
        f'<link rel="modulepreload" crossorigin fetchpriority="low" href="./static/js/{path}" />'
        for name in _SCRIPTS.get(page, ())
        for path in _files(name)
    ]


@cache
def _files(name: str) -> tuple[str, ...]:
    """Names of the files of Streamlit's front end that begin so; the rest of a name changes with its content."""
    package = find_spec("streamlit")  # where it is; the data API itself does not use it
    if package is None or package.origin is None:
        return ()
    folder = Path(package.origin).parent / "static" / "static" / "js"
    return tuple(path.name for path in folder.glob(f"{name}.*.js"))
