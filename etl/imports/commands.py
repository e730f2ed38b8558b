"""python -m etl import …: one command for each kind of file, and --list and --remove for what is there."""

from pathlib import Path
from typing import Annotated

import typer

from etl.console import print_lines, progress, reported_errors
from etl.imports import cordis, regional_statistics, us_cluster_mapping
from etl.imports.manifest import FOLDER, read_cards, remove
from etl.imports.run import STEPS, Format, Request, Summary, run_import
from settings import load_settings

app = typer.Typer(
    name="import",
    help="Import regional statistics or Horizon projects from files that cannot be shipped, list them, or take one away.",
    invoke_without_command=True,
)
FileArgument = Annotated[Path, typer.Argument(help="The file as it was downloaded.", metavar="FILE")]
NameOption = Annotated[
    str | None,
    typer.Option(
        "--name", help="What to call the import, to have several of a kind.", show_default="the kind", metavar="NAME"
    ),
]
OriginOption = Annotated[str | None, typer.Option("--origin", help="Where the file is from, in words.", metavar="TEXT")]
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
    show: Annotated[bool, typer.Option("--list", help="List the imports that the next build picks up.")] = False,
    name: Annotated[
        str | None, typer.Option("--remove", help="Take the import of this name away.", metavar="NAME")
    ] = None,
    data: DataOption = None,
) -> None:
    if context.invoked_subcommand is not None:
        return
    folder, shown = _data(data)
    if name is not None:
        with reported_errors("Nothing was removed."):
            typer.echo(
                f"Removed: {', '.join(remove(folder, name))}. Run python -m etl build to have the dashboard without it."
            )
    elif show:
        _list(folder, shown)
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
    """Read an export of the US Cluster Mapping portal as it is.

    Traded clusters of the states and of the country are taken over; local clusters, parts of clusters and
    other regions are counted and left out.
    """
    request = Request(
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
    """Read statistics of any region and source in the plain template; data/imports/README.md describes it."""
    request = Request(
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

    Projects with US participation and all their participants are taken over, without natural persons.
    """
    request = Request(
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
    inside = folder.is_relative_to(settings.root)
    return folder, folder.relative_to(settings.root).as_posix() if inside else str(data)


def _import(request: Request, kind: Format, data: Path | None) -> None:
    folder, shown = _data(data)
    with reported_errors("Nothing was imported; an earlier import stays as it was."), progress(STEPS) as report:
        summary = run_import(request, kind, folder, report)
    _print_summary(summary, shown)


def _print_summary(summary: Summary, shown: str) -> None:
    card, ledger = summary.card, summary.ledger
    typer.echo("Imported:")
    print_lines(
        [
            ("rows read", f"{card.rows_read:,}"),
            ("rows imported", f"{card.rows_imported:,}"),
            ("rows set aside", f"{card.rows_set_aside:,}"),
            *((f"  {reason}", _count(count, ledger.first_lines(reason))) for reason, count in card.set_aside.items()),
            ("card", f"{shown}/{FOLDER}/{card.name}.json"),
            ("licence", card.licence),
            ("seconds", f"{summary.seconds:.1f}"),
        ]
    )
    if ledger.faults:
        typer.echo(f"Every line that is at fault stands in {shown}/{FOLDER}/{card.name}.set_aside.csv.")
    typer.echo("Run python -m etl build to have it in the dashboard.")


def _count(count: int, lines: list[int]) -> str:
    if not lines:
        return f"{count:,}"
    return f"{count:,}, line{'s' if count > 1 else ''} {', '.join(map(str, lines))}{' …' if count > len(lines) else ''}"


def _list(folder: Path, shown: str) -> None:
    cards, problems = read_cards(folder, shown)
    if not cards and not problems:
        typer.echo(f"There are no imports in {shown}/{FOLDER}.")
    for card in cards:
        typer.echo(f"{card.name}:")
        print_lines(
            [
                ("kind", card.format),
                ("origin", card.origin),
                ("licence", card.licence),
                ("input", f"{card.input_file}, SHA-256 {card.input_sha256[:12]}…"),
                ("imported on", card.imported_on.isoformat()),
                ("rows imported", f"{card.rows_imported:,}"),
                ("rows set aside", f"{card.rows_set_aside:,}"),
            ]
        )
    for problem in problems:
        typer.echo(str(problem), err=True)
    if problems:
        raise typer.Exit(1)
