"""Statistics of frames in the benchmark of the map, on frames few enough to count by hand."""

import pytest

from bench.frames import FrameTimes, first_changed, frame_times, percentile
from bench.map_smoothness import ALL, BASEMAP, FEW, summarise, within


def test_median_and_95th_percentile_of_twenty_frames():
    assert frame_times([float(number) for number in range(20, 0, -1)]) == FrameTimes(20, 10.5, 19.0)
    assert frame_times([7.0]) == FrameTimes(1, 7.0, 7.0)


def test_the_percentile_is_one_of_the_values():
    assert percentile([1, 2, 3, 4], 50) == 2 and percentile([1, 2, 3, 4], 51) == 3 and percentile([5, 6], 100) == 6


def test_no_frame_is_an_error_and_not_a_zero():
    with pytest.raises(ValueError, match="no frame"):
        frame_times([])


def test_the_first_changed_frame_comes_after_the_press():
    marks = [
        {"at": 10, "instances": [1]},
        {"at": 20, "instances": [9, 2]},
        {"at": 30, "instances": [9, 2, 4]},
        {"at": 40, "instances": [9]},
    ]
    assert first_changed(marks, [9, 2], after=15) == 30
    assert first_changed(marks, [9, 2], after=40) is None


def test_the_verdict_compares_all_points_with_the_basemap():
    frames = {
        ALL: {"pan": [30.0], "zoom": [30.0]},
        FEW: {"pan": [10.0], "zoom": [10.0]},
        BASEMAP: {"pan": [20.0], "zoom": [24.0]},
    }
    result = summarise(frames, {ALL: {"drawn": [1.0, 3.0]}})
    assert result["ratio"]["pan, all points to basemap only"] == 1.5 and result["filter"][ALL]["drawn"] == 2.0
    assert within(result, 1.5) and not within(result, 1.4)
