"""Positions of the circles on the map: several organisations share a city, and each must be selectable."""

import math
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from charts.chart import require
from domain.frames import records
from domain.geography import KM_PER_DEGREE
from maps.geometry import TILE_SIZE_PX, FloatArray, to_degrees, to_pixels

COLUMNS = ("organisation_id", "name", "side", "place", "country_code", "latitude", "longitude")
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
MAX_SPREAD_KM = 60.0  # largest distance of a circle from its city
MAX_REACH_RADII = 2.5  # of a single circle; without a limit a large circle would absorb all of its country
MAX_PUSHES = 60
TOLERANCE_PX = 0.1  # circles that overlap by less are not pushed further
MAX_NAMES = 12  # in a tooltip; the list beside the map has all of them


def spread_points(frame: pd.DataFrame, step_km: float = 10.0) -> list[dict[str, Any]]:
    """One circle per organisation; those of one place are arranged round it like the seeds of a sunflower.

    Columns: organisation_id, name, side, place, country_code, latitude, longitude (degrees),
    optional location_note and ended. Rows: organisation_ids (one), side, latitude, longitude, count,
    sqrt (of the count), tip. The result does not depend on the order of the rows. Neighbours in
    one place are about `step_km` apart, or less where so many would extend beyond
    MAX_SPREAD_KM. A place with one organisation keeps its coordinates.
    """
    circles = []
    for rows in _places(frame):
        step = min(step_km, MAX_SPREAD_KM / math.sqrt(len(rows)))
        for position, row in enumerate(rows):
            east, north = _seed_offset(position, len(rows), step)
            latitude = row["latitude"] + north / KM_PER_DEGREE
            longitude = row["longitude"] + east / (KM_PER_DEGREE * math.cos(math.radians(row["latitude"])))
            circles.append(_circle([row], latitude, longitude))
    return circles


def keep_apart(circles: list[dict[str, Any]], distance_px: float, zoom: float) -> list[dict[str, Any]]:
    """The circles of spread_points, pushed until their centres are `distance_px` apart at `zoom`.

    Places can be so close to each other that circles of two cities cover one another, and on a
    small map those of one city do. Each is pushed by half of what is missing, repeatedly, but
    never farther than MAX_SPREAD_KM from where it was. Deterministic; order and rows as given.
    """
    home = np.array([to_pixels(circle["longitude"], circle["latitude"], zoom) for circle in circles])
    at = home + np.array([_seed_offset(position, len(circles) + 1, 0.01) for position in range(len(circles))])
    latitudes = np.radians([circle["latitude"] for circle in circles])
    reach = MAX_SPREAD_KM / KM_PER_DEGREE / np.cos(latitudes) * TILE_SIZE_PX * 2**zoom / 360
    one, other = _near_pairs(at, distance_px + 2 * reach.max())
    for _ in range(MAX_PUSHES):
        apart = at[one] - at[other]
        distance = np.hypot(apart[:, 0], apart[:, 1])
        missing = np.clip(distance_px - distance, 0, None)
        if not len(missing) or missing.max() < TOLERANCE_PX:
            break
        push = apart * (missing / distance / 2)[:, None]
        np.add.at(at, one, push)
        np.add.at(at, other, -push)
        away = at - home
        length = np.maximum(np.hypot(away[:, 0], away[:, 1]), 1e-9)
        at = home + away * np.minimum(1, reach / length)[:, None]
    degrees = [to_degrees(x, y, zoom) for x, y in at]
    moved = np.hypot(*(at - home).T) > TOLERANCE_PX
    return [
        circle | {"longitude": round(place[0], 4), "latitude": round(place[1], 4)} if has_moved else circle
        for circle, place, has_moved in zip(circles, degrees, moved, strict=True)
    ]


