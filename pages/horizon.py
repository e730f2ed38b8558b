"""Which Horizon projects have a partner in the United States?"""

from ui.frame.shell import current_filters, page_header
from ui.parts.panels import empty_state
from views.horizon import findings, most_linked, places, project_register
from views.import_help import HORIZON, import_help
from warehouse import horizon
from warehouse.query_cache import run_query

filters = current_filters()
page_header(
    "horizon",
    filters,
    "Country: an organisation of the project is there. Years: the project begins in them. Sector: where it is a theme; traded clusters and "
    "sides do not apply, since every project here has a US organisation.",
)

if run_query(horizon.imports).empty:
    import_help(HORIZON)
else:
    projects = run_query(horizon.projects, filters)
    if projects.empty:
        empty_state(lambda other: run_query(horizon.projects, other), filters, "Horizon projects with US participation")
    else:
        findings(projects, filters)
        most_linked(projects, filters)
        places(projects, filters)
        project_register(projects)
