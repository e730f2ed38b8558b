"""The files of the whole story for the live filters: made when asked for, with progress, and cancelled at will."""

from datetime import date

import streamlit as st

from domain.file_names import file_name
from domain.filters import Filters
from domain.progress import Progress
from exports.content import gather
from exports.formats import FORMATS, ExportFormat
from ui.jobs import Job
from warehouse import query_cache

# What each file is for, in the words of those who take it home.
USES = {
    "pptx": "Slides with native charts and tables to edit or paste into your own, speaker notes with sources.",
    "html": "One file that opens without internet: charts and map alive, every register, ready to print.",
    "xlsx": "Every register and chart as typed rows, with codebook, sources, filters and licence.",
    "ics": "Dated events for a calendar; a month or a season is a span of whole days and says so.",
}
_JOBS = "export_jobs"


def downloads(filters: Filters) -> None:
    """One place for each kind of file, two beside each other."""
    names = list(FORMATS)
    for start in range(0, len(names), 2):
        for column, name in zip(st.columns(2), names[start : start + 2], strict=False):
            with column.container(border=True, height="stretch", key=f"export_{name}"):
                _place(name, FORMATS[name], filters)


@st.fragment
def _place(name: str, kind: ExportFormat, filters: Filters) -> None:
    st.markdown(f"### {kind.label}")
    st.markdown(USES[name])
    job = _jobs().get(_key(name, filters))
    if job is None:
        st.button(
            "Make it", key=f"make_{name}", icon=":material/construction:", on_click=_start, args=(name, kind, filters)
        )
    elif job.is_running:
        _progress(name, filters)
    elif job.result is None:
        st.warning(job.problem, icon=":material/info:")
        st.button("Try again", key=f"again_{name}", on_click=_start, args=(name, kind, filters))
    else:
        st.download_button(
            f"Download ({len(job.result) / 1024:,.0f} KB)",
            job.result,
            file_name("EU-US cluster cooperation", filters.describe(query_cache.vocabulary()), kind.extension),
            kind.mime,
            key=f"download_{name}",
            on_click="ignore",
            icon=":material/download:",
            type="primary",
        )


@st.fragment(run_every=0.4)
def _progress(name: str, filters: Filters) -> None:
    """How far the work is; when it ends, the page is drawn once more with what came of it."""
    job = _jobs().get(_key(name, filters))
    if job is None or not job.is_running:  # done, or the data were published anew meanwhile
        st.rerun()
    st.progress(job.fraction, text=job.words)
    st.button("Cancel", key=f"cancel_{name}", on_click=job.cancel)


def _start(name: str, kind: ExportFormat, filters: Filters) -> None:
    """Begin one file; what was made of this kind for other filters is let go, so that a session holds one of each."""
    for other in [key for key in _jobs() if key[0] == name]:
        _jobs().pop(other).cancel()
    made_on = date.today()

    def make(progress: Progress) -> bytes:
        with query_cache.pinned():
            return kind.make(gather(filters, made_on), progress)

    _jobs()[_key(name, filters)] = Job(make)


def _key(name: str, filters: Filters) -> tuple[str, Filters, str]:
    """A file of other filters or of another build is another file."""
    return name, filters, query_cache.release_line()


def _jobs() -> dict[tuple[str, Filters, str], Job]:
    jobs: dict[tuple[str, Filters, str], Job] = st.session_state.setdefault(_JOBS, {})
    return jobs


def command_line(filters: Filters) -> str:
    """The command that makes the same files without the app."""
    options = [f"--sector {sector}" for sector in filters.sectors]
    options += [f"--side {side}" for side in filters.sides] + [f"--country {country}" for country in filters.countries]
    options += [f"--from {filters.year_from}"] if filters.year_from else []
    options += [f"--to {filters.year_to}"] if filters.year_to else []
    options += [] if filters.show_possible else ["--no-unknown"]
    return " ".join(["python -m exports pack", *options, "--out workshop"])
