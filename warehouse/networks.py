"""Who cooperates with whom: pairs of organisations, for network tools."""

import pandas as pd

from domain.filters import Filters
from domain.record_types.cooperations import COOPERATIONS
from warehouse.connection import Connection, fetch
from warehouse.populations import ALL_COOPERATIONS
from warehouse.registers import once


def edges(connection: Connection, filters: Filters) -> pd.DataFrame:
    """Pairs of named organisations in the same cooperation, one row per pair and cooperation.

    Columns: source, source_name, source_side, target, target_name, target_side, cooperation_id, title, kind, status,
    commitment, date_stated, start_on, end_on. The filters apply to the cooperations; a renewal counts with its
    agreement. Parties that are projects, or that the source does not name, are in no pair. A cooperation has no
    direction: ``source`` is the party that the record lists first.
    """
    where, params = filters.where(COOPERATIONS.filters)
    return fetch(
        connection,
        "SELECT a.organisation_id AS source, oa.name AS source_name, oa.side AS source_side, "
        "b.organisation_id AS target, ob.name AS target_name, ob.side AS target_side, "
        "cooperation_id, c.title, c.kind, c.status, c.commitment, c.date_stated, c.start_on, c.end_on "
        f"FROM (SELECT * FROM cooperation_register WHERE {where}{once(ALL_COOPERATIONS)}) c "
        "JOIN cooperation_parties a USING (cooperation_id) JOIN cooperation_parties b USING (cooperation_id) "
        "JOIN organisations oa ON oa.organisation_id = a.organisation_id "
        "JOIN organisations ob ON ob.organisation_id = b.organisation_id "
        "WHERE a.party_order < b.party_order AND a.organisation_id <> b.organisation_id "
        "ORDER BY cooperation_id, a.party_order, b.party_order",
        params,
    )
