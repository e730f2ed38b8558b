"""All text reaches Streamlit through ui/screen.py, and Markdown of our own is written where it is used."""

import ast
from collections.abc import Iterator

import pytest

from tests.test_architecture import name, sources, tree_of

# What the app may use of Streamlit itself: containers, state, and elements whose texts are never Markdown.
WITHOUT_TEXT = {
    "App",
    "Page",
    "cache_resource",
    "code",
    "column_config",
    "columns",
    "components",
    "container",
    "context",
    "dataframe",
    "delta_generator",
    "echarts_chart",
    "form",
    "grid",
    "html",  # escaped with html.escape where it is made
    "login",
    "logout",
    "navigation",
    "plotly_chart",
    "pydeck_chart",
    "query_params",
    "rerun",
    "session_state",
    "set_page_config",
    "stop",
    "switch_page",
    "user",
}
# Methods of containers that draw text, which go round ui/screen.py.
DRAWING = {"markdown", "caption", "header", "subheader", "title", "info", "warning", "error", "success", "button"}
DRAWING |= {"write", "text", "metric", "selectbox", "multiselect", "expander", "popover", "tabs", "radio", "badge"}
DRAWING |= {"checkbox", "toggle", "pills", "segmented_control", "text_input", "number_input", "page_link", "progress"}
# What may be imported from Streamlit by name: modules without elements.
MODULES = {"App", "net_util"}
# Functions of ui/markup.py whose first argument is Markdown of ours.
TEMPLATES = {"md", "joined"}


def faults(tree: ast.AST) -> Iterator[str]:
    """What goes round ui/screen.py, and templates that are no literals."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "streamlit":
            yield from (f"line {node.lineno}: {one.name}" for one in node.names if one.name not in MODULES)
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "st" and node.attr not in WITHOUT_TEXT:
            yield f"line {node.lineno}: st.{node.attr}"
        elif isinstance(node, ast.Call) and (fault := _fault_of_call(node)):
            yield f"line {node.lineno}: {fault}"


def _fault_of_call(node: ast.Call) -> str:
    function = ast.unparse(node.func)
    if isinstance(node.func, ast.Attribute):
        if node.func.attr in DRAWING and ast.unparse(node.func.value) not in ("screen", "st"):
            return function
        labels = [keyword.value for keyword in node.keywords if keyword.arg == "label" and node.func.attr == "update"]
        if any(not isinstance(one, ast.Constant) and not ast.unparse(one).startswith("plain(") for one in labels):
            return f"a label of {function}"
    elif function in TEMPLATES and not isinstance(node.args[0], ast.Constant):
        return f"a template that is put together, {ast.unparse(node)[:60]}"
    return "Markdown(...) outside ui/markup.py" if function == "Markdown" else ""


def test_every_text_goes_through_one_module():
    own = {"ui/screen.py", "ui/markup.py", "ui/faults.py"}
    wrong = {
        name(path): found
        for path in sources("ui", "views", "pages", "dashboard")
        if name(path) not in own and (found := list(faults(tree_of(path))))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "code",
    [
        "st.markdown(title)",
        "st.caption(text)",
        "left.header(title)",
        "with st.expander(title): pass",
        "from streamlit import caption",
        "screen.markdown(md(f'**{title}**'))",
        "screen.markdown(joined(separator, parts))",
        "screen.markdown(Markdown(title))",
        "status.update(label=step)",
    ],
)
def test_the_check_sees_what_goes_round_it(code):
    assert list(faults(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "screen.markdown(md('**{}**', title))",
        "with st.container(): pass",
        "status.update(label=plain(step))",
        "st.rerun()",
    ],
)
def test_the_check_lets_the_right_way_pass(code):
    assert not list(faults(ast.parse(code)))
