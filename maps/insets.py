"""Alaska and Hawaii beside the other states: smaller copies in frames west of California.

A view that held them where they are would show ocean and tundra more than states.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from maps.geometry import Bounds, to_degrees, to_pixels

# Region code -> west, south, east, north of its frame in degrees.
FRAMES: Mapping[str, Bounds] = MappingProxyType(
    {"US-AK": (-141.0, 31.5, -127.0, 39.5), "US-HI": (-141.0, 24.5, -127.0, 30.5)}
)
NAMES: Mapping[str, str] = MappingProxyType({"US-AK": "Alaska", "US-HI": "Hawaii"})
_FILLED_SHARE = 0.8  # of the width and height of a frame
_NAME_DEGREES = 1.2  # height of the name at the foot of a frame
_LABEL_AREA = 400.0  # square degrees: a name of a frame comes before those of all states


def in_frame(code: str, geometry: Mapping[str, Any]) -> dict[str, Any]:
    """The outline of a far state as a MultiPolygon in its frame, in the form that web Mercator gives it."""
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    pixels = [[[_pixel(*point) for point in ring] for ring in part] for part in parts]
    every = [point for part in pixels for ring in part for point in ring]
    left, right = min(x for x, _ in every), max(x for x, _ in every)
    top, bottom = min(y for _, y in every), max(y for _, y in every)
    west, south, east, north = FRAMES[code]
    (x0, y0), (x1, y1) = to_pixels(west, north, 0), to_pixels(east, south + _NAME_DEGREES, 0)
    scale = _FILLED_SHARE * min((x1 - x0) / (right - left), (y1 - y0) / (bottom - top))

    def moved(point: tuple[float, float]) -> list[float]:
        x = (x0 + x1) / 2 + (point[0] - (left + right) / 2) * scale
        y = (y0 + y1) / 2 + (point[1] - (top + bottom) / 2) * scale
        return [round(value, 3) for value in to_degrees(x, y, 0)]

    parts = [[[moved(point) for point in ring] for ring in part] for part in pixels]
    return {"type": "MultiPolygon", "coordinates": parts}


def _pixel(longitude: float, latitude: float) -> tuple[float, float]:
    """The point in pixels; the Aleutian Islands beyond the antimeridian stay west of the others."""
    return to_pixels(longitude - 360 if longitude > 0 else longitude, latitude, 0)


def frame_outline(code: str) -> dict[str, Any]:
    """The frame of a far state as a Polygon."""
    west, south, east, north = FRAMES[code]
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def with_framed_names(labels: Sequence[Mapping[str, Any]], codes: Iterable[str]) -> list[dict[str, Any]]:
    """Rows of static/labels.json with the names of these far states at the foot of their frames."""
    framed = {NAMES[code]: FRAMES[code] for code in codes}
    return [
        {**row, **_foot(framed[row["name"]])} if row["name"] in framed and row["kind"] == "state" else dict(row)
        for row in labels
    ]


def _foot(frame: Bounds) -> dict[str, float]:
    west, south, east, _ = frame
    return {"lon": (west + east) / 2, "lat": south + _NAME_DEGREES / 2, "area": _LABEL_AREA}
