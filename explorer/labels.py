"""Labels of the values of a facet, from the filters, the vocabularies of the database and the titles of sources."""

from collections import Counter
from collections.abc import Mapping

from explorer.facets import Facet
from explorer.registers import ExplorerRegister
from warehouse import provenance
from warehouse.query_cache import labels, run_query, vocabulary


def labels_of(register: ExplorerRegister, facet: Facet) -> Mapping[str, str]:
    """Labels by value; a value without one is its own label."""
    if facet.filter:
        return facet.filter.labels(vocabulary())
    if facet.is_cited:
        return _titles()
    column = facet.columns[register.table]
    return labels(column.vocabulary or f"{register.table}.{column.field}")


def _titles() -> dict[str, str]:
    """Titles of the sources by id; where two have one title, the publisher tells them apart, or else the id."""
    sources = run_query(provenance.sources)
    titles = dict(zip(sources["source_id"], sources["title"], strict=True))
    publishers = dict(zip(sources["source_id"], sources["publisher"], strict=True))
    for more in (publishers, {key: key for key in titles}):
        times = Counter(titles.values())
        titles = {key: f"{title} ({more[key]})" if times[title] > 1 else title for key, title in titles.items()}
    return titles
