"""What a caller did wrong, in one line."""


class ApiError(Exception):
    """A request that cannot be answered: HTTP status, and what was wrong, where and how to mend it."""

    def __init__(self, status: int, message: str) -> None:
        """``status`` is the HTTP status of the answer, ``message`` its one line."""
        super().__init__(message)
        self.status = status
        self.message = message
