"""The page Downloads: files of the whole workshop for the current filters, generated on request."""

from datetime import date
from functools import partial

import streamlit as st

from domain.file_names import file_name
from domain.filters import POSSIBLE_PARAMETER, Filters
from domain.product import SHORT_NAME
from domain.progress import Progress
from exports.content import gather
from exports.formats import FORMATS, ExportFormat
from ui import screen
from ui.faults import fragment
from ui.jobs import Job
from ui.markup import md
from warehouse import query_cache

_JOBS = "export_jobs"


def downloads(filters: Filters) -> None:
    """Draw a box for each file format, two side by side."""
    names = list(FORMATS)
    for start in range(0, len(names), 2):
        for column, name in zip(st.columns(2), names[start : start + 2], strict=False):
            with column.container(border=True, height="stretch", key=f"export_{name}"):
                _format_box(name, FORMATS[name], filters)


@fragment
def _format_box(name: str, kind: ExportFormat, filters: Filters) -> None:
    screen.markdown(md("## {}", kind.label))
    screen.markdown(kind.use)
    job = _jobs().get(_key(name, filters))
    if job is None:
        screen.button(
            "Generate", key=f"make_{name}", icon=":material/construction:", on_click=_start, args=(name, kind, filters)
        )
    elif job.is_running:
        _progress(name, filters)
    elif job.result is None:
        screen.warning(job.problem, icon=":material/info:")
        screen.button("Try again", key=f"again_{name}", on_click=_start, args=(name, kind, filters))
    else:
        screen.download_button(
            f"Download ({len(job.result) / 1024:,.0f} KB)",
            job.result,
            file_name(SHORT_NAME, filters.describe(query_cache.vocabulary()), kind.extension),
            kind.mime,
            key=f"download_{name}",
            on_click="ignore",
            icon=":material/download:",
            type="primary",
        )


@partial(fragment, run_every=0.4)
def _progress(name: str, filters: Filters) -> None:
    """Draw the progress of a running job; rerun the page when it ends."""
    job = _jobs().get(_key(name, filters))
    if job is None or not job.is_running:  # ended, or a new build was published meanwhile
        st.rerun()
    screen.progress(job.fraction, text=job.step)
    screen.button("Cancel", key=f"cancel_{name}", on_click=job.cancel)


def _start(name: str, kind: ExportFormat, filters: Filters) -> None:
    """Start a job. A session keeps one file of each format: those for other filters are discarded."""
    for other in [key for key in _jobs() if key[0] == name]:
        _jobs().pop(other).cancel()
    made_on = date.today()

    def make(progress: Progress) -> bytes:
        with query_cache.pinned():
            return kind.make(gather(filters, made_on), progress)

    _jobs()[_key(name, filters)] = Job(make)


def _key(name: str, filters: Filters) -> tuple[str, Filters, str]:
    """Key of a job: format, filters and build."""
    return name, filters, query_cache.release_line()


def _jobs() -> dict[tuple[str, Filters, str], Job]:
    jobs: dict[tuple[str, Filters, str], Job] = st.session_state.setdefault(_JOBS, {})
    return jobs


def command_line(filters: Filters) -> str:
    """The command that makes the same files without the app; its options are the URL parameters of the filters."""
    options = [f"--{name} {value}" for name, value in filters.to_params() if name != POSSIBLE_PARAMETER]
    options += [] if filters.show_possible else [f"--no-{POSSIBLE_PARAMETER}"]
    return " ".join(["python -m exports pack", *options, "--out workshop"])
