"""Registers filter as one types, by an address too, and the count says what is left."""


def _captions(app) -> str:
    return "\n".join(text.value for text in app.caption)


def test_the_box_filters_what_is_shown_and_counts_it(open_app):
    app = open_app("events")
    before = len(app.dataframe[-1].value)
    app.text_input(key="events_filter").set_value("hannover").run()
    shown = app.dataframe[-1].value
    assert 0 < len(shown) < before
    assert shown.astype(str).apply(lambda row: "hannover" in " ".join(row).lower(), axis=1).all()
    assert f"{len(shown)} of {before} rows have the text" in _captions(app)
    assert "hannover" in app.query_params["rows_events"]


def test_the_address_holds_the_text(open_app):
    app = open_app("policies", {"rows_policies": "netherlands"})
    assert app.text_input(key="policies_filter").value == "netherlands"
    assert "of 56 rows" in _captions(app)


def test_a_text_that_no_row_has_says_so(open_app):
    app = open_app("policies", {"rows_policies": "xqzzyw <b>"})
    assert not app.exception
    assert any("None of 56 rows has" in info.value and "<b>" not in info.value for info in app.info)


def test_columns_that_are_the_same_in_every_row_are_told(open_app):
    app = open_app("map", {"state": "US-OH", "kinds": "all"})
    assert "Country: United States" in _captions(app).replace("\\", "")
    assert "Country" not in app.dataframe[-1].value or app.dataframe[-1].value["Country"].nunique() > 1
