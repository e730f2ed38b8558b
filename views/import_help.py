"""What a page says while the file it rests on has not been imported: what, why, and the exact commands."""

from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class ImportHelp:
    """What is missing, why it is not shipped, and the commands that bring it, each with its file in words."""

    missing: str
    reason: str
    commands: tuple[tuple[str, str], ...]
    result: str


STATISTICS = ImportHelp(
    "No regional statistics have been imported, so there is nothing to show here yet.",
    "The figures are not shipped with this dashboard: we have no licence to pass them on. You can "
    "import a file that you have. The template in `data/imports/` shows the format only; its numbers are made up and are never shown.",
    (
        (
            "US states: the export of the US Cluster Mapping portal (clustermapping.us), as downloaded",
            "python -m etl import us-cluster-mapping FILE",
        ),
        (
            "Any region: a CSV file in the plain format of `data/imports/regional_statistics_template.csv`",
            "python -m etl import regional-statistics FILE",
        ),
    ),
    "Then this page shows location quotients of 51 traded clusters on a map and in a chart, compares up to ten regions, and sets them "
    "beside the cluster organisations known here.",
)
HORIZON = ImportHelp(
    "No Horizon projects have been imported, so there is nothing to show here yet.",
    "The files of CORDIS are large, and their publisher brings out new ones, so they are not shipped with this dashboard. Download the "
    "CSV edition of a framework programme from cordis.europa.eu (such as “CORDIS – EU research projects under Horizon 2020”) and import it as it is.",
    (("The zip archive of CORDIS, or the folder it was unpacked into", "python -m etl import cordis ZIP_OR_FOLDER"),),
    "Then this page shows the projects with a partner in the United States by year, programme, EU country and theme, the EU organisations "
    "most linked with the US, and their places. Natural persons are left out.",
)


def import_help(needed: ImportHelp) -> None:
    """Draw the empty state of a page that needs an import."""
    st.info(needed.missing, icon=":material/upload_file:")
    with st.container(border=True, key="import_help"):
        st.markdown(f"**Why is it not here?** {needed.reason}")
        st.markdown("**How does it get here?** In the project folder, with the path of your file:")
        for what, command in needed.commands:
            st.markdown(what)
            st.code(command, language=None)
        st.markdown("After that, take it into the database and reload this page:")
        st.code("python -m etl build", language=None)
        st.caption(
            "`python` is that of `.venv`, which `make run` creates. `python -m etl import --list` shows what has been imported."
        )
        st.markdown(needed.result)
