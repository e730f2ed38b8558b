"""The base class of errors that are told to readers."""


class ReadableError(Exception):
    """An error that is not a fault of the program; its message is for readers and names no path of the server."""
