"""Command line of imports: python -m etl import, with a command for each format, --list and --remove."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import cleandoc
from pathlib import Path
from typing import Annotated, Any

import typer

from domain.characters import unseen
from etl.console import display_path, print_lines, progress, reported_errors
from etl.errors import EtlError
from etl.imports.figure_cells import NOT_STATED
from etl.imports.formats import FORMATS
from etl.imports.limits import limit_own_process
from etl.imports.listing import list_imports
from etl.imports.manifest import FOLDER, existing_import, remove
from etl.imports.options import (
    CheckOption,
    DataOption,
    EncodingOption,
    JsonOption,
    LicenceOption,
    LimitedOption,
    NameOption,
    OriginOption,
    ReplaceOption,
    ShownOption,
)
from etl.imports.report import checked_as_json, lines_of, refused_as_json, rejected_file, replaced_sentence
from etl.imports.run import (
    OWN_OPTIONS,
    STEPS,
    ImportFormat,
    ImportRequest,
    ImportSummary,
    check_import,
    run_import,
)
from etl.imports.text_input import Reading
from settings import load_settings

app = typer.Typer(
    name="import",
    help="Import regional statistics or Horizon projects from your own files, list the imports, or remove one.",
    invoke_without_command=True,
)


@dataclass(frozen=True)
class _How:
    """What to do with a request: import or only check it, print JSON, limit the process, data folder as typed."""

    check: bool
    as_json: bool
    limited: bool
    data: Path | None


@app.callback()
def _manage(
    context: typer.Context,
    show: Annotated[bool, typer.Option("--list", help="List the imports that the next build will include.")] = False,
    name: Annotated[
        str | None, typer.Option("--remove", help="Remove the import of this name.", metavar="NAME")
    ] = None,
    data: DataOption = None,
) -> None:
    if context.invoked_subcommand is not None:
        return
    folder, folder_name = _data(data)
    if name is not None:
        with reported_errors("Nothing was removed."):
            removed = ", ".join(remove(folder, name))
            typer.echo(f"Removed: {removed}. Run python -m etl build to update the dashboard.")
    elif show:
        list_imports(folder, folder_name)
    else:
        typer.echo(context.get_help())


def _command(kind: ImportFormat) -> Callable[..., None]:
    """The command of a format; options that do not apply to it are hidden, and refused."""

    def own(option: str, text: str, metavar: str, minimum: int | None = None) -> Any:
        return typer.Option(option, help=text, metavar=metavar, min=minimum, hidden=option not in kind.options)

    def command(
        file: Annotated[Path, typer.Argument(help=kind.argument[1], metavar=kind.argument[0])],
        name: NameOption = None,
        origin: OriginOption = None,
        licence: LicenceOption = None,
        url: Annotated[str | None, own("--url", "Address of the page that offers the data.", "URL")] = None,
        encoding: EncodingOption = None,
        decimal: Annotated[
            str | None, own("--decimal", "The mark before decimals, where the file leaves it open.", "comma|point")
        ] = None,
        header_line: Annotated[
            int | None, own("--header-line", "Line of the header, if there is text above it.", "LINE", 1)
        ] = None,
        sheet: Annotated[str | None, own("--sheet", "Sheet of an Excel workbook.", "NAME")] = None,
        replace: ReplaceOption = False,
        check: CheckOption = False,
        as_json: JsonOption = False,
        shown_as: ShownOption = None,
        limited: LimitedOption = False,
        data: DataOption = None,
    ) -> None:
        for option, value in zip(OWN_OPTIONS, (url, decimal, header_line, sheet), strict=True):
            if value is not None and option not in kind.options:
                raise typer.BadParameter(f"{kind.name} has no such option", param_hint=option)
        for option, value in (("--origin", origin), ("--licence", licence), ("--url", url), ("--sheet", sheet)):
            if value and (fault := unseen(value) or ("a line break" if len(value.splitlines()) > 1 else "")):
                raise typer.BadParameter(f"it contains {fault}; type it anew", param_hint=option)
        source = kind.source(file, origin, url)
        request = ImportRequest(
            file,
            shown_as or str(file),
            name or kind.name,
            source.title,
            source.publisher,
            source.url,
            source.origin,
            licence or NOT_STATED,
            Reading(encoding, _decimal(decimal), header_line, sheet),
            replace,
        )
        _handle(request, kind, _How(check, as_json, limited, data))

    return command


for _kind in FORMATS.values():
    app.command(_kind.name, help=cleandoc(_kind.help))(_command(_kind))


def _decimal(text: str | None) -> str | None:
    if text not in (None, "comma", "point"):
        raise typer.BadParameter("write comma or point", param_hint="--decimal")
    return text


def _data(data: Path | None) -> tuple[Path, str]:
    settings = load_settings()
    folder = (data or settings.data_dir).absolute()
    return folder, display_path(folder, settings.root, data)


def _handle(request: ImportRequest, kind: ImportFormat, how: _How) -> None:
    folder, folder_name = _data(how.data)
    if how.check and how.as_json:
        if how.limited:
            limit_own_process()
        _check_as_json(request, kind, folder)
    elif how.check:
        with reported_errors("It would not be imported; nothing was written."), progress(STEPS) as report:
            summary = check_import(request, kind, folder, report)
        _print_check(summary)
    else:
        existing = existing_import(folder, request.name)
        if existing is not None and request.replace:
            typer.echo(f"'{request.name}' replaces {existing.described}.")
        with reported_errors("Nothing was imported; an earlier import is unchanged."), progress(STEPS) as report:
            summary = run_import(request, kind, folder, report)
        _print_import(summary, folder_name)


def _check_as_json(request: ImportRequest, kind: ImportFormat, folder: Path) -> None:
    try:
        typer.echo(checked_as_json(check_import(request, kind, folder)))
    except EtlError as error:
        typer.echo(refused_as_json(error))
    except MemoryError:
        typer.echo(refused_as_json(EtlError(f"{request.display_path} needs more memory than a check may use.")))


def _print_check(summary: ImportSummary) -> None:
    typer.echo("Checked; nothing was written. An import would give:")
    print_lines([*lines_of(summary), ("seconds", f"{summary.seconds:.1f}")])
    for sentence in summary.reject_log.notes:
        typer.echo(sentence)
    if sentence := replaced_sentence(summary):
        typer.echo(f"{sentence} To import this file, add --replace, or --name NAME to keep both.")


def _print_import(summary: ImportSummary, folder_name: str) -> None:
    manifest = f"{folder_name}/{FOLDER}/{summary.manifest.name}.json"
    typer.echo("Imported:")
    print_lines([*lines_of(summary), ("manifest", manifest), ("seconds", f"{summary.seconds:.1f}")])
    for sentence in (*summary.reject_log.notes, rejected_file(summary, folder_name)):
        if sentence:
            typer.echo(sentence)
    typer.echo("Run python -m etl build to update the dashboard.")
