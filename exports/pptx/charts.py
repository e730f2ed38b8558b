"""Native charts that PowerPoint and LibreOffice can edit; their numbers are in a workbook inside the chart.

The title of the chart is the measure and the title of its axis the source, so that both are copied with the chart.
"""

from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from pptx.chart.chart import Chart
from pptx.chart.series import BarSeries as NativeSeries
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.chart import XL_TICK_MARK as TICK
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.shapes.placeholder import ChartPlaceholder
from pptx.text.text import Font, TextFrame
from pptx.util import Pt

from charts.chart import ChartData, Series
from exports.plain_text import clean
from exports.pptx.chart_numbers import native_numbers
from exports.pptx.deck import Stage
from exports.pptx.palette import BACKGROUND, EDGE, MUTED, TEXT, SchemeColour, scheme_of, solid_fill
from exports.pptx.text import (
    ARIAL,
    LINE_HEIGHT_EM,
    Box,
    Ruler,
    TextRun,
    set_alt_text,
    style,
)

MAX_LABEL_LINES = 16  # on a slide, and fewer where the template leaves less room
MAX_LINES, MAX_SLIDES = 32, 4  # of one chart in all
MAX_BAR_PT = 26.0  # thickness of a bar: few bars are no slabs
MAX_TITLE_LINES = 3
# As parts of the width of the chart:
TITLE_WIDTH = 0.7  # narrower than where PowerPoint and LibreOffice would break a title themselves
MAX_LABEL_WIDTH = 0.48