def _near_pairs(at: FloatArray, distance: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Indexes of the first and the second circle of all pairs nearer than the distance; each pair once."""
    apart = at[:, None] - at[None, :]
    first, second = np.nonzero(np.triu(np.hypot(apart[..., 0], apart[..., 1]) < distance, k=1))
    return first, second


def group_points(frame: pd.DataFrame, merge_km: float = 0.0, radius_degrees: float = 0.0) -> list[dict[str, Any]]:
    """One circle per side and place, for views too wide to tell organisations of one city apart.

    Same columns as spread_points; `count` organisations, all in `organisation_ids`. Places
    within `merge_km` of a larger one of the same side are merged into its circle, and the tip says so; the same
    applies to those whose circle would lie on it, where `radius_degrees` (of longitude) is the radius of a circle of
    one. Largest circles first, so that the smaller are drawn on top.
    """
    groups: list[list[dict[str, Any]]] = []
    for rows in sorted(_places(frame, by_side=True), key=len, reverse=True):
        near = next((group for group in groups if _is_near(group, rows[0], merge_km, radius_degrees)), None)
        if near is None:
            groups.append(rows)
        else:
            near.extend(rows)
    circles = [_circle(rows, rows[0]["latitude"], rows[0]["longitude"]) for rows in groups]
    return sorted(circles, key=lambda circle: -circle["count"])


def _is_near(group: list[dict[str, Any]], there: dict[str, Any], merge_km: float, radius_degrees: float) -> bool:
    """Whether a row is on the same side and within the distance, measured on a plane."""
    here = group[0]
    if here["side"] != there["side"]:
        return False
    km_per_degree_east = KM_PER_DEGREE * math.cos(math.radians(here["latitude"]))
    north = (there["latitude"] - here["latitude"]) * KM_PER_DEGREE
    east = (there["longitude"] - here["longitude"]) * km_per_degree_east
    return math.hypot(north, east) <= max(
        merge_km, radius_degrees * km_per_degree_east * min(math.sqrt(len(group)), MAX_REACH_RADII)
    )


def _places(frame: pd.DataFrame, *, by_side: bool = False) -> list[list[dict[str, Any]]]:
    """Rows of each place (to about a kilometre) sorted by side and id; `by_side` splits the places."""
    require(frame, *COLUMNS)
    columns = [column for column in (*COLUMNS, "location_note", "ended") if column in frame.columns]
    unplaced = frame.loc[frame[["latitude", "longitude"]].isna().any(axis=1), "organisation_id"]
    if not unplaced.empty:
        raise ValueError(f"{unplaced.iloc[0]} has no coordinates: only places known to the city get a point")

    def place(row: dict[str, Any]) -> tuple[str, float, float]:
        return (row["side"] if by_side else "", round(row["latitude"], 2), round(row["longitude"], 2))

    # Grouped in plain Python: a DataFrame per city would take most of the time of the map.
    rows = sorted(records(frame[columns]), key=lambda row: (place(row), row["side"], row["organisation_id"]))
    return [list(group) for _, group in groupby(rows, key=place)]


def _seed_offset(position: int, count: int, step_km: float) -> tuple[float, float]:
    """Kilometres east and north of seed `position` in a sunflower of `count` seeds."""
    if count == 1:
        return 0.0, 0.0
    distance = step_km * math.sqrt(position + 0.5) * 0.6  # 0.6: seeds are then about one step apart
    return distance * math.cos(position * GOLDEN_ANGLE), distance * math.sin(position * GOLDEN_ANGLE)


def _circle(rows: list[dict[str, Any]], latitude: float, longitude: float) -> dict[str, Any]:
    """What the layer needs of one circle, and nothing more: it is sent on every rerun."""
    return {
        "organisation_ids": [row["organisation_id"] for row in rows],
        "side": rows[0]["side"],
        "latitude": round(latitude, 4),
        "longitude": round(longitude, 4),
        "count": len(rows),
        "sqrt": round(math.sqrt(len(rows)), 3),
        "tip": _tip(rows),
    }


def _tip(rows: list[dict[str, Any]]) -> str:
    """Tooltip: names under their city, with notes when the point is not the seat or the organisation has ended."""
    first = rows[0]
    place = _place(first)
    if len(rows) == 1:
        notes = (first.get("location_note"), first.get("ended"))
        return "\n".join([first["name"], place, *(note for note in notes if isinstance(note, str) and note)])
    is_one_place = len({row["place"] for row in rows}) == 1
    names = [_name(row) if is_one_place else f"{_name(row)} ({row['place']})" for row in rows[:MAX_NAMES]]
    rest = [f"and {len(rows) - MAX_NAMES} more"] if len(rows) > MAX_NAMES else []
    around = "" if is_one_place else " and around"
    return "\n".join([f"{place}{around}: {len(rows)} organisations", *names, *rest])


def _name(row: dict[str, Any]) -> str:
    """'Plastipolis (merged: 31 December 2020)' for an organisation that has ended, else its name."""
    ended = row.get("ended")
    return f"{row['name']} ({ended[0].lower()}{ended[1:]})" if isinstance(ended, str) and ended else row["name"]


def _place(row: dict[str, Any]) -> str:
    """'Lyon, FR'; a place in several countries has no code of its own."""
    return f"{row['place']}, {row['country_code']}" if isinstance(row["country_code"], str) else row["place"]
