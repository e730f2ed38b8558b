"""Opens the file that the user named as text, whether it is a text file or an Excel workbook."""

from etl.imports.rejects import RejectLog
from etl.imports.run import ImportContext
from etl.imports.text_input import TextInput, require_file, text_input
from etl.imports.workbook import is_workbook, sheet_as_csv


def source_text(context: ImportContext, columns: tuple[str, ...], reject_log: RejectLog) -> TextInput:
    """The file as CSV or TSV in UTF-8; columns: those of the header, by which the sheet of a workbook is found.

    Notes how it was read. Raises InputError.
    """
    request = context.request
    require_file(request.file, request.display_path)
    if is_workbook(request.file):
        text = sheet_as_csv(request.file, request.display_path, columns, request.reading.sheet, context.folder)
    else:
        text = text_input(request.file, request.display_path, request.reading, context.folder)
    reject_log.notes.extend(text.notes)
    return text
