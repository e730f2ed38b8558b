"""Names of downloaded files: the title and the filters, in ASCII, short, and distinct for distinct filters."""

import re

import pytest

from domain.file_names import file_name


def test_the_name_holds_the_subject_the_filters_and_the_release():
    assert file_name("Events", "no filter") == "events.csv"
    assert file_name("Events", "no filter", "zip", "2026-11-22-2") == "events--2026-11-22-2.zip"
    assert file_name("Events", "Energy", release="build 1a2b3c4d") == "events--energy--build-1a2b3c4d.csv"
    assert file_name("Events", "Energy; 2015 to 2017") == "events--energy-2015-to-2017.csv"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Málaga", "malaga"),
        ("Pôle Mer Bretagne", "pole-mer-bretagne"),
        ("Łódź", "lodz"),
        ("Türkiye & Straße", "turkiye-strasse"),
        ("EU–US cluster cooperation", "eu-us-cluster-cooperation"),
        ("Кластеры", "klastery"),
    ],
)
def test_letters_outside_ascii_are_transliterated(title, expected):
    assert file_name(title, "no filter") == f"{expected}.csv"


def test_long_filters_do_not_share_a_name():
    """Both begin with the same sixty characters; each name is the same in every run, and short enough."""
    sectors = "Aerospace, Biotechnology, Construction, Digital industries, Energy or "
    water, wood = file_name("Events", sectors + "Water"), file_name("Events", sectors + "Wood")
    assert water != wood and water == file_name("Events", sectors + "Water")
    assert re.fullmatch(r"events--aerospace-[a-z-]{,60}-[0-9a-f]{6}\.csv", water) and "digital-ind" in water
    assert file_name("Events " * 20 + "a", "no filter") != file_name("Events " * 20 + "b", "no filter")


def test_a_title_without_letters():
    """A name that is only an extension would be a hidden file."""
    assert file_name("…", "no filter") == "data.csv"
    assert file_name("…", "Energy", "zip") == "data--energy.zip"
    assert file_name("Events", "…") == "events--filtered.csv"
