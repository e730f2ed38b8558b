"""Terms that several packages share; tests compare them with the definitions in SQL."""

SIDES = ("EU", "US", "OTHER")  # in display order

# Statuses of cooperations by commitment, as the view cooperation_statuses defines it: charts have no database.
INTENTION_STATUSES = ("planned", "possible", "aspiration")
