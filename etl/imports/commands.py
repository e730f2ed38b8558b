"""Command line of imports: python -m etl import, with a command for each format, --list and --remove."""

from pathlib import Path
from typing import Annotated

import typer

from etl.console import display_path, print_lines, progress, reported_errors
from etl.imports import cordis, regional_statistics, us_cluster_mapping
from etl.imports.manifest import FOLDER, read_manifests, remove
from etl.imports.run import STEPS, ImportFormat, ImportRequest, ImportSummary, run_import
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
DataOption = Annotated[
    Path | None, typer.Option("--data", help="Folder of the CSV files.", show_default="data", metavar="DIR")
]
NOT_STATED = "not stated"


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
        _list(folder, folder_name)
    else:
        typer.echo(context.get_help())


@app.command("us-cluster-mapping")
def us_cluster_mapping_command(
    file: FileArgument,
    name: NameOption = None,
    origin: OriginOption = None,
    licence: LicenceOption = None,
    data: DataOption = None,
) -> None:
    """Read an unmodified export of the US Cluster Mapping portal.

    Traded clusters of the states and of the country are imported; local clusters, parts of clusters and
    other regions are counted and excluded.
    """
    request = ImportRequest(
        file,
        str(file),
        name or us_cluster_mapping.FORMAT.name,
        "Export of the US Cluster Mapping portal",
        "US Cluster Mapping Project",
        "https://clustermapping.us",
        origin or "download by the user",
        licence or NOT_STATED,
    )
    _import(request, us_cluster_mapping.FORMAT, data)


@app.command("regional-statistics")
def regional_statistics_command(
    file: FileArgument,
    name: NameOption = None,
    origin: OriginOption = None,
    licence: LicenceOption = None,
    url: Annotated[
        str | None, typer.Option("--url", help="Address of the page that offers the data.", metavar="URL")
    ] = None,
    data: DataOption = None,
) -> None:
    """Read statistics of any region and source in the CSV template that data/imports/README.md describes."""
    request = ImportRequest(
        file,
        str(file),
        name or regional_statistics.FORMAT.name,
        f"Regional statistics: {origin or file.name}",
        origin or NOT_STATED,
        url,
        origin or NOT_STATED,
        licence or NOT_STATED,
    )
    _import(request, regional_statistics.FORMAT, data)


@app.command("cordis")
def cordis_command(
    file: Annotated[
        Path,
        typer.Argument(help="The zip archive of CORDIS, or the folder it was unpacked into.", metavar="ZIP_OR_FOLDER"),
    ],
    name: NameOption = None,
    origin: OriginOption = None,
    licence: LicenceOption = None,
    data: DataOption = None,
) -> None:
    """Read the projects of a framework programme as CORDIS publishes them (CSV edition).

    Projects with US participation and all their participants are imported, except natural persons.
    """
    request = ImportRequest(
        file,
        str(file),
        name or cordis.FORMAT.name,
        f"CORDIS projects: {file.name}",
        "Publications Office of the European Union",
        "https://cordis.europa.eu",
        origin or "download by the user",
        licence or NOT_STATED,
    )
    _import(request, cordis.FORMAT, data)


def _data(data: Path | None) -> tuple[Path, str]:
    settings = load_settings()
    folder = (data or settings.data_dir).absolute()
    return folder, display_path(folder, settings.root, data)


def _import(request: ImportRequest, kind: ImportFormat, data: Path | None) -> None:
    folder, folder_name = _data(data)
    with reported_errors("Nothing was imported; an earlier import is unchanged."), progress(STEPS) as report:
        summary = run_import(request, kind, folder, report)
    _print_summary(summary, folder_name)


def _print_summary(summary: ImportSummary, folder_name: str) -> None:
    manifest, reject_log = summary.manifest, summary.reject_log
    typer.echo("Imported:")
    print_lines(
        [
            ("rows read", f"{manifest.rows_read:,}"),
            ("rows imported", f"{manifest.rows_imported:,}"),
            ("rows not imported", f"{manifest.rows_rejected:,}"),
            *((f"  {reason}", _count(n, reject_log.first_lines(reason))) for reason, n in manifest.rejected.items()),
            ("manifest", f"{folder_name}/{FOLDER}/{manifest.name}.json"),
            ("licence", manifest.licence),
            ("seconds", f"{summary.seconds:.1f}"),
        ]
    )
    if reject_log.rejections:
        typer.echo(f"All invalid lines are listed in {folder_name}/{FOLDER}/{manifest.name}.rejected.csv.")
    typer.echo("Run python -m etl build to update the dashboard.")


def _count(count: int, lines: list[int]) -> str:
    if not lines:
        return f"{count:,}"
    more = " …" if count > len(lines) else ""
    return f"{count:,}, line{'s' if count > 1 else ''} {', '.join(map(str, lines))}{more}"


def _list(folder: Path, folder_name: str) -> None:
    manifests, problems = read_manifests(folder, folder_name)
    if not manifests and not problems:
        typer.echo(f"There are no imports in {folder_name}/{FOLDER}.")
    for manifest in manifests:
        typer.echo(f"{manifest.name}:")
        print_lines(
            [
                ("format", manifest.format),
                ("origin", manifest.origin),
                ("licence", manifest.licence),
                ("input", f"{manifest.input_file}, SHA-256 {manifest.input_sha256[:12]}…"),
                ("imported on", manifest.imported_on.isoformat()),
                ("rows imported", f"{manifest.rows_imported:,}"),
                ("rows not imported", f"{manifest.rows_rejected:,}"),
            ]
        )
    for problem in problems:
        typer.echo(str(problem), err=True)
    if problems:
        raise typer.Exit(1)
