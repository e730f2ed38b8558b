"""Palette, status styles and formats: measured, not taken from the code."""

from datetime import date

import pandas as pd
import pytest

from charts import theme
from domain import text as formats

STATUSES = ["signed", "renewed", "completed", "ongoing", "planned", "possible", "aspiration"]


def contrast(colour: str, background: str = "#FFFFFF") -> float:
    """WCAG 2.2 contrast ratio, written out here so that the palette does not check itself."""

    def luminance(text: str) -> float:
        total = 0.0
        for weight, at in ((0.2126, 1), (0.7152, 3), (0.0722, 5)):
            channel = int(text[at : at + 2], 16) / 255
            total += weight * (channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)
        return total

    lighter, darker = sorted((luminance(colour), luminance(background)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000") == pytest.approx(21)


@pytest.mark.parametrize(
    "colour",
    [
        *theme.SIDE_COLOURS.values(),
        theme.GREY,
        theme.ACCENT,
        *(style.colour for style in theme.STATUS_STYLES.values()),
    ],
)
def test_marks_stand_out_from_white(colour):
    assert contrast(colour) >= 3


@pytest.mark.parametrize("colour", [theme.INK, theme.MUTED_INK])
def test_text_is_readable_on_white(colour):
    assert contrast(colour) >= 4.5


@pytest.mark.parametrize("style", theme.STATUS_STYLES.values(), ids=theme.STATUS_STYLES)
def test_numbers_inside_a_status_bar_are_readable(style):
    assert contrast(theme.text_on(style.colour), style.colour) >= 4.5


def test_eu_and_usa_differ_without_seeing_hue():
    """3:1 in lightness alone holds under every kind of colour blindness, and in print."""
    assert contrast(theme.SIDE_COLOURS["EU"], theme.SIDE_COLOURS["US"]) >= 3


def test_the_eu_and_usa_pair_is_the_agreed_one():
    assert (theme.SIDE_COLOURS["EU"], theme.SIDE_COLOURS["US"]) == ("#12436D", "#F46A25")


def test_statuses_are_those_of_the_model_in_its_order():
    assert list(theme.STATUS_STYLES) == STATUSES


def test_the_three_groups_of_statuses_are_one_scale_and_never_colour_alone():
    """The firmer, the darker, and each dark enough for a mark on white; an intention is not filled."""
    contrasts = [contrast(style.colour, theme.PAPER) for style in theme.COMMITMENT_STYLES.values()]
    assert list(theme.COMMITMENT_STYLES) == ["agreement", "activity", "intention"]
    assert contrasts == sorted(contrasts, reverse=True) and contrasts[-1] >= 3
    assert theme.COMMITMENT_STYLES["intention"].symbol == "circle-open"
    assert not {s.colour for s in theme.COMMITMENT_STYLES.values()} & set(theme.SIDE_COLOURS.values())


def test_the_template_asks_for_no_web_font():
    assert "system-ui" in theme.template()["layout"]["font"]["family"]


@pytest.mark.parametrize(
    ("start", "end", "precision", "text"),
    [
        ("2017-06-19", "2017-06-19", "day", "19 June 2017"),
        ("2017-06-19", None, "day", "19 June 2017"),
        ("2017-05-04", "2017-05-10", "day", "4–10 May 2017"),
        ("2017-04-28", "2017-05-02", "day", "28 April – 2 May 2017"),
        ("2016-12-30", "2017-01-02", "day", "30 December 2016 – 2 January 2017"),
        ("2017-10-01", "2017-10-31", "month", "October 2017"),
        ("2017-10-01", "2017-11-30", "month", "October–November 2017"),
        ("2016-12-01", "2017-01-31", "month", "December 2016 – January 2017"),
        ("2017-09-01", "2017-11-30", "season", "autumn 2017"),
        ("2017-03-01", "2017-05-31", "season", "spring 2017"),
        ("2017-06-01", "2017-08-31", "season", "summer 2017"),
        ("2016-12-01", "2017-02-28", "season", "winter 2016–17"),
        ("2013-01-01", "2013-12-31", "year", "2013"),
        ("2013-01-01", "2015-12-31", "year", "2013–2015"),
        (None, None, "undated", "undated"),
    ],
)
def test_periods_keep_the_precision_of_their_source(start, end, precision, text):
    assert formats.format_period(start, end, precision) == text


def test_periods_take_every_kind_of_date():
    day = date(2017, 6, 19)
    for value in (day, pd.Timestamp(day), "2017-06-19"):
        assert formats.format_period(value, value, "day") == "19 June 2017"
    assert formats.format_period(pd.NaT, pd.NaT, "day") == "undated"


def test_an_unknown_precision_is_an_error():
    with pytest.raises(ValueError, match="decade"):
        formats.format_period("2017-01-01", None, "decade")


def test_counts():
    assert [formats.format_count(n) for n in (0, 18, 18350, 1234567)] == ["0", "18", "18,350", "1,234,567"]
    with pytest.raises(ValueError, match=r"2\.5"):
        formats.format_count(2.5)


def test_lists_read_like_a_sentence():
    assert [formats.format_list(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
