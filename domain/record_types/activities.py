"""Activities that the discussion paper announces for a partnership."""

from domain.records import RecordType, Register

ACTIVITIES = RecordType(
    table="activities",
    key="activity_id",
    parameter="activity",
    noun="activity",
    plural="activities",
    title="description",
    profile={"cell": "Locator in the source", "progress": "Progress", "availability": "Availability"},
    register=Register(
        table="activities",
        title="Activities announced or reported",
        columns={
            "project": "Partnership",
            "cell": "Locator",
            "description": "Activity",
            "progress": "Progress",
            "availability": "Information",
            "event": "Event",
        },
        method="Table 2 of the discussion paper, cell by cell, and the activities named in its text.",
        filters=("sectors", "sides", "countries", "years"),  # those of the partnerships
    ),
)
