"""The database at the first start of the app, when there is none yet or the program is newer than it.

It is built, or copied from the lake where the settings name one.
"""

import logging
from collections.abc import Callable
from pathlib import Path

from domain.database_file import DatabaseNotReadyError, open_database
from domain.errors import ReadableError
from etl.errors import EtlError, InputError, PublishError
from etl.files import exclusive_lock
from etl.lake.attach import LakeError
from etl.lake.copies import fetch
from etl.pipeline import STEPS, Inputs, build, no_report
from settings import Settings

log = logging.getLogger(__name__)

# A build takes seconds; a process that waits longer than this for another one has met a fault.
MAX_WAIT_SECONDS = 180.0


class FirstBuildError(ReadableError):
    """The database could not be built; the message is for readers of the page and names no path of the server."""


def is_ours(link: Path) -> bool:
    """Whether a build may publish under ``link``: there is nothing, or the link of an earlier build.

    A plain file was put there by its owner and is never replaced.
    """
    return link.is_symlink() or not link.exists()


def build_first(settings: Settings, report: Callable[[str], None] = no_report) -> None:
    """Build the database, or copy it from the lake, unless it can be read. Raises FirstBuildError.

    Of several threads or processes that start at once, one builds and the others wait for it. ``report`` is called with
    the name of each step as it begins.
    """
    link = settings.database
    try:
        link.parent.mkdir(parents=True, exist_ok=True)
        busy = PublishError("Another process has been building the database for minutes.")
        with exclusive_lock(link.with_name(f".{link.stem}.first.lock"), busy, MAX_WAIT_SECONDS):
            if _is_readable(link, settings.schema_version):
                return
            if settings.lake:
                report(STEPS[6])
                fetch(settings)
            else:
                build(Inputs(settings.data_dir, "data", settings.static_dir, settings.schema_version), link, report)
    except InputError as error:
        log.error("the first build was refused:\n%s", error)  # the problems say it all
        raise FirstBuildError(
            "The data files have errors, so no database was built. `python -m etl check` lists them."
        ) from error
    except LakeError as error:
        log.error("the first copy failed: %s", error)
        raise FirstBuildError("The data cannot be copied from the lake. See the server log for the reason.") from error
    except (EtlError, OSError) as error:
        log.exception("the first build failed")
        raise FirstBuildError(
            "The database could not be written. See the server log for the reason; the folder must be writable."
        ) from error


def _is_readable(link: Path, schema_version: int) -> bool:
    try:
        open_database(link, schema_version).close()
    except DatabaseNotReadyError:
        return False
    return True
