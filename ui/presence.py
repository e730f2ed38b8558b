"""Which reader a page is drawn for, and whether that reader is still connected."""

from collections.abc import Callable

from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx


def reader() -> tuple[str, Callable[[], bool]]:
    """The id of the session that is drawn now, and a function that says, from any thread, whether it is connected.

    Without a server, as in tests of single pages, the reader is always there.
    """
    context = get_script_run_ctx(suppress_warning=True)
    session_id = context.session_id if context is not None else ""

    def is_there() -> bool:
        return not Runtime.exists() or Runtime.instance().is_active_session(session_id)

    return session_id, is_there
