"""The comparison of approved output: what differs or is missing fails, writing replaces, what is unused goes away."""

from pathlib import Path

import pytest

from tests.approval.files import Approved


def test_a_difference_is_told_with_its_line_and_what_to_do(tmp_path: Path) -> None:
    Approved(is_writing=True, folder=tmp_path)("cards/one", "first\nsecond")
    compare = Approved(is_writing=False, folder=tmp_path)
    compare("cards/one", "first\nsecond\n")
    with pytest.raises(AssertionError, match=r"(?s)make approve.*-second\n\+third"):
        compare("cards/one", "first\nthird")
    assert (tmp_path / "cards" / "one.txt").read_text() == "first\nsecond\n", "a comparison writes nothing"


def test_a_text_without_a_file_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"new\.txt is not what is shown now"):
        Approved(is_writing=False, folder=tmp_path)("new", "words")


def test_files_that_no_test_asks_for_are_removed(tmp_path: Path) -> None:
    Approved(is_writing=True, folder=tmp_path)("cards/old", "words")
    write = Approved(is_writing=True, folder=tmp_path)
    write("cards/one", "words")
    assert [path.stem for path in write.remove_unused()] == ["old"]
    assert Approved(is_writing=False, folder=tmp_path).names("cards") == {"one"}
