"""Country codes that the European Union uses in place of those of ISO 3166-1."""

# Code of the European Union -> code of ISO 3166-1.
ISO_CODE_OF = {"EL": "GR", "UK": "GB"}
