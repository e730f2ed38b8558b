"""The numbers of a native chart, and the workbook inside it that people edit them in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, BinaryIO

from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from xlsxwriter import Workbook

from charts.chart import ChartData
from exports.plain_text import clean


def native_numbers(data: ChartData, made_on: date) -> CategoryChartData:
    """The numbers of a chart as python-pptx takes them; the workbook says that it was made on this day."""
    numbers: CategoryChartData = _PlainChartData(made_on)
    numbers.categories = [clean(name) for name in data.categories]
    for series in data.series:
        numbers.add_series(clean(series.name), series.values, series.number_format)
    return numbers


class _PlainWriter(CategoryWorkbookWriter):
    """Writes text as text: a name that begins with '=' is not a formula, and no URL becomes a link."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: BinaryIO) -> Iterator[tuple[Workbook, Any]]:
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(xlsx_file, options) as workbook:
            day = self._chart_data.made_on
            workbook.set_properties({"created": datetime(day.year, day.month, day.day)})
            yield workbook, workbook.add_worksheet()


class _PlainChartData(CategoryChartData):
    def __init__(self, made_on: date) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # not annotated by python-pptx
        self.made_on = made_on

    @property
    def _workbook_writer(self) -> _PlainWriter:
        return _PlainWriter(self)  # type: ignore[no-untyped-call]  # not annotated by python-pptx
