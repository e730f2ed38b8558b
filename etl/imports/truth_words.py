"""What spreadsheets write for true and false: the words of the language of their user."""

YES = ("true", "yes", "y", "1", "wahr", "vrai", "vero", "verdadero", "verdadeiro", "waar")
NO = ("false", "no", "n", "0", "falsch", "faux", "falso", "onwaar")


def truth(text: str) -> bool | None:
    """Whether a cell says true or false; None for another text."""
    word = text.strip().lower()
    return True if word in YES else False if word in NO else None
