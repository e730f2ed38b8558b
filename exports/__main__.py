"""Command line: python -m exports pack | report | dataset. Writes the export files without the app."""

import inspect
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import TaskProgressColumn

from domain.console import fail, progress_bar
from domain.filters import FILTERS, POSSIBLE_PARAMETER, ListFilter, Params
from domain.progress import CancelledError
from exports.content import Content, gather
from exports.dataset.contents import published_at
from exports.dataset.write import write_dataset
from exports.formats import ExportFormat
from exports.images.render import ImageExportError
from exports.pack import BadRequestError, parse_filters, possible_formats, with_template, write_pack
from exports.pptx.presentation import template_gaps
from exports.pptx.template import TemplateError, read_template
from settings import load_settings
from warehouse import query_cache
from warehouse.connection import DatabaseNotReadyError

app = typer.Typer(
    help="Write the export files of the dashboard without the app.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _filter_options() -> Iterator[inspect.Parameter]:
    """One option for each URL parameter of the shared filters, such as `--sector`; those of lists may be repeated."""
    for definition in FILTERS:
        if isinstance(definition, ListFilter):
            help_text = f"{definition.label} by id or name; may be repeated."
            yield _option(
                definition.parameter,
                list[str],
                typer.Option(f"--{definition.parameter}", help=help_text, metavar="VALUE"),
            )
        else:
            for name, help_text in zip(definition.parameters, ("First year.", "Last year."), strict=True):
                yield _option(name, int, typer.Option(f"--{name}", help=help_text, metavar="YEAR"))


def _option(parameter: str, kind: Any, option: Any) -> inspect.Parameter:
    annotation = Annotated[kind | None, option]
    return inspect.Parameter(_argument(parameter), inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


def _argument(parameter: str) -> str:
    """Name of the Python argument of a URL parameter; `from` itself is a keyword of the language."""
    return f"filter_{parameter}"


def _with_filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with an option for each shared filter, so that a new filter needs no change here."""
    own = [p for p in inspect.signature(command).parameters.values() if p.kind is not inspect.Parameter.VAR_KEYWORD]
    command.__signature__ = inspect.Signature([*own, *_filter_options()])  # type: ignore[attr-defined]  # for typer
    return command


_Out = Annotated[Path, typer.Option(help="Folder for the files; created if it does not exist.", metavar="DIR")]
_NoUnknown = Annotated[
    bool, typer.Option(f"--no-{POSSIBLE_PARAMETER}", help="Do not count records that might match apart.")
]
_Annex = Annotated[
    bool, typer.Option("--annex", help="End the report with every register and the full list of sources.")
]


@app.command()
@_with_filter_options
def pack(
    *,
    out: _Out,
    template: Annotated[
        Path | None,
        typer.Option(help="POTX or PPTX whose master, layouts, colours and typefaces the slides take.", metavar="FILE"),
    ] = None,
    annex: _Annex = False,
    no_unknown: _NoUnknown = False,
    **options: list[str] | int | None,
) -> None:
    """Write slides, report, workbook and calendar for these filters; the report also as PDF where a browser is found.

    All files are written, or none if the command fails or is cancelled.
    """
    kinds, missing = possible_formats()
    gaps: list[str] = []
    if template:
        with _reported_errors():
            master = read_template(template.expanduser())
            kinds, gaps = with_template(kinds, master), template_gaps(master)
    _write(out, kinds, _params(options, no_unknown), annex)
    for sentence in missing:
        typer.echo(f"Not written: {sentence}", err=True)
    for gap in gaps:
        typer.echo(f"Template: {gap}", err=True)


@app.command()
@_with_filter_options
def report(
    *,
    out: _Out,
    pdf: Annotated[bool, typer.Option("--pdf", help="Write the PDF too; it needs Chromium or Chrome.")] = False,
    annex: _Annex = False,
    no_unknown: _NoUnknown = False,
    **options: list[str] | int | None,
) -> None:
    """Write the report for these filters, a hand-out of about fifteen pages, as HTML and with --pdf as PDF."""
    kinds, missing = possible_formats(["html", "pdf"] if pdf else ["html"])
    if missing:
        fail(f"{' '.join(missing)} Nothing was written.")
    _write(out, kinds, _params(options, no_unknown), annex)


def _write(out: Path, kinds: Sequence[ExportFormat], params: Params, has_annex: bool) -> None:
    """Write these formats for the filters, and print what was written."""
    with _reported_errors(), progress_bar(1.0, TaskProgressColumn()) as progress:
        progress(0.0, "Reading the data")
        filters = parse_filters(params, query_cache.vocabulary())
        with query_cache.pinned():
            content = gather(filters, date.today(), has_annex)
            files = write_pack(content, out.expanduser().absolute(), progress, kinds)
    _print_summary(content, files)


@app.command()
def dataset(
    out: Annotated[Path, typer.Option(help="New or empty folder for the files.", metavar="DIR")],
    url: Annotated[
        str, typer.Option(help="Address under which the folder will be published; its descriptions name it.")
    ] = "",
) -> None:
    """Write the whole dataset: DuckDB, Parquet and CSV with a Data Package, metadata for portals, licences, check sums.

    All files are written, or none if the command fails or is cancelled.
    """
    with _reported_errors(), progress_bar(1.0, TaskProgressColumn()) as progress:
        folder = out.expanduser().absolute()
        files = write_dataset(folder, published_at(url), progress)
        line = query_cache.release_line()
    size = sum(file.stat().st_size for file in files) / 1024**2
    typer.echo(f"{line}. {len(files)} files, {size:,.1f} MB, in {folder}. Begin with {folder / 'README.md'}.")


def _params(options: Mapping[str, list[str] | int | None], no_unknown: bool) -> Params:
    """The options as URL parameters."""
    params = {POSSIBLE_PARAMETER: ["no"]} if no_unknown else {}
    for name in (name for definition in FILTERS for name in definition.parameters):
        value = options.get(_argument(name))
        if value is not None:
            params[name] = value if isinstance(value, list) else [str(value)]
    return params


def _print_summary(content: Content, files: list[Path]) -> None:
    """Filter, release, steps without rows, and the size and path of each file."""
    typer.echo(f"Filter: {content.filter_label}. {content.release_line}.")
    for step in content.steps:
        if step.card is None:
            typer.echo(f"{step.title}: {step.empty}")
    for file in files:
        typer.echo(f"  {file.stat().st_size / 1024:>8,.0f} KB  {file}")
    if problem := load_settings().public_url_problem:
        typer.echo(f"Warning: {problem}", err=True)


@contextmanager
def _reported_errors() -> Iterator[None]:
    """Report expected errors in one sentence with exit code 1, cancellation with 130; others keep their traceback."""
    # Treat SIGTERM like Ctrl-C: delete partial output, then exit.
    signal.signal(signal.SIGTERM, _cancel)
    try:
        yield
    except (BadRequestError, ImageExportError, TemplateError) as error:
        fail(f"{error} Nothing was written.")
    except DatabaseNotReadyError as error:
        fail(f"{error} Build it with: python -m etl build")
    except (CancelledError, KeyboardInterrupt):
        fail("Cancelled. Nothing was written.", 130)


def _cancel(*_: object) -> None:
    raise CancelledError


if __name__ == "__main__":
    app(prog_name="python -m exports")
