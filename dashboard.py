"""Entry point: `streamlit run dashboard.py`."""

from collections.abc import Callable

from ui.frame import shell


def _first_build(report: Callable[[str], None]) -> str | None:
    """Build the database where nobody has built one yet; returns what went wrong, or "".

    None when there is a file that a build must not replace.
    """
    # Imported here, because only the first start needs the ETL.
    from etl.first_build import FirstBuildError, build_first, is_ours
    from settings import load_settings

    settings = load_settings()
    if not is_ours(settings.database):
        return None
    try:
        build_first(settings, report)
    except FirstBuildError as problem:
        return str(problem)
    return ""


shell.configure()
shell.run(_first_build)
