"""Entry point: `streamlit run dashboard.py`."""

from collections.abc import Callable
from pathlib import Path

from settings import load_settings
from ui.frame import shell


def _first_build(report: Callable[[str], None]) -> str | None:
    """Build the database where nobody has built one yet; returns what went wrong, or "".

    None when there is a file that a build must not replace.
    """
    # Imported here, because only the first start needs the ETL.
    from etl.first_build import FirstBuildError, build_first, is_ours

    settings = load_settings()
    if not is_ours(settings.database):
        return None
    try:
        build_first(settings, report)
    except FirstBuildError as problem:
        return str(problem)
    return ""


def _release(release_id: str, report: Callable[[str], None]) -> Path | str:
    """The database of an earlier release, or a sentence that says why there is none."""
    from etl.released import database_or_reason  # here, because only links of earlier releases need the ETL

    return database_or_reason(load_settings(), release_id, report)


shell.configure()
if (settings := load_settings()).lake:  # asgi.py has done so already
    from etl.lake.follow import follow

    follow(settings)
shell.run(_first_build, _release)