def pages(data: ChartData, box: Box, ruler: Ruler = ARIAL) -> tuple[list[ChartData], str]:
    """The chart split into slides of legible rows, on one axis, and a note of what was left out, if anything."""
    label_width, room = _label_width(data, box.width, ruler), _label_lines(box, ruler)
    weights = [
        max(len(ruler.lines(name, label_width, ruler.smallest)), 1 if data.is_stacked else len(data.series))
        for name in data.categories
    ]
    slides, most = -(-sum(weights) // room), min(-(-MAX_LINES // room), MAX_SLIDES)
    share = min(room, -(-sum(weights) // slides) + 1) if slides <= most else room
    starts, used = [0], 0
    for row, weight in enumerate(weights):
        if used and used + weight > share:
            starts.append(row)
            used = 0
        used += weight
    ends = [*starts[1:], len(weights)]
    parts = [
        replace(data.part(start, end), axis_max=data.axis_end)
        for start, end in islice(zip(starts, ends, strict=True), most)
    ]
    shown = sum(len(part.categories) for part in parts)
    left_out = "" if shown == len(weights) else f"first {shown} of {len(weights)} rows; the workbook has all"
    return parts, left_out


def _label_lines(box: Box, ruler: Ruler) -> int:
    """How many lines of labels stand beside the bars, under a title and above a source of the most lines."""
    title = MAX_TITLE_LINES * _title_sizes(ruler)[0] * LINE_HEIGHT_EM + 8
    source = MAX_TITLE_LINES * ruler.of_sources * LINE_HEIGHT_EM + 2
    fitting = int((box.height - title - source - 12) / (ruler.smallest * LINE_HEIGHT_EM))
    return max(min(fitting, MAX_LABEL_LINES), 4)


def _title_sizes(ruler: Ruler) -> tuple[float, float]:
    """Sizes of the title of a chart in points, the larger first."""
    return max(round(ruler.smallest * 8 / 7), ruler.smallest), ruler.smallest


def with_bars_only(data: ChartData) -> ChartData:
    """The data without series in which no bar has a length, such as the side that a filter leaves out."""
    drawn = tuple(series for series in data.series if any(series.values))
    return replace(data, series=drawn) if drawn else data


def add_chart(stage: Stage, data: ChartData, *, title: str, source: str, origin: str, alt: str, made_on: date) -> None:
    """Add bars of these numbers, with measure (`title`), source, and release and filters (`origin`) inside.

    `alt` is the alternative text.
    """
    kind = XL_CHART_TYPE.BAR_STACKED if data.is_stacked else XL_CHART_TYPE.BAR_CLUSTERED
    box, shape, numbers = stage.box("Chart"), stage.placeholder("Chart"), native_numbers(data, made_on)
    shapes: Any = stage.slide.shapes  # add_chart returns a GraphicFrame, but is annotated to return a Chart
    if shape is None:
        frame = shapes.add_chart(kind, *(Pt(value) for value in box), numbers)
    else:
        frame = ChartPlaceholder(shape._element, shape._parent).insert_chart(kind, numbers)
    frame.name = "Chart"
    set_alt_text(frame, alt)
    chart = frame.chart
    chart.font.size = Pt(stage.ruler.smallest)
    _ink(chart.font, TEXT)
    plot = chart.plots[0]
    plot.vary_by_categories = False
    # A number format with the name of its series says whose bar it is.
    has_legend = any(series.name not in series.number_format for series in data.series) and len(data.series) > 1
    title_height = _title(chart, title, box.width, stage.ruler)
    axis_height = _axes(chart, data, source, origin, box.width, stage.ruler)
    for native, series in zip(plot.series, data.series, strict=True):
        _paint(native, series, data.is_stacked, stage)
    above = title_height + (26 if has_legend else 6)
    gap, height = _thickness(data, box, box.height - above - axis_height - 6, stage.ruler)
    plot.gap_width, plot.overlap = gap, 100 if data.is_stacked else 0
    _layout(chart, data, box, above, height, stage.ruler)
    chart.has_legend = has_legend
    if has_legend:
        _legend(chart, data, title_height, box, stage.ruler)
    _give_axes_positive_ids(chart)


def _thickness(data: ChartData, box: Box, height: float, ruler: Ruler) -> tuple[int, float]:
    """Gap between bars in percent of a bar, and the height of the plot: bars are at most MAX_BAR_PT thick.

    ``height`` is what the plot may have; few bars need less, unless their labels have many lines.
    """
    bars = 1 if data.is_stacked else len(data.series)
    width = _label_width(data, box.width, ruler) * 0.95  # as LibreOffice breaks labels
    label = max(ruler.height(name, width, ruler.smallest) for name in data.categories) + 6
    pitch = min(height / len(data.categories), max(bars * MAX_BAR_PT * 1.8, label))
    gap = 35 if data.is_stacked else 40
    thickest = pitch / (bars + gap / 100)
    if thickest > MAX_BAR_PT:
        gap = round((pitch / MAX_BAR_PT - bars) * 100)
    return gap, pitch * len(data.categories)


def _legend(chart: Chart, data: ChartData, top: float, box: Box, ruler: Ruler) -> None:
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.legend.font.size = Pt(ruler.smallest)
    width = sum(ruler.width(series.name, ruler.smallest) + 40 for series in data.series)
    _put(chart.legend._element, _manual(0, top / box.height, min(width / box.width, 1), 24 / box.height))


def _give_axes_positive_ids(chart: Chart) -> None:
    """The library writes negative ones, which the file format does not allow."""
    for element in chart._chartSpace.iter("{*}axId", "{*}crossAx"):
        element.set("val", element.get("val").removeprefix("-"))


def _ink(font: Font, colour: SchemeColour) -> None:
    style(font, TextRun("", colour=colour))


def _fill(fill_format: Any, colour: SchemeColour) -> None:
    """Fill a bar or line of python-pptx with a colour of the theme."""
    fill_format.solid()
    element = fill_format._xPr.find("{*}solidFill")
    element.getparent().replace(element, parse_xml(solid_fill(colour, nsdecls("a"))))


def _title(chart: Chart, title: str, width: float, ruler: Ruler) -> float:
    """Set the title, at the top left; returns its height in points."""
    sizes = _title_sizes(ruler)
    box = Box(0, 0, TITLE_WIDTH * width, MAX_TITLE_LINES * sizes[0] * LINE_HEIGHT_EM)
    shown, size = ruler.fit_sentences(title, box, sizes)
    lines = ruler.lines(shown, box.width, size)
    chart.has_title = True
    chart.chart_title.include_in_layout = False
    _fill_frame(chart.chart_title.text_frame, lines, TextRun("", size, False, MUTED))
    _put(chart.chart_title._element, _manual(0, 0))
    return len(lines) * size * LINE_HEIGHT_EM + 8


def _axes(chart: Chart, data: ChartData, source: str, origin: str, width: float, ruler: Ruler) -> float:
    """Set up the axes: categories in the order of the data, values from 0 without tick marks.

    The title of the value axis is the source; returns its height in points.
    """
    names, values = chart.category_axis, chart.value_axis
    names.reverse_order = True
    names.crosses = XL_AXIS_CROSSES.MAXIMUM  # else the reversed order takes the other axis to the top
    names.tick_labels.font.size = Pt(ruler.smallest)
    _name_every_row(names._element)
    names.major_tick_mark = values.major_tick_mark = TICK.NONE
    _fill(names.format.line.fill, EDGE)
    values.minimum_scale, values.maximum_scale = 0, data.axis_end
    values.has_major_gridlines = False
    values.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    values.format.line.fill.background()
    lines = _source_lines(source, origin, TITLE_WIDTH * width, ruler)
    values.has_title = True
    _fill_frame(values.axis_title.text_frame, lines, TextRun("", ruler.of_sources, False, MUTED))
    return len(lines) * ruler.of_sources * LINE_HEIGHT_EM + 2


def _source_lines(source: str, origin: str, room: float, ruler: Ruler) -> list[str]:
    """Lines of the source and, never cut, of release and filters."""
    lines = ruler.lines(clean(f"{source} {origin}"), room, ruler.of_sources)
    if len(lines) <= MAX_TITLE_LINES:
        return lines
    last = ruler.lines(clean(origin), room, ruler.of_sources)
    cut = ruler.cut(clean(source), room, ruler.of_sources, max(MAX_TITLE_LINES - len(last), 1))
    return [*ruler.lines(cut, room, ruler.of_sources), *last]


def _name_every_row(axis: Any) -> None:
    """Label every category: programs leave out labels that they hold to be too close."""
    skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>')
    after = axis.find("{*}noMultiLvlLbl")
    axis.append(skip) if after is None else after.addprevious(skip)


def _fill_frame(frame: TextFrame, lines: list[str], look: TextRun) -> None:
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = line
        style(run.font, look)


def _paint(native: NativeSeries, series: Series, is_stacked: bool, stage: Stage) -> None:
    """Set colours of a series, and a number or text at every bar."""
    _fill(native.format.fill, scheme_of(series.colour))
    native.invert_if_negative = False
    if is_stacked:
        _fill(native.format.line.fill, BACKGROUND)
    for number, colour in enumerate(series.colours):
        if colour != series.colour:
            _fill(native.points[number].format.fill, scheme_of(colour))
    labels = native.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = series.number_format, False
    labels.position = XL_LABEL_POSITION.CENTER if is_stacked else XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size, labels.font.bold = Pt(stage.ruler.smallest), is_stacked
    _ink(labels.font, stage.theme.text_on(scheme_of(series.colour)) if is_stacked else TEXT)
    for number, text in enumerate(series.texts):
        label = native.points[number].data_label
        label.text_frame.text = clean(text)
        label.text_frame.word_wrap = False
        label.position = XL_LABEL_POSITION.OUTSIDE_END


def _label_width(data: ChartData, width: float, ruler: Ruler) -> float:
    longest = max(ruler.width(name, ruler.smallest) for name in data.categories) + 12
    return min(longest, MAX_LABEL_WIDTH * width)


def _layout(chart: Chart, data: ChartData, box: Box, above: float, height: float, ruler: Ruler) -> None:
    """Fix the plot area between the labels and a margin for the longest number.

    Without it PowerPoint and LibreOffice place the bars differently. ``above`` and ``height`` are points. The source
    stands under the plot.
    """
    left = _label_width(data, box.width, ruler) + 8
    texts = [text for series in data.series for text in series.texts] or [
        series.number_format.replace('"', "").replace("#,##0", "0,000") for series in data.series
    ]
    margin = 16 if data.is_stacked else max(ruler.width(text, ruler.smallest) for text in texts) + 16
    layout = _manual(
        left / box.width,
        above / box.height,
        (box.width - left - margin) / box.width,
        height / box.height,
        is_inner=True,
    )
    area = chart._chartSpace.chart.plotArea
    for old in area.findall("{*}layout"):
        area.remove(old)
    area.insert(0, layout)
    _put(chart.value_axis.axis_title._element, _manual(0, (above + height + 10) / box.height))


def _put(element: Any, layout: Any) -> None:
    """Set the layout of a title or legend, which the file format wants as its second child."""
    for old in element.findall("{*}layout"):
        element.remove(old)
    element.insert(1, layout)


def _manual(x: float, y: float, w: float | None = None, h: float | None = None, *, is_inner: bool = False) -> Any:
    """XML element of a position, and a size if given, as parts of the chart."""
    target = '<c:layoutTarget val="inner"/>' if is_inner else ""
    size = f'<c:w val="{w:.4f}"/><c:h val="{h:.4f}"/>' if w is not None else ""
    return parse_xml(
        f"<c:layout {nsdecls('c')}><c:manualLayout>"
        f'{target}<c:xMode val="edge"/><c:yMode val="edge"/><c:x val="{x:.4f}"/><c:y val="{y:.4f}"/>{size}'
        "</c:manualLayout></c:layout>"
    )
