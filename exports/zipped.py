"""ZIP files whose bytes depend on their content only."""

import io
import zipfile
from collections.abc import Iterable

MIME = "application/zip"
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that the format can hold


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP of these files, as pairs of name and content: every entry has the same fixed time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, date_time=_NO_TIME)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, compress_type=zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
