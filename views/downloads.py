"""The page Downloads: files of the whole workshop for the current filters, and the dataset, generated on request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from domain.file_names import file_name
from domain.filter_values import NO_FILTER
from domain.filters import POSSIBLE_PARAMETER, Filters
from domain.product import SHORT_NAME
from domain.progress import Progress
from exports import zipped
from exports.content import gather
from exports.dataset.write import dataset_zip
from exports.formats import FORMATS, ExportFormat
from exports.pack import subject_of
from ui import screen, state
from ui.faults import fragment
from ui.jobs import Job
from ui.markup import md
from warehouse import query_cache

_JOBS = "export_jobs"


@dataclass(frozen=True)
class _Offer:
    """A file on offer: its name in keys of widgets, heading, use, file name, media type, and what makes it.

    ``unavailable`` says why this machine cannot make it, '' if it can.
    """

    name: str
    label: str
    use: str
    file_name: str
    mime: str
    make: Callable[[Progress], bytes]
    unavailable: str = ""


def downloads(filters: Filters, has_annex: bool) -> None:
    """Draw a box for each file format, two side by side; ``has_annex`` is that of exports.content.Content."""
    offers = [_pack_offer(name, kind, filters, has_annex) for name, kind in FORMATS.items()]
    for start in range(0, len(offers), 2):
        for column, offer in zip(st.columns(2), offers[start : start + 2], strict=False):
            with column.container(border=True, height="stretch", key=f"export_{offer.name}"):
                _box(offer, filters)


def annex_choice() -> bool:
    """Draw the choice between the report alone and the report with its annex; True for the annex."""
    options = {"no": "Hand-out", "yes": "With annex: registers and all sources"}
    return state.url_choice("annex", options, "Report") == "yes"


def _pack_offer(name: str, kind: ExportFormat, filters: Filters, has_annex: bool) -> _Offer:
    made_on, annex = date.today(), has_annex and kind.may_have_annex
    label = filters.describe(query_cache.vocabulary())
    return _Offer(
        f"{name}_annex" if annex else name,
        f"{kind.label} with annex" if annex else kind.label,
        f"{kind.use} Behind it every register and the full list of sources." if annex else kind.use,
        file_name(subject_of(SHORT_NAME, annex), label, kind.extension, query_cache.release_name()),
        kind.mime,
        lambda progress: kind.make(gather(filters, made_on, annex), progress),
        kind.unavailable_reason() or "",
    )


def whole_dataset() -> None:
    """Draw the box of the whole dataset, which no filter restricts."""
    use = (
        "All tables as DuckDB, Parquet and CSV, with a Data Package, metadata for portals, licences and check sums, in "
        "one ZIP file. No filter applies."
    )
    name = file_name(f"{SHORT_NAME} data", NO_FILTER, "zip", query_cache.release_name())
    with st.container(border=True, key="export_dataset"):
        _box(_Offer("dataset", "Whole dataset (ZIP)", use, name, zipped.MIME, dataset_zip), Filters())


@fragment
def _box(offer: _Offer, filters: Filters) -> None:
    screen.markdown(md("## {}", offer.label))
    screen.markdown(offer.use)
    job = _jobs().get(_key(offer.name, filters))
    if offer.unavailable:
        screen.caption(offer.unavailable)
    elif job is None:
        screen.button(
            "Generate", key=f"make_{offer.name}", icon=":material/construction:", on_click=_start, args=(offer, filters)
        )
    elif job.is_running:
        _progress(offer.name, filters)
    elif job.result is None:
        screen.warning(job.problem, icon=":material/info:")
        screen.button("Try again", key=f"again_{offer.name}", on_click=_start, args=(offer, filters))
    else:
        screen.download_button(
            f"Download ({len(job.result) / 1024:,.0f} KB)",
            job.result,
            offer.file_name,
            offer.mime,
            key=f"download_{offer.name}",
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


def _start(offer: _Offer, filters: Filters) -> None:
    """Start a job. A session keeps one file of each format: those for other filters are discarded."""
    for other in [key for key in _jobs() if key[0] == offer.name]:
        _jobs().pop(other).cancel()

    _jobs()[_key(offer.name, filters)] = Job(query_cache.bound(offer.make))


def _key(name: str, filters: Filters) -> tuple[str, Filters, str]:
    """Key of a job: format, filters and build."""
    return name, filters, query_cache.release_line()


def _jobs() -> dict[tuple[str, Filters, str], Job]:
    jobs: dict[tuple[str, Filters, str], Job] = st.session_state.setdefault(_JOBS, {})
    return jobs


def command_line(filters: Filters, has_annex: bool) -> str:
    """The command that makes the same files without the app; its options are the URL parameters of the filters."""
    options = [f"--{name} {value}" for name, value in filters.to_params() if name != POSSIBLE_PARAMETER]
    options += [] if filters.show_possible else [f"--no-{POSSIBLE_PARAMETER}"]
    options += ["--annex"] if has_annex else []
    return " ".join(["python -m exports pack", *options, "--out workshop"])
