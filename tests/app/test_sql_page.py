"""The page SQL: a link shows its result, an example runs, and what is wrong is told without a fault of the page."""

from sql_box.examples import EXAMPLES

PROJECTS = "SELECT generation, count(*) AS projects FROM projects GROUP BY generation ORDER BY generation"


def result_of(app):
    """The rows of the result, which is the table before that of the columns; None where there is none."""
    return next((one.value for one in app.dataframe if one.proto.alt.startswith("Result of a query")), None)


def wait_for(app):
    """Run the page again, as its browser does twice a second, until the query has ended."""
    while any(button.label == "Stop the query" for button in app.button):
        app.run()
    return app


def test_a_link_shows_its_result_and_an_example_replaces_it(open_app, facts):
    app = wait_for(open_app("sql", {"sql": PROJECTS}))
    assert not app.exception and not app.error and not app.warning
    generations = [row["generation"] for row in facts("projects")]
    assert dict(result_of(app).dropna().to_numpy()) == {int(g): generations.count(g) for g in generations if g}
    assert {one.label for one in app.get("download_button")} == {"CSV", "XLSX"}

    example = next(one for one in EXAMPLES if one.name == "themes")
    next(button for button in app.button if button.label == example.question).click().run()
    wait_for(app)
    assert app.query_params["sql"] in (example.sql, [example.sql])
    assert app.text_area[0].value == example.sql
    table = result_of(app)
    assert list(table.columns) == ["theme", "organisations", "eu_side", "us_side"]
    app.segmented_control(key="choice_show").set_value("chart").run()
    chart = app.get("plotly_chart")[0].proto
    assert chart.alt.startswith(f"Bar chart of the result, {len(table)} rows: organisations by theme. ")
    assert str(table["organisations"][0]) in chart.alt and result_of(app) is None


def test_what_is_wrong_is_told_and_mended(open_app):
    app = open_app("sql", {"sql": "SELECT * FROM read_csv('/etc/passwd')"})
    assert [error.value for error in app.error] == ["The function read_csv is not available here."]
    app.text_area[0].set_value("SELECT nme\nFROM projects")
    next(button for button in app.button if button.label == "Run").click().run()
    wait_for(app)
    assert "nme" in app.error[0].value and app.code[0].value == "LINE 1: SELECT nme\n               ^"
    app.text_area[0].set_value("SELECT name FROM projects WHERE false")
    next(button for button in app.button if button.label == "Run").click().run()
    wait_for(app)
    assert not app.exception and not app.error
    assert [info.value for info in app.info] == ["The query gives no rows."]
