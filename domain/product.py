"""Name, author, version and licences of the product, as screens, files and citations print them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

NAME = "EU–US cluster cooperation dashboard"
SHORT_NAME = "EU–US cluster cooperation"  # title of pages and files
SLUG = "eu-us-cluster-cooperation"  # in identifiers: part of the UID of calendar entries, so it must not change
VERSION = "1.0.0"
AUTHOR = "EU–US Cluster Cooperation Dashboard contributors"  # the credit that LICENSE-data asks for


@dataclass(frozen=True)
class Licence:
    """A licence: SPDX id, short and full name, URL of its summary, and the file of the repository with our terms."""

    spdx_id: str
    short_name: str
    name: str
    url: str
    path: str


LICENCES: Mapping[str, Licence] = MappingProxyType(
    {
        "code": Licence("MIT", "MIT", "MIT License", "https://opensource.org/license/mit", "LICENSE"),
        "data": Licence(
            "CC-BY-4.0",
            "CC BY 4.0",
            "Creative Commons Attribution 4.0 International",
            "https://creativecommons.org/licenses/by/4.0/",
            "LICENSE-data",
        ),
    }
)
CREDIT = f"{AUTHOR}, {LICENCES['data'].short_name}"
