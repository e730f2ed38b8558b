"""The choice in words: '12 of 358 cluster organisations: Energy; country: France or not stated'."""

from domain.filters import Filters, ListFilter
from domain.text import format_choice, plural
from explorer import entries
from explorer.facets import Facet
from explorer.labels import labels_of
from explorer.selection import Selection
from warehouse.query_cache import vocabulary


def choice_of_facet(selection: Selection, facet: Facet) -> str:
    """What is chosen in a facet: 'kind: Hub or Technology park', and as the filter bar says it where it is a filter."""
    chosen, label = selection.chosen(facet), facet.label_in(selection.register.table)
    if facet.filter and entries.values(chosen):
        said = facet.filter.describe(selection.filters, vocabulary())
        reasons = [f"{label.lower()} {reason}" for reason in entries.reasons(chosen)]
        return format_choice([said, *reasons])
    names = labels_of(selection.register, facet)
    return f"{lower_label(label)}: {format_choice([entries.label(entry, names) for entry in chosen])}"


def choice_in_words(selection: Selection) -> str:
    """All that is chosen: 'Energy; kind: Hub; since 2015'; '' where nothing is."""
    return "; ".join(choices(selection))


def choices(selection: Selection) -> list[str]:
    """Each choice in words, in the order of ``Selection.relaxations``."""
    others = [one for one in selection.filters.active() if not isinstance(one, ListFilter)]
    return [choice_of_facet(selection, facet) for facet in selection.active()] + [
        one.describe(selection.filters, vocabulary()) for one in others
    ]


def result_in_words(selection: Selection, number: int, total: int) -> str:
    """'12 of 358 cluster organisations: Energy', '358 cluster organisations', 'None of 358 events: kind: Award'."""
    population, chosen = selection.register.population, choice_in_words(selection)
    if not chosen:
        return population.name(number)
    many = plural(total, population.singular, population.name_of_many)
    return f"{f'{number:,}' if number else 'None'} of {many}: {chosen}"


def not_applied_in_words(selection: Selection, left_out: Filters) -> str:
    """'Not applied to sources: Energy'; '' where every filter applies."""
    if left_out.is_empty():
        return ""
    many = selection.register.population.name_of_many
    return f"Not applied to {many}: {left_out.describe(vocabulary())}."


def lower_label(label: str) -> str:
    """A label within a sentence: 'kind', but 'ESCP-4i generation'."""
    return label if label[:2].isupper() else label[0].lower() + label[1:]
