"""Command line of imports: python -m etl import, with a command for each format, --list and --remove."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from etl.console import display_path, print_lines, progress, reported_errors
from etl.errors import EtlError
from etl.imports import cordis, regional_statistics, us_cluster_mapping
from etl.imports.limits import limit_own_process
from etl.imports.listing import list_imports
from etl.imports.manifest import FOLDER, existing_import, remove
from etl.imports.report import checked_as_json, lines_of, refused_as_json, rejected_file, replaced_sentence
from etl.imports.run import STEPS, ImportFormat, ImportRequest, ImportSummary, check_import, run_import
from etl.imports.text_input import Reading
from settings import load_settings

app = typer.Typer(
    name="import",
    help="Import regional statistics or Horizon projects from your own files, list the imports, or remove one.",
    invoke_without_command=True,
)
FileArgument = Annotated[Path, typer.Argument(help="The file as it was downloaded.", metavar="FILE")]
NameOption = Annotated[
    str | None,
    typer.Option(
        "--name",
        help="Name of the import; needed to have several of one format.",
        show_default="the format",
        metavar="NAME",
    ),
]
OriginOption = Annotated[
    str | None, typer.Option("--origin", help="Where the file is from, as free text.", metavar="TEXT")
]
LicenceOption = Annotated[
    str | None, typer.Option("--licence", help="Licence or terms of use of the data.", metavar="TEXT")
]
ReplaceOption = Annotated[
    bool, typer.Option("--replace", help="Take the place of the import of this name, if there is one.")
]
CheckOption = Annotated[
    bool, typer.Option("--check", help="Print what would be imported, left out and replaced; write nothing.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="With --check: print the report as JSON.")]
ShownOption = Annotated[
    str | None, typer.Option("--shown-as", help="Path of the file in messages.", metavar="PATH", hidden=True)
]
LimitedOption = Annotated[
    bool, typer.Option("--limited", help="With --json: limit memory, time and files of this process.", hidden=True)
]
EncodingOption = Annotated[
    str | None,
    typer.Option("--encoding", help="Encoding of a file that is not UTF-8, such as windows-1252.", metavar="NAME"),
]
DecimalOption = Annotated[
    str | None,
    typer.Option("--decimal", help="The mark before decimals, where the file leaves it open.", metavar="comma|point"),
]
HeaderOption = Annotated[
    int | None,
    typer.Option("--header-line", help="Line of the header, if there is text above it.", metavar="LINE", min=1),
]
SheetOption = Annotated[str | None, typer.Option("--sheet", help="Sheet of an Excel workbook.", metavar="NAME")]
DataOption = Annotated[
    Path | None, typer.Option("--data", help="Folder of the CSV files.", show_default="data", metavar="DIR")
]
NOT_STATED = "not stated"


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


@app.command("us-cluster-mapping")
def us_cluster_mapping_command(
    file: FileArgument,
    name: NameOption = None,
    origin: OriginOption = None,
    licence: LicenceOption = None,
    encoding: EncodingOption = None,
    sheet: SheetOption = None,
    replace: ReplaceOption = False,
    check: CheckOption = False,
    as_json: JsonOption = False,
    shown_as: ShownOption = None,
    limited: LimitedOption = False,
    data: DataOption = None,
) -> None:
    """Read an unmodified export of the US Cluster Mapping portal.

    Traded clusters of the states and of the country are imported; local clusters, parts of clusters and
    other regions are counted and excluded.
    """
    request = ImportRequest(
        file,
        shown_as or str(file),
        name or us_cluster_mapping.FORMAT.name,
        "Export of the US Cluster Mapping portal",
        "US Cluster Mapping Project",
        "https://clustermapping.us",
        origin or "download by the user",
        licence or NOT_STATED,
        Reading(encoding, None, None, sheet),
        replace,
    )
    _handle(request, us_cluster_mapping.FORMAT, _How(check, as_json, limited, data))


@app.command("regional-statistics")
def regional_statistics_command(
    file: FileArgument,
    name: NameOption = None,
    origin: OriginOption = None,
    licence: LicenceOption = None,
    url: Annotated[
        str | None, typer.Option("--url", help="Address of the page that offers the data.", metavar="URL")
    ] = None,
    encoding: EncodingOption = None,
    decimal: DecimalOption = None,
    header_line: HeaderOption = None,
    sheet: SheetOption = None,
    replace: ReplaceOption = False,
    check: CheckOption = False,
    as_json: JsonOption = False,
    shown_as: ShownOption = None,
    limited: LimitedOption = False,
    data: DataOption = None,
) -> None:
    """Read statistics of any region and source: the template, as CSV or Excel workbook, or a table of Eurostat.

    data/imports/README.md describes the forms. TSV and SDMX-CSV of Eurostat are read as downloaded.
    """
    request = ImportRequest(
        file,
        shown_as or str(file),
        name or regional_statistics.FORMAT.name,
        f"Regional statistics: {origin or file.name}",
        origin or NOT_STATED,
        url,
        origin or NOT_STATED,
        licence or NOT_STATED,
        Reading(encoding, _decimal(decimal), header_line, sheet),
        replace,
    )
    _handle(request, regional_statistics.FORMAT, _How(check, as_json, limited, data))


@app.command("cordis")
def cordis_command(
    file: Annotated[
        Path,
        typer.Argument(help="The zip archive of CORDIS, or the folder it was unpacked into.", metavar="ZIP_OR_FOLDER"),
    ],
    name: NameOption = None,
    origin: OriginOption = None,
    licence: LicenceOption = None,
    encoding: EncodingOption = None,
    replace: ReplaceOption = False,
    check: CheckOption = False,
    as_json: JsonOption = False,
    shown_as: ShownOption = None,
    limited: LimitedOption = False,
    data: DataOption = None,
) -> None:
    """Read the projects of a framework programme as CORDIS publishes them, of any year, as CSV or Excel workbooks.

    Projects with US participation and all their participants are imported, except natural persons. An import takes
    the place of the snapshot that is shipped, as a whole.
    """
    request = ImportRequest(
        file,
        shown_as or str(file),
        name or cordis.FORMAT.name,
        f"CORDIS projects: {file.name}",
        "Publications Office of the European Union",
        "https://cordis.europa.eu",
        origin or "download by the user",
        licence or NOT_STATED,
        Reading(encoding),
        replace,
    )
    _handle(request, cordis.FORMAT, _How(check, as_json, limited, data))


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
