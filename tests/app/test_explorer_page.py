"""The page Explorer: choices of a link in words, facets that write the URL, a register that drops what it lacks."""


def words(app) -> str:
    """The heading that says the choice."""
    return next(header.value for header in app.header if " of " in header.value or "organisations" in header.value)


def values(app, name: str) -> list[str]:
    """The values of a parameter of the URL."""
    found = app.query_params[name]
    return [found] if isinstance(found, str) else list(found)


def test_choices_by_link_and_by_click(open_app, approved_screen):
    app = open_app("explore", {"sector": "energy", "blank": "year:not stated", "kind": "zeppelin"})
    approved_screen("explore-chosen", app, has_look=True)
    assert not app.exception and [w.value for w in app.warning] == [
        "The link's kind “zeppelin” is not known here and was dropped."
    ]
    energy = words(app)
    assert energy.endswith("cluster organisations: Energy; year founded: not stated")

    app.query_params.pop("kind")
    facet = next(pills for pills in app.get("button_group") if pills.key == "entries_side")
    facet.set_value(["=US"]).run()
    # The shared filter is set, and the facet of the Explorer stays.
    assert values(app, "side") == ["US"] and values(app, "blank") == ["year:not stated"]
    assert words(app) != energy and "side: United States" in words(app)
    assert not app.exception and not app.warning

    next(button for button in app.button if button.key == "explorer_drop_all").click().run()
    assert not {"side", "sector", "blank"} & set(app.query_params)

    next(box for box in app.selectbox if box.key == "explorer_register").set_value("cooperations").run()
    assert values(app, "register") == ["cooperations"] and not app.exception
    approved_screen("explore-cooperations", app)
    assert any(header.value == "Cooperations by status in the source" for header in app.header)


def test_nothing_left_says_why_and_shows_the_way_out(open_app, approved_screen):
    app = open_app("explore", {"register": "projects", "generation": "4", "targets_usa": "not listed", "country": "NO"})
    approved_screen("explore-nothing", app)
    (info,) = app.info
    assert info.value.startswith("No projects for this choice") and "Norway" in info.value
    assert not app.dataframe and not app.exception
    next(button for button in app.button if button.key.startswith("explorer_relax_")).click().run()
    assert app.dataframe and not app.info and not app.exception
