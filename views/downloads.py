"""The page Downloads: files of the whole workshop for the current filters, and the dataset, generated on request."""

from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from domain.file_names import file_name
from domain.filter_values import NO_FILTER
from domain.filters import POSSIBLE_PARAMETER, Filters
from domain.product import SHORT_NAME
from exports import zipped
from exports.formats import FORMATS, ExportFormat
from exports.pack import subject_of
from exports.work.queue import Work, the_queue
from exports.work.request import DATASET, FileRequest
from ui import screen, state
from ui.faults import fragment
from ui.markup import md
from ui.presence import reader
from warehouse import query_cache

_WORKS = "files_of_reader"  # session key
_MAKING_SECONDS, _WAITING_SECONDS = 0.8, 2.0  # how often a box asks how far its file is


@dataclass(frozen=True)
class _Offer:
    """A file on offer: its name in requests, heading, use, file name, and media type.

    ``has_annex`` is that of exports.content.Content; ``unavailable`` says why this machine cannot make the file, '' if
    it can.
    """

    kind: str
    label: str
    use: str
    file_name: str
    mime: str
    has_annex: bool = False
    unavailable: str = ""

    @property
    def name(self) -> str:
        """Its name in keys of widgets."""
        return f"{self.kind}_annex" if self.has_annex else self.kind


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
    annex = has_annex and kind.may_have_annex
    label = filters.describe(query_cache.vocabulary())
    return _Offer(
        name,
        f"{kind.label} with annex" if annex else kind.label,
        f"{kind.use} Behind it every register and the full list of sources." if annex else kind.use,
        file_name(subject_of(SHORT_NAME, annex), label, kind.extension, query_cache.release_name()),
        kind.mime,
        annex,
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
        _box(_Offer(DATASET, "Whole dataset (ZIP)", use, name, zipped.MIME), Filters())


@fragment
def _box(offer: _Offer, filters: Filters) -> None:
    screen.markdown(md("## {}", offer.label))
    screen.markdown(offer.use)
    work = _works().get(_key(offer.name, filters))
    if offer.unavailable:
        screen.caption(offer.unavailable)
    elif work is None:
        screen.button(
            "Generate", key=f"make_{offer.name}", icon=":material/construction:", on_click=_start, args=(offer, filters)
        )
    elif work.is_running:
        (_waiting if work.is_waiting else _progress)(offer.name, filters)
    elif (result := work.result) is None:
        screen.warning(work.problem, icon=":material/info:")
        screen.button("Try again", key=f"again_{offer.name}", on_click=_start, args=(offer, filters))
    else:
        screen.download_button(
            f"Download ({len(result) / 1024:,.0f} KB)",
            result,
            offer.file_name,
            offer.mime,
            key=f"download_{offer.name}",
            on_click="ignore",
            icon=":material/download:",
            type="primary",
        )


@partial(fragment, run_every=_MAKING_SECONDS)
def _progress(name: str, filters: Filters) -> None:
    """Draw the progress of a file that is being made; rerun the page when it ends."""
    work = _works().get(_key(name, filters))
    if work is None or not work.is_running:  # ended, or a new build was published meanwhile
        st.rerun()
    _state_of(work, name)


@partial(fragment, run_every=_WAITING_SECONDS)
def _waiting(name: str, filters: Filters) -> None:
    """Draw the place of a file that is waiting; rerun the page when its turn has come."""
    work = _works().get(_key(name, filters))
    if work is None or not work.is_waiting or not work.is_running:
        st.rerun()
    _state_of(work, name)


def _state_of(work: Work, name: str) -> None:
    screen.progress(work.fraction, text=work.step)
    screen.button("Cancel", key=f"cancel_{name}", on_click=work.cancel)


def _start(offer: _Offer, filters: Filters) -> None:
    """Have a file made. A session keeps one file of each format: those for other filters are discarded."""
    for other in [key for key in _works() if key[0] == offer.name]:
        _works().pop(other).cancel()
    request = FileRequest(offer.kind, filters, date.today(), query_cache.database_path(), offer.has_annex)
    session, is_there = reader()
    _works()[_key(offer.name, filters)] = the_queue().submit(request, session, is_there)


def _key(name: str, filters: Filters) -> tuple[str, Filters, str]:
    """Key of a file: format, filters and build."""
    return name, filters, query_cache.release_line()


def _works() -> dict[tuple[str, Filters, str], Work]:
    works: dict[tuple[str, Filters, str], Work] = st.session_state.setdefault(_WORKS, {})
    return works


def command_line(filters: Filters, has_annex: bool) -> str:
    """The command that makes the same files without the app; its options are the URL parameters of the filters."""
    options = [f"--{name} {value}" for name, value in filters.to_params() if name != POSSIBLE_PARAMETER]
    options += [] if filters.show_possible else [f"--no-{POSSIBLE_PARAMETER}"]
    options += ["--annex"] if has_annex else []
    return " ".join(["python -m exports pack", *options, "--out workshop"])
