"""Settings as text, in the words of a configuration file."""

from __future__ import annotations

import json
from pathlib import Path

from nnlint.apis import Api
from nnlint.config import Settings

__all__ = ["settings_text"]


def settings_text(settings: Settings, path: Path | None) -> str:
    """What holds for a file, as TOML that could be its whole configuration."""
    lines = [
        f"# file: {path if path is not None else 'none'}",
        f"# configuration: {settings.file or 'none'}",
        f"# patterns and paths are relative to: {settings.root}",
        f"select = {_list(settings.rules)}",
        f"exclude = {_list(pattern.text for pattern in settings.exclude.all)}",
        f"include = {_list(pattern.text for pattern in settings.include.all)}",
        f"first-party = {_list(str(folder) for folder in settings.first_party)}",
        f"framework = {_list(settings.framework)}",
        f"severity = {json.dumps(settings.severity.value)}",
        f"force-exclude = {json.dumps(settings.force_exclude)}",
        f"respect-gitignore = {json.dumps(settings.respect_gitignore)}",
        f"fix = {json.dumps(settings.fix)}",
        f"fix-only = {json.dumps(settings.fix_only)}",
        f"show-fixes = {json.dumps(settings.show_fixes)}",
        f"unsafe-fixes = {json.dumps(settings.unsafe_fixes)}",
        f"unfixable = {_list(settings.unfixable)}",
        f"extend-safe-fixes = {_list(settings.safe)}",
        f"extend-unsafe-fixes = {_list(settings.unsafe)}",
    ]
    if settings.fixable is not None:
        lines.append(f"fixable = {_list(settings.fixable)}")
    if settings.apis:
        lines += ["", "[apis]"]
    lines += [f"{json.dumps(api.name)} = {{ {_said(api)} }}" for api in settings.apis]
    if settings.per_file_ignores:
        lines += ["", "[per-file-ignores]"]
    for pattern, wanted, codes in settings.per_file_ignores:
        lines.append(f"{json.dumps(('' if wanted else '!') + pattern.text)} = {_list(codes)}")
    return "\n".join(lines)


def _said(api: Api) -> str:
    """What an entry says, without what holds anyway."""
    words = [(key, getattr(api, key)) for key in ("like", "returns", "expects")]
    said = [f"{key} = {json.dumps(word)}" for key, word in words if word]
    return ", ".join(said if api.escapes else [*said, "escapes = false"])


def _list(texts: object) -> str:
    return json.dumps(sorted(texts))  # type: ignore[call-overload]
