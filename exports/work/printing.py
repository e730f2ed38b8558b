"""Makes the file of a request: in a process of its own, and the PDF of a report from the HTML of such a process."""

from dataclasses import replace

from domain.progress import Progress
from exports.images.render import ImageExportError
from exports.pdf.printed import print_report
from exports.work.process import FileError, make_file
from exports.work.request import PDF, FileRequest


def make_or_print(request: FileRequest, progress: Progress) -> bytes:
    """The file; errors as of exports.work.process.make_file. A PDF that is being printed cannot be cancelled."""
    if request.kind != PDF:
        return make_file(request, progress)
    page = make_file(replace(request, kind="html"), lambda part, step: progress(part * 0.4, step))
    progress(0.4, "Printing the pages")
    try:
        return print_report(page)
    except ImageExportError as error:
        raise FileError(str(error)) from error
