"""Links and names for the tests of maps: two cooperations of Lyon and Boston, and three names at one longitude."""

import pandas as pd

LYON, BOSTON = (45.75, 4.85), (42.36, -71.06)  # latitude, longitude
LABELS = [
    {"name": name, "kind": kind, "lon": 5.0, "lat": latitude, "area": area}
    for name, kind, latitude, area in [
        ("France", "country", 46.0, 60.0),
        ("Rhône", "state", 46.0, 3.0),
        ("United States", "country", 30.0, 900.0),
    ]
]


def links_to_boston(organisation_id: str) -> pd.DataFrame:
    """A possible and a signed cooperation of an organisation in Lyon; each has its status as id."""
    return pd.DataFrame(
        [
            {
                "cooperation_id": status,
                "title": f"Pact {status}",
                "kind": "MoU",
                "status": status,
                "commitment": commitment,
                "eu_organisation_id": organisation_id,
                "eu_name": organisation_id.title(),
                "eu_latitude": LYON[0],
                "eu_longitude": LYON[1],
                "us_organisation_id": "boston",
                "us_name": "Boston",
                "us_latitude": BOSTON[0],
                "us_longitude": BOSTON[1],
            }
            for status, commitment in (("possible", "intention"), ("signed", "agreement"))
        ]
    )
