"""Which records of a register are chosen: the shared filters and the entries of facets, in the URL and back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from domain.filters import FILTERS, Filters, ListFilter, Params
from domain.text import plain_excerpt
from explorer import entries
from explorer.facets import FACET_NAMES, FACETS, Facet
from explorer.registers import DEFAULT_REGISTER, REGISTERS, ExplorerRegister

# Reasons chosen in a facet: blank=country:not stated. A parameter of its own, because the values of a shared filter
# are those of its vocabulary on every page.
BLANK_PARAMETER = "blank"
REGISTER_PARAMETER = "register"
Entries = tuple[str, ...]


@dataclass(frozen=True)
class Selection:
    """Records of a register. ``filters`` are the shared filters that restrict it.

    ``picks`` are the entries (explorer.entries) chosen in facets, as pairs of facet name and entries, in the order of
    the facets: all of the facets of the Explorer alone, and the reasons in facets that are shared filters. The chosen
    entries of one facet are alternatives; facets and filters apply together.
    """

    register_name: str = DEFAULT_REGISTER
    filters: Filters = Filters()  # noqa: RUF009  # immutable
    picks: tuple[tuple[str, Entries], ...] = ()

    @property
    def register(self) -> ExplorerRegister:
        """The register."""
        return REGISTERS[self.register_name]

    def chosen(self, facet: Facet) -> Entries:
        """The chosen entries of a facet."""
        shared = tuple(map(entries.value_entry, facet.filter.values(self.filters))) if facet.filter else ()
        return shared + dict(self.picks).get(facet.name, ())

    def with_chosen(self, facet: Facet, chosen: Collection[str]) -> "Selection":
        """The selection with other entries chosen in a facet."""
        filters, own = self.filters, tuple(dict.fromkeys(chosen))
        if facet.filter:
            filters = facet.filter.with_values(filters, entries.values(own))
            own = tuple(filter(entries.is_missing, own))
        picks = dict(self.picks) | {facet.name: own}
        ordered = tuple((one.name, picks[one.name]) for one in FACETS if picks.get(one.name))
        return replace(self, filters=filters, picks=ordered)

    def active(self) -> tuple[Facet, ...]:
        """The facets in which something is chosen."""
        return tuple(facet for facet in self.register.facets if self.chosen(facet))

    def is_everything(self) -> bool:
        """True when all records of the register are chosen."""
        return self.filters.is_empty() and not self.picks

    def relaxations(self) -> "list[tuple[str, Selection]]":
        """For each choice its label, and the selection that remains without it: facets, and filters without a facet."""
        table = self.register.table
        left = [(facet.label_in(table), self.with_chosen(facet, ())) for facet in self.active()]
        others = [one for one in self.filters.active() if not isinstance(one, ListFilter)]
        return left + [(one.label, replace(self, filters=one.cleared(self.filters))) for one in others]

    def to_params(self) -> list[tuple[str, str]]:
        """URL parameters of register and picks; those of the filters are their own."""
        pairs = [] if self.register_name == DEFAULT_REGISTER else [(REGISTER_PARAMETER, self.register_name)]
        for name, own in self.picks:
            pairs += [(name, value) for value in entries.values(own)]
        blanks = [(BLANK_PARAMETER, f"{name}:{reason}") for name, own in self.picks for reason in entries.reasons(own)]
        return pairs + blanks


def register_of(params: Params, notes: list[str]) -> ExplorerRegister:
    """The register that a URL names, with a note for an unknown name."""
    name = _last(params, REGISTER_PARAMETER) or DEFAULT_REGISTER
    if name not in REGISTERS:
        notes.append(f"The link's register “{plain_excerpt(name)}” is not known here and was dropped.")
        return REGISTERS[DEFAULT_REGISTER]
    return REGISTERS[name]


def parse_selection(
    params: Params, register: ExplorerRegister, filters: Filters, known: Mapping[str, Collection[str]], notes: list[str]
) -> Selection:
    """The selection of a URL; what is not known is dropped with a note.

    ``filters`` are the shared filters that restrict the register, ``known`` the entries of each of its facets.
    """
    selection = Selection(register.name, filters)
    for facet in register.facets:
        asked = [] if facet.filter else [entries.value_entry(value) for value in params.get(facet.name, []) if value]
        for entry in asked:
            if entry not in known[facet.name]:
                notes.append(_dropped(facet.name, entries.text_of(entry)))
        kept = [entry for entry in asked if entry in known[facet.name]]
        if kept:
            selection = selection.with_chosen(facet, (*selection.chosen(facet), *kept))
    for text in dict.fromkeys(params.get(BLANK_PARAMETER, [])):
        name, _, reason = text.partition(":")
        entry = entries.missing_entry(reason)
        if entry in known.get(name, ()):
            facet = FACET_NAMES[name]
            selection = selection.with_chosen(facet, (*selection.chosen(facet), entry))
        elif text:
            notes.append(_dropped(BLANK_PARAMETER, text))
    others = [facet for facet in FACETS if not facet.filter and facet not in register.facets]
    notes += [
        f"The link's {facet.name} is nothing that {register.population.name_of_many} have and was dropped."
        for facet in others
        if any(params.get(facet.name, []))
    ]
    return selection


def _dropped(name: str, value: str) -> str:
    return f"The link's {name} “{plain_excerpt(value)}” is not known here and was dropped."


def _last(params: Params, name: str) -> str:
    return (params.get(name) or [""])[-1]


def not_applied(filters: Filters, applied: Filters) -> Filters:
    """What of the shared filters does not restrict the register, such as a traded cluster where it has themes alone."""
    left = filters.only([one.name for one in FILTERS if one.is_active(filters) and not one.is_active(applied)])
    for one in applied.active():
        if isinstance(one, ListFilter) and (rest := set(one.values(filters)) - set(one.values(applied))):
            left = one.with_values(left, [value for value in one.values(filters) if value in rest])
    return left
