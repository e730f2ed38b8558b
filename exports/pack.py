"""A workshop pack: every format of one content, written whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from domain.file_names import file_name
from domain.filters import (
    FILTERS,
    FIRST_YEAR,
    LAST_YEAR,
    POSSIBLE_PARAMETER,
    YEARS,
    Filters,
    ListFilter,
    Params,
    Vocabulary,
    YearsFilter,
)
from domain.progress import Progress, no_progress
from domain.text import describe_without_records
from exports.content import Content
from exports.formats import FORMATS, SLIDES, ExportFormat
from exports.pptx.presentation import slides
from exports.pptx.template import Template

MAX_SUGGESTIONS = 5  # similar values named in an error
MAX_LISTED = 20  # values named in an error when none is similar
_OTHER_FOLDER = "Choose another folder with --out."


class BadRequestError(Exception):
    """A value or folder of the request cannot be used; the message says which, why, and what to use instead."""


def subject_of(title: str, has_annex: bool) -> str:
    """What a file is named after, beside filters and release: the title, and the annex of a report that has one."""
    return f"{title} with annex" if has_annex else title


def possible_formats(names: Iterable[str] | None = None) -> tuple[list[ExportFormat], list[str]]:
    """The formats of these names, or all, that this machine can make; and of each other one why it cannot."""
    kinds = [FORMATS[name] for name in (FORMATS if names is None else names)]
    reasons = [kind.unavailable_reason() for kind in kinds]
    possible = [kind for kind, reason in zip(kinds, reasons, strict=True) if not reason]
    return possible, [f"{kind.label}: {reason}" for kind, reason in zip(kinds, reasons, strict=True) if reason]


def with_template(kinds: Sequence[ExportFormat], template: Template) -> list[ExportFormat]:
    """The formats, slides with the master of the template."""

    def templated(content: Content, progress: Progress) -> bytes:
        return slides(content, progress, template)

    return [replace(kind, make=templated) if kind is FORMATS[SLIDES] else kind for kind in kinds]


def write_pack(
    content: Content, folder: Path, progress: Progress = no_progress, kinds: Sequence[ExportFormat] | None = None
) -> list[Path]:
    """Write the content in these formats, or every possible one, into a folder; returns the paths of the files.

    All files are put in place at the end, and only if none is blocked; an earlier pack of the same filters and release
    is replaced. On an error or a cancellation, even between two files, the folder is as it was before. Raises
    BadRequestError when the folder cannot be written, and TemplateError for a template that cannot be used.
    """
    kinds = possible_formats()[0] if kinds is None else kinds
    is_new = not folder.exists()
    scratch = _scratch(folder)
    try:
        drafts = []
        for number, kind in enumerate(kinds):

            def report(part: float, step: str, number: int = number, label: str = kind.label) -> None:
                progress((number + part) / len(kinds), f"{label}: {step}")

            subject = subject_of(content.title, content.has_annex and kind.may_have_annex)
            draft = scratch / file_name(subject, content.filter_label, kind.extension, content.release_id)
            draft.write_bytes(kind.make(content, report))
            drafts.append(draft)
        return _put(drafts, folder, scratch)
    except OSError as error:
        raise BadRequestError(f"{folder} cannot be written: {error.strerror or error}. {_OTHER_FOLDER}") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        if is_new and not any(folder.iterdir()):
            folder.rmdir()


def _scratch(folder: Path) -> Path:
    """A temporary folder inside the target folder: on the same disk, moving a file into place is atomic."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=".workshop-pack-", dir=folder))
    except FileExistsError as error:
        raise BadRequestError(f"{folder} is a file, not a folder. {_OTHER_FOLDER}") from error
    except OSError as error:
        raise BadRequestError(f"{folder} cannot be written: {error.strerror or error}. {_OTHER_FOLDER}") from error


