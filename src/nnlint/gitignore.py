"""What git leaves out: the .gitignore files from the top of a repository down, and its info/exclude."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

__all__ = ["Ignores"]


@dataclass(frozen=True, slots=True)
class Ignores:
    """Patterns that apply in a folder, outermost first, each with the folder it is relative to."""

    specs: tuple[tuple[Path, GitIgnoreSpec], ...] = ()

    @staticmethod
    def above(top: Path) -> Ignores:
        """The patterns of the repository that hold above `top`; none if they leave `top` itself out."""
        top = top.absolute()
        folders = [top, *top.parents]
        repository = next((index for index, folder in enumerate(folders) if (folder / ".git").exists()), 0)
        found = Ignores()
        for folder in reversed(folders[: repository + 1]):
            if (folder / ".git").exists():
                found = found.add(folder, folder / ".git" / "info" / "exclude")
            if folder != top:
                found = found.enter(folder)
                inner = folders[folders.index(folder) - 1]
                found = Ignores() if found.match(inner, True) else found
        return found

    def enter(self, folder: Path) -> Ignores:
        """With the patterns of one more folder."""
        return self.add(folder, folder / ".gitignore")

    def add(self, folder: Path, file: Path) -> Ignores:
        """With the patterns of one more file, relative to a folder."""
        try:
            text = file.read_text("utf-8", "replace") if file.is_file() else ""
        except OSError:
            return self
        if not text.strip():
            return self
        from pathspec import GitIgnoreSpec  # slow to import

        spec = GitIgnoreSpec.from_lines(text.splitlines())
        return Ignores((*self.specs, (folder.absolute(), spec)))

    def match(self, path: Path, is_folder: bool) -> bool:
        """Whether git leaves a path out; the innermost file that speaks of it decides."""
        if not self.specs:
            return False
        path = path.absolute()
        for folder, spec in reversed(self.specs):
            name = path.relative_to(folder).as_posix() + ("/" if is_folder else "")
            verdict = spec.check_file(name).include
            if verdict is not None:
                return verdict
        return False
