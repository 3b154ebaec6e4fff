"""Which files are linted: those named, and those found in folders, in a fixed order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nnlint.config import Resolver, Settings
from nnlint.gitignore import Ignores

__all__ = ["Target", "discover"]


@dataclass(frozen=True, slots=True)
class Target:
    """A file to lint, as the user named it, and its settings."""

    path: Path
    settings: Settings


def discover(paths: Iterable[Path], resolver: Resolver) -> list[Target]:
    """The files of the given paths, sorted, each once.

    A file that is named is linted whatever its name, unless `force-exclude` is set. Symbolic links to
    folders are not followed. Raises ConfigError.
    """
    found: dict[str, Target] = {}
    real: dict[str, str] = {}
    for path in paths:
        for target in _folder(path, resolver) if path.is_dir() else _file(path, resolver):
            found.setdefault(_real(target.path, real), target)
    return sorted(found.values(), key=lambda target: str(target.path))


def _real(path: Path, folders: dict[str, str]) -> str:
    """The path without links; each folder is asked about once."""
    folder, name = os.path.split(path)
    if name in {"", ".", ".."} or path.is_symlink():
        return os.path.realpath(path)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return os.path.join(folders[folder], name)


def _file(path: Path, resolver: Resolver) -> Iterator[Target]:
    """A file the user named."""
    settings = resolver.settings(path.absolute().parent)
    if path.suffix != ".pyi" and not (settings.force_exclude and settings.excludes_above(path)):
        yield Target(path, settings)


def _folder(top: Path, resolver: Resolver) -> Iterator[Target]:
    """The files of a folder the user named; what lies above it excludes nothing, unless forced."""
    settings = resolver.settings(top)
    if settings.force_exclude and settings.excludes_above(top):
        return
    yield from _walk(top, resolver, Ignores.above(top))


def _walk(directory: Path, resolver: Resolver, above: Ignores) -> Iterator[Target]:
    """Files first, then folders, both by name."""
    settings = resolver.settings(directory)
    ignores = above.enter(directory) if settings.respect_gitignore else above
    folders: list[Path] = []
    for entry in _entries(directory):
        path = directory / entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        if not is_folder and not (settings.includes(path) and _is_file(entry)):
            continue
        if settings.excludes(path) or (settings.respect_gitignore and ignores.match(path, is_folder)):
            continue
        if is_folder:
            folders.append(path)
        else:
            yield Target(path, settings)
    for folder in folders:
        yield from _walk(folder, resolver, ignores)


def _entries(directory: Path) -> list[os.DirEntry[str]]:
    """The content of a folder by name; nothing where it may not be read."""
    try:
        with os.scandir(directory) as found:
            # What begins so holds no text: macOS keeps attributes there when files are copied elsewhere.
            return sorted(
                (each for each in found if not each.name.startswith("._")), key=lambda each: each.name
            )
    except OSError:
        return []


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is a regular file, or a link to one."""
    try:
        return stat.S_ISREG(entry.stat().st_mode)
    except OSError:
        return False
