"""What the cards of regional statistics share: columns, method, evidence, rows for tables and endings of titles."""

from dataclasses import replace

import pandas as pd

from cards.statistics_text import GAP_LABELS, MEASURES, PART, REFERENCE_LABELS, format_codes, measure_of
from charts.chart import Chart
from domain.evidence import Evidence
from domain.shares import Share
from domain.text import agree

TABLE = "regional_statistics"
COLUMNS = {
    "region": "Region",
    "country_code": "Country",
    "traded_cluster": "Traded cluster",
    "year": "Year",
    "location_quotient": "Location quotient",
    "quotient_basis": "Basis of the quotient",
    "shares_of": "Shares are of",
    "against": "Measured against",
    "employment": "Persons employed",
    "establishments": "Establishments",
    "mean_wage": "Mean annual wage",
    "wage_currency": "Currency of the wage",
    "flags": "Flags and notes of the source",
    "is_strong": "Strong",
    "strength_basis": "Basis of the strength",
}
METHOD = (
    "Rows of view location_quotients. A quotient is the one the source prints (stated), else computed as (cluster in "
    "the region / total of the region) / (cluster in the country / total of the country), of persons employed or of "
    "establishments. The total is that of all industries where the file gives it for region and country, else that of "
    "all traded clusters, given or added up, else the sum of the clusters imported. A cell that is withheld, not "
    "available, blank or without a row is unknown and not zero: a sum exists only where every cell of it is known, and "
    "without a total there is no quotient. The country's figures are its own rows where the file has them, else the "
    "sums of its regions imported. Strong is what the source marks, else a quotient of at least 1.5 (assigned); a "
    "share of the clusters imported alone makes nothing strong. The only region of a country with a total has no "
    "quotient, since it would be 1 whatever its industry. Wages are in the currency of the source and are not "
    "converted."
)


def evidence(frame: pd.DataFrame) -> Evidence:
    """The imports behind rows of statistics."""
    return Evidence(TABLE, tuple(sorted(set(frame["source_id"]))))


def table_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows for a table: what each quotient is measured against or why there is none, and why a figure is missing.

    Quotients have three decimals; regions of the same name are told apart by their code.
    """
    measure = measure_of(frame)
    is_stated = frame["quotient_basis"] == "stated"
    against = frame["reference"].map(REFERENCE_LABELS).where(~is_stated, "the source's own total")
    basis = frame["quotient_basis"].fillna("none: " + frame["quotient_gap"].map(GAP_LABELS))
    is_ambiguous = frame.groupby("region")["region_code"].transform("nunique") > 1
    region = frame["region"].where(~is_ambiguous, frame["region"] + " (" + frame["region_code"] + ")")
    return frame.assign(
        shares_of=frame["total_basis"].map(measure.totals),
        against=against,
        quotient_basis=basis,
        region=region,
        location_quotient=frame["location_quotient"].round(3),
        employment=_figure_or_reason(frame, "employment"),
        establishments=_figure_or_reason(frame, "establishments"),
        flags=frame["flags"].fillna("none"),
    )


def _figure_or_reason(frame: pd.DataFrame, column: str) -> pd.Series:
    """The figures of a column, with the reason where there is none."""
    figures = frame[column].astype(object)
    return figures.where(frame[column].notna(), frame[f"{column}_missing"])


def sentences(*parts: str) -> str:
    """The parts that are not empty, joined by spaces."""
    return " ".join(filter(None, parts))


def method(measure: str) -> str:
    """The method of a card, with its measure."""
    return f"{METHOD} Measure: {MEASURES[measure].label.lower()}."


def of_measure(frame: pd.DataFrame) -> str:
    """End of a title that says when establishments are counted, not persons."""
    return "" if measure_of(frame).key == "employment" else ", by establishments"


def of_part(frame: pd.DataFrame) -> str:
    """End of a title that says when a quotient is of a part of the traded clusters only."""
    known = frame[frame["location_quotient"].notna()]
    part = known[known["total_basis"] == PART]
    if part.empty:
        return ""
    where = "" if len(part) == len(known) else f" in {format_codes(part['country_code'])}"
    return f",{where} within the clusters imported"


def with_measure(chart: Chart, measure: str) -> Chart:
    """The chart with a text alternative that says when establishments are counted."""
    return chart if measure == "employment" else replace(chart, alt=f"Counted in establishments. {chart.alt}")


def above_one(values: pd.Series, population: str) -> str:
    """'3 of 8 regions with a figure (38 %) are above 1'."""
    count = int((values > 1).sum())
    return f"{Share(count, len(values), population)} {agree(count, 'is', 'are')} above 1"
