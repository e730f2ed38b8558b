"""Groups of terms that several packages share; a test compares them with data/lookups/terms.csv."""

# Cooperation statuses by commitment: an agreement is concluded, an activity takes or took place, an intention neither.
AGREEMENT_STATUSES = ("signed", "renewed")
ACTIVITY_STATUSES = ("completed", "ongoing")
INTENTION_STATUSES = ("planned", "possible", "aspiration")

SIDES = ("EU", "US", "OTHER")
