"""A required login that is not set up: the page says so and shows nothing else."""

import pytest


@pytest.mark.parametrize("parameters", [{}, {"organisation": "org-1", "release": "2026-11-27-3"}])
def test_a_login_that_is_not_set_up_opens_nothing(open_app, monkeypatch, parameters):
    monkeypatch.setenv("CLUSTERS_LOGIN", "requird")  # misspelt
    app = open_app("projects", parameters)
    assert [title.value for title in app.title] == ["Log in"]
    assert [error.value for error in app.error] == [
        "A login is required and none is set up. The operator of this dashboard can set it up."
    ]
    assert {element.type for element in app.main.children.values()} == {"title", "error"}
    assert not app.sidebar.children
