"""What python -m etl import --list prints."""

from pathlib import Path

import typer

from etl.console import print_lines
from etl.datasets import read_data_sets
from etl.imports.manifest import FOLDER, Manifest, read_manifests
from etl.imports.shipped import listed_data_sets


def list_imports(folder: Path, folder_name: str) -> None:
    """Print the imports of a data folder, and the shipped data sets with what takes their place.

    Exits with code 1 when an import is damaged.
    """
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
    _list_data_sets(folder, folder_name, manifests if not problems else [])
    for problem in problems:
        typer.echo(str(problem), err=True)
    if problems:
        raise typer.Exit(1)


def _list_data_sets(folder: Path, folder_name: str, manifests: list[Manifest]) -> None:
    """The shipped data sets, which imports stand beside or take the place of."""
    data_sets, _ = read_data_sets(folder, folder_name)
    for listed in listed_data_sets(folder, data_sets, manifests):
        typer.echo(f"{listed.data_set.name} (shipped):")
        print_lines(
            [
                ("format", listed.data_set.format),
                ("title", listed.data_set.title),
                ("period", listed.data_set.period),
                ("rows", f"{listed.rows:,}"),
                *(("replaced", sentence) for sentence in listed.replaced),
            ]
        )
