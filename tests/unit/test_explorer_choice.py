"""The choices of the Explorer in a URL: what is known is kept, what is not is dropped with a note; order of entries."""

import pytest

from domain.filters import Filters
from explorer import entries
from explorer.facets import COUNTRY_FACET, FACETS, KIND
from explorer.layout import parse_layout
from explorer.registers import REGISTERS
from explorer.selection import Selection, not_applied, parse_selection, register_of

ORGANISATIONS = REGISTERS["organisations"]
COLUMNS = {"name": "Organisation", "countries": "Country", "kind": "Kind", "member_count": "Members"}
KNOWN = {facet.name: frozenset({"=hub", "=2005", "?not stated"}) for facet in ORGANISATIONS.facets}


def test_unknown_values_are_dropped_with_a_note():
    notes: list[str] = []
    params = {"kind": ["hub", "zeppelin"], "blank": ["year:not stated", "year:lost", "moon:hub"], "generation": ["1"]}
    selection = parse_selection(params, ORGANISATIONS, Filters(), KNOWN, notes)
    assert selection.picks == (("kind", ("=hub",)), ("year", ("?not stated",)))
    assert notes == [
        "The link's kind “zeppelin” is not known here and was dropped.",
        "The link's blank “year·lost” is not known here and was dropped.",
        "The link's blank “moon·hub” is not known here and was dropped.",
        "The link's generation is nothing that organisations have and was dropped.",
    ]
    notes.clear()
    assert register_of({"register": ["castles"]}, notes).name == "cluster_organisations"
    assert notes == ["The link's register “castles” is not known here and was dropped."]


def test_a_facet_by_a_shared_filter_is_that_filter():
    selection = Selection("organisations", Filters(sectors=("energy",)))
    chosen = selection.with_chosen(COUNTRY_FACET, ["=FR", "?not stated"]).with_chosen(KIND, ["=hub"])
    assert chosen.filters == Filters(sectors=("energy",), countries=("FR",))
    assert chosen.picks == (("country", ("?not stated",)), ("kind", ("=hub",)))
    assert chosen.chosen(COUNTRY_FACET) == ("=FR", "?not stated")
    assert [
        (label, left.is_everything()) for label, left in Selection(filters=Filters(year_from=2015)).relaxations()
    ] == [("Years", True)]
    assert chosen.with_chosen(COUNTRY_FACET, []).with_chosen(KIND, []) == selection


def test_filters_that_a_register_does_not_have_are_told():
    filters = Filters(sectors=("energy", "tc-plastics"), sides=("EU",), year_from=2015)
    assert not_applied(filters, Filters(sectors=("energy",), sides=("EU",))) == Filters(
        sectors=("tc-plastics",), year_from=2015
    )
    assert not_applied(filters, filters).is_empty()


@pytest.mark.parametrize(
    ("params", "by", "across", "columns", "sort", "notes"),
    [
        ({}, "kind", "", ("name", "countries", "kind"), ("", False), 0),
        ({"by": ["country"], "across": ["side"]}, "country", "side", ("name", "countries", "kind"), ("", False), 0),
        ({"by": ["country"], "across": ["country"]}, "country", "", ("name", "countries", "kind"), ("", False), 1),
        ({"by": ["generation"]}, "kind", "", ("name", "countries", "kind"), ("", False), 1),
        ({"column": ["member_count", "x"], "sort": ["-kind"]}, "kind", "", ("name", "member_count"), ("kind", True), 1),
        ({"sort": ["-x"]}, "kind", "", ("name", "countries", "kind"), ("", False), 1),
    ],
)
def test_layout_of_a_link(params, by, across, columns, sort, notes):
    told: list[str] = []
    layout = parse_layout(params, ORGANISATIONS, COLUMNS, told)
    assert (layout.by, layout.across, layout.columns) == (by, across, columns)
    assert (layout.sort, layout.is_descending) == sort
    assert len(told) == notes


def test_reasons_come_after_all_values_whatever_their_number():
    counts = {"=b": 2, "?not stated": 90, "=a": 2, "=c": 7}
    assert entries.in_order(counts, {}, by_value=False) == ["=c", "=a", "=b", "?not stated"]
    years = {"=2010": 1, "?not applicable": 4, "=987": 3, "=1990": 9}
    assert entries.in_order(years, {}, by_value=True) == ["=987", "=1990", "=2010", "?not applicable"]


def test_names_of_facets_are_parameters_of_nothing_else():
    """A facet that is no shared filter has a parameter of its own; none is declared twice."""
    from domain.filters import PARAMETERS
    from domain.record_types import TABLE_OF_PARAMETER

    names = [facet.name for facet in FACETS]
    assert len(names) == len(set(names))
    own = {facet.name for facet in FACETS if facet.filter is None}
    taken = {*PARAMETERS, *TABLE_OF_PARAMETER, "q", "release", "embed", "card", "register", "blank", "by", "across"}
    assert own & (taken | {"column", "sort", "order", "show", "table"}) == set()
