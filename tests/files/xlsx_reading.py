"""Reads workbooks back with openpyxl, for the tests of the workbook."""

import io
import re

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

REGISTERS = {
    "Organisations": ("organisations", "organisation_id"),
    "Projects": ("projects", "project_id"),
    "Cooperations": ("cooperations", "cooperation_id"),
    "Success stories": ("success_stories", "story_id"),
    "Policy instruments": ("policies", "policy_id"),
    "Events": ("events", "event_id"),
    "Opportunities": ("opportunities", "opportunity_id"),
}


def read(data: bytes) -> openpyxl.Workbook:
    """The file as another program reads it."""
    return openpyxl.load_workbook(io.BytesIO(data))


def table(sheet: Worksheet) -> list[dict]:
    """Rows of a sheet under its frozen headings."""
    head = int(re.search(r"\d+", sheet.freeze_panes)[0]) - 1
    rows = list(sheet.iter_rows(min_row=head, values_only=True))
    width = next((i for i, heading in enumerate(rows[0]) if heading is None), len(rows[0]))
    return [dict(zip(rows[0][:width], row, strict=False)) for row in rows[1:]]
