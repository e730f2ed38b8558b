"""Arguments and options of python -m etl import that several of its commands have."""

from pathlib import Path
from typing import Annotated

import typer

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
DataOption = Annotated[
    Path | None, typer.Option("--data", help="Folder of the CSV files.", show_default="data", metavar="DIR")
]
