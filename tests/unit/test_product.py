"""Name, credit and licences of the product agree with the files of the repository."""

import pytest

from domain.product import AUTHOR, CREDIT, LICENCES, NAME, SHORT_NAME
from settings import ROOT


def words(path: str) -> str:
    return " ".join((ROOT / path).read_text(encoding="utf-8").split())


def test_the_name_is_that_of_the_readme():
    assert (ROOT / "README.md").read_text(encoding="utf-8").startswith(f"# {NAME}\n")
    assert NAME.startswith(SHORT_NAME)


def test_the_credit_is_the_one_that_the_licence_asks_for():
    assert f'"{CREDIT.removesuffix(", CC BY 4.0")}, CC BY 4.0"' in words("LICENSE-data")
    assert f"The {AUTHOR}" in words("LICENSE")


@pytest.mark.parametrize("kind", LICENCES)
def test_each_licence_is_in_the_repository(kind):
    text = words(LICENCES[kind].path)
    assert LICENCES[kind].name in text
    assert kind == "code" or (LICENCES[kind].url in text and LICENCES[kind].short_name in text)
