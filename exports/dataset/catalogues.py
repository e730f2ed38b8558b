"""Descriptions of the dataset for search engines (schema.org) and for data portals (DCAT-AP 3), both as JSON-LD."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.product import AUTHOR, LICENCES, NAME
from domain.urls import is_web_address
from exports.csv.metadata import PACKAGE
from exports.dataset.contents import (
    DATABASE,
    DESCRIPTION,
    KEYWORDS,
    PARQUET_FOLDER,
    TITLE,
    Dataset,
)
from exports.dataset.texts import PARTS_FILE
from settings import load_settings

_AUTHORITY = "http://publications.europa.eu/resource/authority"
_IANA = "https://www.iana.org/assignments/media-types"
_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True)
class File:
    """A file of the folder: bytes and SHA-256."""

    size: int
    digest: str


@dataclass(frozen=True)
class _Form:
    """One form of the data: its entry in the folder, a title, media type and file type of the EU's vocabularies."""

    path: str
    title: str
    media_type: str
    file_type: str


_FORMS = (
    _Form(DATABASE, "DuckDB database with all tables, views and rules", "", ""),
    _Form(PACKAGE, "CSV files, one for each table, described by a Data Package", "text/csv", "CSV"),
    _Form(f"{PARQUET_FOLDER}/", "Parquet files, one for each table", "application/vnd.apache.parquet", "PARQUET"),
)


def schema_org(dataset: Dataset, files: Mapping[str, File]) -> dict[str, Any]:
    """The dataset as schema.org describes it; ``files`` are those of the folder by path."""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": dataset.identifier,
        "name": TITLE,
        "description": DESCRIPTION,
        "identifier": dataset.identifier,
        "version": dataset.release,
        "datePublished": dataset.day.isoformat(),
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "keywords": list(KEYWORDS),
        "license": LICENCES["data"].url,
        "creator": {"@type": "Organization", "name": AUTHOR},
        **({"url": load_settings().public_url} if load_settings().public_url else {}),
        "spatialCoverage": [{"@type": "Place", "name": name} for name in ("European Union", "United States")],
        "isBasedOn": [
            {
                "@type": "CreativeWork",
                "name": part.title,
                "publisher": {"@type": "Organization", "name": part.publisher},
                **({"url": part.url} if is_web_address(part.url) else {}),
            }
            for part in dataset.parts
        ],
        "distribution": [_download(form, dataset, files) for form in _FORMS],
    }


def _download(form: _Form, dataset: Dataset, files: Mapping[str, File]) -> dict[str, Any]:
    file = files.get(form.path) if form.path == DATABASE else None
    return {
        "@type": "DataDownload",
        "name": form.title,
        "contentUrl": dataset.address(form.path),
        **({"encodingFormat": form.media_type} if form.media_type else {}),
        **({"contentSize": f"{math.ceil(file.size / 1000)} kB", "sha256": file.digest} if file else {}),
    }


def dcat_ap(dataset: Dataset, files: Mapping[str, File]) -> dict[str, Any]:
    """A catalogue with the dataset after DCAT-AP 3; ``files`` are those of the folder by path."""
    publisher = {"@id": "_:publisher", "@type": "foaf:Agent", "foaf:name": _text(AUTHOR)}
    return {
        "@context": _CONTEXT,
        "@graph": [
            publisher,
            {
                "@id": f"{dataset.identifier}#catalogue",
                "@type": "dcat:Catalog",
                "dct:title": _text(NAME),
                "dct:description": _text(f"Data of the {NAME}."),
                "dct:publisher": {"@id": "_:publisher"},
                "dct:language": _authority("language/ENG"),
                "dct:issued": _day(dataset),
                "dcat:dataset": {"@id": dataset.identifier},
            },
            {
                "@id": dataset.identifier,
                "@type": "dcat:Dataset",
                "dct:title": _text(TITLE),
                "dct:description": _text(DESCRIPTION),
                "dct:identifier": dataset.identifier,
                "dct:publisher": {"@id": "_:publisher"},
                "dct:creator": {"@id": "_:publisher"},
                "dct:issued": _day(dataset),
                "dcat:version": dataset.release,
                "dct:language": _authority("language/ENG"),
                "dct:accrualPeriodicity": _authority("frequency/IRREG"),
                "dct:accessRights": _authority("access-right/PUBLIC"),
                "dcat:theme": [_authority(f"data-theme/{code}") for code in ("ECON", "REGI", "INTR")],
                "dcat:keyword": [_text(word) for word in KEYWORDS],
                "dct:source": [{"@id": part.url} for part in dataset.parts if is_web_address(part.url)],
                "dcat:distribution": [_distribution(form, dataset, files) for form in _FORMS],
                **(
                    {"dcat:landingPage": {"@id": load_settings().public_url, "@type": "foaf:Document"}}
                    if load_settings().public_url
                    else {}
                ),
            },
        ],
    }


def _distribution(form: _Form, dataset: Dataset, files: Mapping[str, File]) -> dict[str, Any]:
    address = {"@id": dataset.address(form.path)}
    result: dict[str, Any] = {
        "@id": f"{dataset.identifier}#{form.path.split('.')[0].strip('/')}",
        "@type": "dcat:Distribution",
        "dct:title": _text(form.title),
        "dcat:accessURL": address,
        "dct:license": _authority("licence/CC_BY_4_0"),
        "dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": _text(f"Rows of others: see {PARTS_FILE}.")},
        "dct:issued": _day(dataset),
    }
    if form.path == DATABASE:
        file = files[form.path]
        result |= {
            "dcat:downloadURL": address,
            "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
            "spdx:checksum": {
                "@type": "spdx:Checksum",
                "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
                "spdx:checksumValue": {"@value": file.digest, "@type": "xsd:hexBinary"},
            },
        }
    if form.media_type:
        result |= {
            "dcat:mediaType": {"@id": f"{_IANA}/{form.media_type}"},
            "dct:format": _authority(f"file-type/{form.file_type}"),
        }
    if form.path == PACKAGE:
        result["dct:conformsTo"] = {"@id": "https://datapackage.org/profiles/2.0/datapackage.json"}
    return result


def _authority(path: str) -> dict[str, str]:
    """A term of the authority tables of the Publications Office, which DCAT-AP asks for."""
    return {"@id": f"{_AUTHORITY}/{path}"}


def _text(value: str) -> dict[str, str]:
    return {"@value": value, "@language": "en"}


def _day(dataset: Dataset) -> dict[str, str]:
    return {"@value": dataset.day.isoformat(), "@type": "xsd:date"}
