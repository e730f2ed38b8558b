"""The whole dataset as a folder that a data portal takes as it is: database, Parquet, CSV, and their descriptions."""
