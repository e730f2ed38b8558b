"""Whom could this organisation work with across the Atlantic?"""

import streamlit as st

from ui.frame.shell import current_filters, page_header
from ui.state import url_choice
from views import partners as partner_views

filters = current_filters()
page_header("partners", filters, "The filters apply to the organisations proposed; years do not apply.")

seeker = partner_views.choose_seeker()
kinds = url_choice("kinds", {"clusters": "Cluster organisations", "all": "All organisations"}, "Propose")
if seeker is None:
    st.info(
        "Choose an organisation, or a country or region, to see whom it could work with on the other side of the Atlantic."
    )
elif seeker[0] == "home" and not filters.sectors:
    st.info("Choose at least one sector in the filters: a country or region alone says too little.")
else:
    found = partner_views.answer(seeker, filters, kinds == "clusters")
    partner_views.proposals(found, seeker, filters, kinds == "clusters")
    partner_views.agreements(found)
    st.caption(partner_views.METHOD)
