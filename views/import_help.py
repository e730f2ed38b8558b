"""The empty state of a page whose data have not been imported: what is missing, why, and the commands to import it."""

from dataclasses import dataclass

import streamlit as st

from ui import screen
from ui.markup import md


@dataclass(frozen=True)
class ImportHelp:
    """What is missing, why it is not shipped, and the commands that import it, each with a description of its file."""

    missing: str
    reason: str
    commands: tuple[tuple[str, str], ...]
    result: str


STATISTICS = ImportHelp(
    "This database has no regional statistics.",
    md("It was built without the data sets of `data/datasets/` and without an import."),
    (
        (
            "US states: the export of the US Cluster Mapping portal (clustermapping.us), as downloaded",
            "python -m etl import us-cluster-mapping FILE",
        ),
        (
            md("Any region: a CSV file in the plain format of `data/imports/regional_statistics_template.csv`"),
            "python -m etl import regional-statistics FILE",
        ),
    ),
    "Figures of your own stand beside those shipped with the dashboard. Where both have a country, a scheme of "
    "industries and a period, yours take the place of the shipped ones, and this page says so.",
)
HORIZON = ImportHelp(
    "There are no Horizon projects in this build.",
    "Neither the shipped data set nor an import is there. CORDIS, at cordis.europa.eu, offers the projects of a "
    "framework programme as CSV or Excel (such as “CORDIS – EU research projects under Horizon 2020”).",
    (
        (
            "The ZIP archive of CORDIS, or a folder with its files project and organization (CSV or Excel)",
            "python -m etl import cordis ZIP_OR_FOLDER",
        ),
    ),
    "This page then shows the projects with a partner in the United States by year, programme, EU country and theme, "
    "who works with whom, the EU organisations with most of these projects, and a map where the files give places. "
    "Natural persons are left out. An import takes the place of the shipped snapshot as a whole.",
)


def import_help(needed: ImportHelp) -> None:
    """Draw the empty state of a page that needs an import."""
    screen.info(needed.missing, icon=":material/upload_file:")
    with st.container(border=True, key="import_help"):
        screen.markdown(md("**Why are they missing?** {}", needed.reason))
        import_commands(needed)


def import_commands(needed: ImportHelp) -> None:
    """Draw the commands that import figures, and what the page then shows."""
    screen.markdown(md("**How to import them.** In the project folder, with the path of your file:"))
    for what, command in needed.commands:
        screen.markdown(what)
        st.code(command, language=None, wrap_lines=True)
    screen.markdown("Then build the database and reload this page:")
    st.code("python -m etl build", language=None, wrap_lines=True)
    screen.caption(
        md("`python` is that of `.venv`, which `make run` creates. `python -m etl import --list` lists the imports.")
    )
    screen.markdown(needed.result)
