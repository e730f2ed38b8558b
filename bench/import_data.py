"""Files of the size of real imports, with made-up numbers, for benchmarks only."""

import csv
from pathlib import Path

import duckdb

from settings import ROOT

CLUSTERS = 51
YEARS = 20
FIRST_YEAR = 2001
COUNTRIES = ("DE", "FR", "IT", "ES", "US")
PROJECTS = 35_000
PARTICIPATIONS = 180_000


def statistics_file(path: Path, rows: int) -> Path:
    """A file in the plain template: regions × 51 traded clusters × 20 years, up to this many rows."""
    with (ROOT / "data" / "lookups" / "sectors.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file) if row["scheme"] == "traded_cluster"]
    countries = f"{list(COUNTRIES)}[region % {len(COUNTRIES)} + 1]"
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            COPY (
                SELECT {countries} || '-BENCH-' || lpad(region::VARCHAR, 6, '0') AS region,
                    $names[i % {CLUSTERS} + 1] AS traded_cluster,
                    {FIRST_YEAR} + (i // {CLUSTERS}) % {YEARS} AS year,
                    (hash(i) % 50000) / 10.0 AS employment,
                    hash(i + 1) % 500 AS establishments,
                    (hash(i + 2) % 9000000) / 100.0 AS wage,
                    'EUR' AS currency,
                    {countries} AS country
                FROM (SELECT i, i // {CLUSTERS * YEARS} AS region FROM range({rows}) numbers (i))
            ) TO '{path}' (HEADER)
            """,
            {"names": names},
        )
    return path


def cordis_folder(folder: Path, projects: int = PROJECTS, participations: int = PARTICIPATIONS) -> Path:
    """project.csv and organization.csv in the format of CORDIS; about one participation in twenty is from the US."""
    folder.mkdir(exist_ok=True)
    options = "(HEADER, DELIMITER ';', FORCE_QUOTE *)"
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            COPY (
                SELECT i AS id, 'ACRO' || i AS acronym, 'SIGNED' AS status,
                    'Title of the project number ' || i AS title,
                    '20' || (14 + i % 10) || '-01-01' AS startDate, '20' || (17 + i % 10) || '-12-31' AS endDate,
                    replace((1000000 + i * 1.5)::VARCHAR, '.', ',') AS totalCost, 900000 AS ecMaxContribution,
                    'H2020-EU.1.3.' AS legalBasis, 'MSCA-IF-2014' AS topics, 'H2020' AS frameworkProgramme,
                    'RIA' AS fundingScheme, 'water; energy' AS keywords,
                    repeat('A sentence of the objective, with "quotes" and' || chr(10) || 'line breaks. ', 25)
                        AS objective
                FROM range({projects}) numbers (i)
            ) TO '{folder}/project.csv' {options}
            """
        )
        connection.execute(
            f"""
            COPY (
                SELECT i % {projects} AS projectID, 'ACRO' || i % {projects} AS projectAcronym,
                    900000000 + hash(i) % 20000 AS organisationID, 'VAT' || i AS vatNumber,
                    'UNIVERSITY NUMBER ' || hash(i) % 20000 AS name, 'U' || i AS shortName, 'false' AS SME,
                    'HES' AS activityType, 'Street ' || i AS street, '12345' AS postCode, 'City' AS city,
                    ['FR','DE','IT','EL','UK','ES','NL','BE','SE','US'][
                        CASE WHEN hash(i) % 20 = 0 THEN 10 ELSE (hash(i) % 9)::BIGINT + 1 END
                    ] AS country,
                    'FRK26' AS nutsCode, '45.75,4.85' AS geolocation, 'https://example.org' AS organizationURL,
                    '' AS contactForm, i // {projects} AS "order", 'participant' AS role,
                    '1000,5' AS ecContribution, 1000.5 AS netEcContribution, 'false' AS endOfParticipation
                FROM range({participations}) numbers (i)
            ) TO '{folder}/organization.csv' {options}
            """
        )
    return folder