def _put(drafts: list[Path], folder: Path, scratch: Path) -> list[Path]:
    """Move all drafts into the folder, replacing files of the same name, or none of them."""
    for draft in drafts:
        if (final := folder / draft.name).is_dir() and not final.is_symlink():
            raise BadRequestError(
                f"{final} is a folder, so no file of this name can be written. Rename it. {_OTHER_FOLDER}"
            )
    earlier = scratch / "earlier"
    earlier.mkdir()
    try:
        for draft in drafts:
            final = folder / draft.name
            if os.path.lexists(final):
                os.replace(final, earlier / draft.name)
            os.replace(draft, final)
    except BaseException:  # a cancellation too
        _restore(drafts, folder, earlier)
        raise
    return [folder / draft.name for draft in drafts]


def _restore(drafts: list[Path], folder: Path, earlier: Path) -> None:
    """Restore the folder. The state is read from the disk, because the work can stop between any two moves."""
    for draft in drafts:
        if os.path.lexists(earlier / draft.name):
            os.replace(earlier / draft.name, folder / draft.name)
        elif not draft.exists():
            (folder / draft.name).unlink(missing_ok=True)


def parse_filters(params: Params, vocabulary: Vocabulary) -> Filters:
    """Filters from typed values by URL parameter: ids or names for lists, years, and yes or no for ``unknown``.

    Raises BadRequestError for an unknown value; the message suggests similar ones.
    """
    filters = Filters(show_possible=params.get(POSSIBLE_PARAMETER) != ["no"])
    for definition in FILTERS:
        match definition:
            case ListFilter():
                values = params.get(definition.parameter, [])
                blank = vocabulary.without_records if definition.is_upper_case else {}
                known = _known(values, definition.labels(vocabulary), blank, definition.parameter)
                filters = definition.with_values(filters, known)
            case YearsFilter():
                filters = _with_years(filters, *(_year(params, name) for name in definition.parameters))
    return filters


def _with_years(filters: Filters, first: int | None, last: int | None) -> Filters:
    if first is not None and last is not None and first > last:
        first_name, last_name = YEARS.parameters
        raise BadRequestError(f"--{first_name} {first} is after --{last_name} {last}. Swap the two years.")
    return replace(filters, year_from=first, year_to=last)


def _year(params: Params, name: str) -> int | None:
    values = params.get(name)
    if not values:
        return None
    year = int(values[-1]) if values[-1].isascii() and values[-1].isdigit() else 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadRequestError(f"--{name} {values[-1]} is not a year between {FIRST_YEAR} and {LAST_YEAR}.")
    return year


def _known(values: Sequence[str], known: Mapping[str, str], blank: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Ids of the values, each once. A value is an id or a label; case is ignored. blank: values without records."""
    ids = {label.casefold(): key for key, label in known.items()} | {key.casefold(): key for key in known}
    chosen: dict[str, None] = {}
    for value in values:
        typed = value.strip().casefold()
        key = ids.get(typed)
        if key is None and (
            names := [label for code, label in blank.items() if typed in (code.casefold(), label.casefold())]
        ):
            raise BadRequestError(f"{describe_without_records(names[0])}.")
        if key is None:
            raise BadRequestError(f"There is no {name} “{value}”. {_suggestions(value, ids, known, name)}")
        chosen[key] = None
    return tuple(chosen)


def _suggestions(value: str, ids: Mapping[str, str], known: Mapping[str, str], name: str) -> str:
    typed = value.strip().casefold()
    similar = [text for text in ids if len(typed) > 2 and typed in text]
    similar += get_close_matches(typed, ids, n=MAX_SUGGESTIONS, cutoff=0.6)
    keys = list(dict.fromkeys(ids[text] for text in similar))[:MAX_SUGGESTIONS]
    if keys:
        return "Did you mean " + " or ".join(f"--{name} {key} ({known[key]})" for key in keys) + "?"
    return f"Known values: {', '.join(list(known)[:MAX_LISTED])}{' …' if len(known) > MAX_LISTED else ''}."
