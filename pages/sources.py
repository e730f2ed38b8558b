"""Where is every number from, what is missing, and what disagrees?"""

import streamlit as st

from ui.cached import ask
from ui.panels import register
from ui.shell import current_filters, page_header
from ui.source_views import build_section, coverage_section, plain_table
from ui.state import url_choice
from warehouse import evidence

filters = current_filters()
page_header("sources", filters, "The shared filters do not apply to this page.")

VIEWS = {
    "documents": "Sources", "coverage": "Coverage", "missing": "Missing values", "contradictions": "Contradictions",
    "corrections": "Corrections", "checks": "Checks", "build": "Build",
}
view = url_choice("view", VIEWS, "Show")
st.header(VIEWS[view], anchor=False)

if view == "documents":
    register("sources", "Sources", ask(evidence.sources), "sources",
             {"title": "Source", "publisher": "Publisher", "reliability": "Reliability", "facts": "Facts resting on it", "tables": "In tables",
              "document_type": "Kind", "accessed_on": "Read on", "licence": "Licence"}, height=560,
             method="Cited records per source (table citations). A record with several sources counts once for each.")
elif view == "coverage":
    coverage_section()
elif view == "missing":
    plain_table("missing", ask(evidence.missing_counts), "Values known to be missing, by the reason the source gives. Any other blank is "
                "shown as “not stated”.")
elif view == "contradictions":
    plain_table("contradictions", ask(evidence.contradictions), "Where two statements do not agree: both are shown, and what this "
                "dashboard does about it.")
elif view == "corrections":
    plain_table("corrections", ask(evidence.corrections), "Slips of the pen, corrected as data. The build fails when the old value is no "
                "longer there.")
elif view == "checks":
    plain_table("checks", ask(evidence.checks), "Declared checks of this build, each with its reason.")
else:
    build_section()
