"""Approved output: text files that hold what readers see, compared with what the product shows now."""

import difflib
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "approved"
MAX_DIFF_LINES = 60
HOW_TO_APPROVE = "If this is meant, run `make approve` and read `git diff tests/approved`."


@dataclass
class Approved:
    """Compares texts with the files of a folder, or writes these anew; ``used`` are the files that were asked for."""

    is_writing: bool
    folder: Path = FOLDER
    used: set[Path] = field(default_factory=set)

    def __call__(self, name: str, text: str) -> None:
        """Compare a text with the file NAME.txt; raises AssertionError with the lines that differ."""
        path = self.folder / f"{name}.txt"
        self.used.add(path)
        text = text.rstrip("\n") + "\n"
        if self.is_writing:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return
        known = path.read_text(encoding="utf-8") if path.is_file() else ""
        if known != text:
            raise AssertionError(f"{path.name} is not what is shown now. {HOW_TO_APPROVE}\n{_difference(known, text)}")

    def names(self, folder: str) -> set[str]:
        """Names of the files of a folder that are there; while they are written, of those written so far."""
        there = self.used if self.is_writing else self.folder.rglob("*.txt")
        return {path.stem for path in there if path.parent == self.folder / folder}

    def remove_unused(self) -> list[Path]:
        """Delete the files that nothing asked for; returns them."""
        unused = sorted(set(self.folder.rglob("*.txt")) - self.used)
        for path in unused:
            path.unlink()
        return unused


def _difference(known: str, text: str) -> str:
    lines = list(difflib.unified_diff(known.splitlines(), text.splitlines(), "approved", "now", n=1, lineterm=""))
    rest = [f"and {len(lines) - MAX_DIFF_LINES} more lines"] if len(lines) > MAX_DIFF_LINES else []
    return "\n".join([*lines[:MAX_DIFF_LINES], *rest])
