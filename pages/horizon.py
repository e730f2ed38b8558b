"""Which Horizon projects have a partner in the United States?"""

from ui.horizon_views import findings, most_linked, places, project_register
from ui.import_help import HORIZON, import_help
from ui.panels import empty_state
from ui.shell import current_filters, page_header
from warehouse import horizon as questions
from warehouse.answers import ask

filters = current_filters()
page_header(
    "horizon",
    filters,
    "Country: an organisation of the project is there. Years: the project begins in them. Sector: where it is a theme; traded clusters and "
    "sides do not apply, since every project here has a US organisation.",
)

if ask(questions.imports).empty:
    import_help(HORIZON)
else:
    projects = ask(questions.projects, filters)
    if projects.empty:
        empty_state(lambda other: ask(questions.projects, other), filters, "Horizon projects with US participation")
    else:
        findings(projects, filters)
        most_linked(projects, filters)
        places(projects, filters)
        project_register(projects)
