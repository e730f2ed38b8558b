"""What the cards of regional statistics share: columns, method, evidence, rows for tables and endings of titles."""

from dataclasses import replace

import pandas as pd

from cards.statistics_text import BASIS_LABELS, GAP_LABELS, MEASURES, PART, REFERENCE_LABELS, format_codes, measure_of
from charts.chart import Chart
from domain.evidence import Evidence
from domain.shares import Share
from domain.text import agree
from domain.vocabulary import NOT_APPLICABLE, STRONG_QUOTIENT

TABLE = "regional_statistics"
COLUMNS = {
    "region": "Region",
    "country_code": "Country",
    "industry": "Industry",
    "time_period": "Period",
    "location_quotient": "Location quotient",
    "quotient_basis": "Basis of the quotient",
    "shares_of": "Shares are of",
    "against": "Measured against",
    "employment": "Persons employed",
    "employment_basis": "Basis of persons employed",
    "employment_published": "Published part of an estimate",
    "establishments": "Establishments",
    "mean_wage": "Mean annual wage",
    "wage_currency": "Currency of the wage",
    "flags": "Flags and notes of the source",
    "is_strong": "Strong",
    "strength_basis": "Basis of the strength",
}
# Columns that say something even where they are blank throughout.
ALWAYS = frozenset({"location_quotient", "quotient_basis", "employment", "is_strong"})
METHOD = (
    "Rows of view location_quotients. A quotient is the one the source prints (stated), else computed as (industry "
    "in the region / total of the region) / (industry in the country / total of the country), of persons employed "
    "or of establishments. The total is the first of these that region and country share and that covers the "
    "industry (view total_scopes): all industries; for NACE divisions industry and services, then the business "
    "economy; for traded clusters their sum; else the sum of the industries imported. A cell that is withheld, not "
    "available, blank or without a row is unknown and not zero: a sum made here exists only where every cell of it "
    "is known, and without a total there is no quotient. A total that a data set brings with it is taken as it is; "
    "those of the US states shipped here are sums of the rows there are, in which a traded cluster without a row "
    "counts as nothing. The country's figures are its own rows where it has them, else the sums of its regions. "
    f"Strong is what the source marks, else a quotient of at least {STRONG_QUOTIENT} (assigned); a share of the "
    "industries imported alone makes nothing strong. The only region of a country with figures has no quotient, "
    "since it would be 1 whatever its industry. Estimated figures are marked; the card of the data set on the page "
    "Sources says how they were made. Wages are in the currency of the source and are not converted."
)


def evidence(frame: pd.DataFrame) -> Evidence:
    """The rows of statistics behind a figure, by their keys."""
    keys = frame["region_code"] + "|" + frame["industry_id"] + "|" + frame["period"]
    return Evidence(TABLE, tuple(dict.fromkeys(keys)))


def table_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows for a table: what each quotient is measured against or why there is none, and why a figure is missing.

    Quotients have three decimals, so charts and sentences take them from the frame, not from here; regions of the same
    name are told apart by their code. employment_basis is in words, employment_basis_code as the query gives it;
    time_period is the period, a name that registers give another meaning.
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
        time_period=frame["period"],
        location_quotient=frame["location_quotient"].round(3),
        employment=_figure_or_reason(frame, "employment"),
        establishments=_figure_or_reason(frame, "establishments"),
        employment_published=_published_part(frame),
        employment_basis=frame["employment_basis"].map(BASIS_LABELS),
        employment_basis_code=frame["employment_basis"],
        flags=frame["flags"].fillna("none"),
    )


def _figure_or_reason(frame: pd.DataFrame, column: str) -> pd.Series:
    """The figures of a column, with the reason where there is none."""
    figures = frame[column].astype(object)
    return figures.where(frame[column].notna(), frame[f"{column}_missing"])


def _published_part(frame: pd.DataFrame) -> pd.Series:
    """The published part of estimated figures; of a figure that is no estimate there is none."""
    return frame["employment_published"].astype(object).where(frame["employment_basis"] == "estimated", NOT_APPLICABLE)


def columns_of(frame: pd.DataFrame) -> dict[str, str]:
    """COLUMNS without those that are blank in every row. frame: rows as the query gives them."""
    is_blank = {name for name in COLUMNS if name in frame and name not in ALWAYS and frame[name].isna().all()}
    return {name: heading for name, heading in COLUMNS.items() if name not in is_blank}


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
    """End of a title that says when a quotient is of a part of the industries only."""
    known = frame[frame["location_quotient"].notna()]
    part = known[known["total_basis"] == PART]
    if part.empty:
        return ""
    where = "" if len(part) == len(known) else f" in {format_codes(part['country_code'])}"
    return f",{where} within the industries imported"


def with_measure(chart: Chart, measure: str) -> Chart:
    """The chart with a text alternative that says when establishments are counted."""
    return chart if measure == "employment" else replace(chart, alt=f"Counted in establishments. {chart.alt}")


def above_one(values: pd.Series, population: str) -> str:
    """'3 of 8 US states with a quotient (38 %) are above 1'. values: not rounded, since 1.0003 is above 1."""
    count = int((values > 1).sum())
    return f"{Share(count, len(values), population)} {agree(count, 'is', 'are')} above 1"
