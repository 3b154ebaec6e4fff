"""The language server: requests and notifications of the protocol, each answered from the desk."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from nnlint import __version__
from nnlint.server.answers import Answers
from nnlint.server.desk import Desk
from nnlint.server.documents import path_of
from nnlint.server.options import Options, read_options
from nnlint.server.session import Session
from nnlint.server.sync import Sync

__all__ = ["App"]

_WATCHED = ("**/*.py", "**/*.ipynb", "**/pyproject.toml", "**/nnlint.toml", "**/.nnlint.toml")
_log = logging.getLogger("nnlint.server")


class App:
    """One server for one client."""

    def __init__(self) -> None:
        self.desk = Desk(self._changed, self._complain)
        self._tasks: set[asyncio.Task[None]] = set()
        server: Any = LanguageServer(
            "nnlint",
            __version__,
            notebook_document_sync=types.NotebookDocumentSyncOptions(
                [types.NotebookDocumentFilterWithNotebook("*", [types.NotebookCellLanguage("python")])],
                save=True,
            ),
        )
        server.report_server_error = self._report
        self.server = server
        self.answers = Answers(self.desk, self._encoding)
        self.sync = Sync(self.desk, self._encoding)
        self._register()

    def start(self) -> None:
        """Serve until the client says goodbye."""
        try:
            self.server.start_io()
        finally:
            self.desk.runner.close()

    def _encoding(self) -> str:
        encoding = self.server.workspace.position_encoding
        return str(getattr(encoding, "value", encoding))

    def _capability(self, path: str) -> Any:
        """What the client can do, by a dotted path; None where it does not say."""
        found: Any = self.server.client_capabilities
        for name in path.split("."):
            found = getattr(found, name, None)
        return found

    def _register(self) -> None:
        """Tie every message to what answers it; texts are kept here and not by the library."""
        sync, answers = self.sync, self.answers
        handlers: dict[str, Callable[[Any], Any]] = {
            types.TEXT_DOCUMENT_DID_OPEN: sync.opened,
            types.TEXT_DOCUMENT_DID_CHANGE: sync.changed,
            types.TEXT_DOCUMENT_DID_SAVE: sync.saved,
            types.TEXT_DOCUMENT_DID_CLOSE: sync.closed,
            types.NOTEBOOK_DOCUMENT_DID_OPEN: sync.notebook_opened,
            types.NOTEBOOK_DOCUMENT_DID_CHANGE: sync.notebook_changed,
            types.NOTEBOOK_DOCUMENT_DID_SAVE: sync.notebook_saved,
            types.NOTEBOOK_DOCUMENT_DID_CLOSE: sync.notebook_closed,
            types.WORKSPACE_DID_CHANGE_WATCHED_FILES: sync.files_changed,
            types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: self._folders_changed,
            types.WORKSPACE_DID_CHANGE_CONFIGURATION: self._configuration_changed,
            types.INITIALIZE: self._initialize,
            types.INITIALIZED: self._initialized,
            types.SHUTDOWN: lambda _params: None,
        }
        for method, handler in handlers.items():
            if method not in (types.INITIALIZE, types.INITIALIZED, types.SHUTDOWN):
                self.server.protocol.fm.builtin_features.pop(method, None)
            self.server.feature(method)(_plain(handler))
        kinds = [types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll, "source.fixAll.nnlint"]
        pulling = types.DiagnosticOptions(True, True, "nnlint")
        for method, answer, options in (
            (types.TEXT_DOCUMENT_HOVER, answers.hover, None),
            (types.TEXT_DOCUMENT_CODE_ACTION, answers.actions, types.CodeActionOptions(kinds)),
            (types.TEXT_DOCUMENT_DIAGNOSTIC, self._diagnostic, pulling),
            (types.WORKSPACE_DIAGNOSTIC, answers.workspace, None),
        ):
            self.server.feature(method, options)(_waiting(answer))

    def _initialize(self, params: Any) -> None:
        folders = [path_of(folder.uri) for folder in params.workspace_folders or ()]
        if not folders and params.root_uri:
            folders = [path_of(params.root_uri)]
        self.desk.folders = folders
        self.answers.versioned = bool(self._capability("workspace.workspace_edit.document_changes"))
        self._settings({None: params.initialization_options})

    def _initialized(self, _params: Any) -> None:
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        files = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        settings = types.DidChangeConfigurationRegistrationOptions("nnlint")
        for capability, method, options in (
            ("did_change_watched_files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, files),
            ("did_change_configuration", types.WORKSPACE_DID_CHANGE_CONFIGURATION, settings),
        ):
            if self._capability(f"workspace.{capability}.dynamic_registration"):
                self._background(self._ask_to_tell(method, options))
        if self._capability("workspace.configuration"):
            self._background(self._ask_settings())

    async def _ask_to_tell(self, method: str, options: Any) -> None:
        registration = types.Registration(f"nnlint {method}", method, options)
        await self.server.client_register_capability_async(types.RegistrationParams([registration]))

    async def _ask_settings(self) -> None:
        """Ask the client for its settings, of each folder."""
        folders: list[Path | None] = [None, *self.desk.folders]
        items = [
            types.ConfigurationItem(None if folder is None else folder.as_uri(), "nnlint")
            for folder in folders
        ]
        found = await self.server.workspace_configuration_async(types.ConfigurationParams(items))
        pairs = zip(folders, found, strict=False)
        self._settings({folder: value for folder, value in pairs if value is not None})

    def _configuration_changed(self, params: Any) -> None:
        if self._capability("workspace.configuration"):
            self._background(self._ask_settings())
        else:
            self._settings({None: params.settings})

    def _settings(self, values: dict[Path | None, object]) -> None:
        options: dict[Path | None, Options] = dict(self.desk.options)
        for folder, value in values.items():
            options[folder], problems = read_options(_plain_data(value))
            for problem in problems:
                self._complain(problem)
        self.answers.unsafe = all(each.unsafe for each in options.values())
        self.desk.configure(options)

    def _folders_changed(self, params: Any) -> None:
        event = params.event
        added, removed = ([path_of(each.uri) for each in part] for part in (event.added, event.removed))
        self.desk.move(added, removed)
        if self._capability("workspace.configuration"):
            self._background(self._ask_settings())

    def _changed(self, session: Session, paths: list[Path]) -> None:
        """Tell the client: push where it does not pull, else say that pulling again is worth it."""
        pulls = bool(self._capability("text_document.diagnostic"))
        for path in paths:
            if self.answers.is_notebook(path):
                pulled = pulls and self.answers.pulls_cells
            else:
                pulled = pulls and (path in session.texts or self.desk.everything)
            if not pulled:
                self._push(self.answers.published(path))
        if pulls and self._capability("workspace.diagnostics.refresh_support"):
            others = [path for path in paths if not self.answers.is_pulled(path)]
            if others:
                self._background(self.server.workspace_diagnostic_refresh_async(None))

    def _push(self, messages: Iterable[Any]) -> None:
        for params in messages:
            self.server.text_document_publish_diagnostics(params)

    async def _diagnostic(self, params: Any) -> Any:
        """The findings of a document; those of cells are no longer pushed once the client asks for them."""
        answer = await self.answers.diagnostic(params)
        if self.answers.pulls_cells:
            self._push(self.answers.withdrawn())
        return answer

    def _complain(self, problem: str) -> None:
        """Show a problem, once."""
        message = f"nnlint: {problem}"
        self.server.window_show_message(types.ShowMessageParams(types.MessageType.Warning, message))

    def _report(self, error: Exception, _source: Any) -> None:
        """Failures are written down, not shown: a malformed message is nothing a user can mend."""
        _log.warning("%s: %s", type(error).__name__, error)

    def _background(self, work: Any) -> None:
        async def run() -> None:
            try:
                await work
            except Exception as error:
                self._report(error, None)

        task = asyncio.get_running_loop().create_task(run())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _plain(handler: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def call(params: Any = None) -> Any:
        return handler(params)

    return call


def _waiting(handler: Callable[[Any], Any]) -> Callable[[Any], Any]:
    async def call(params: Any) -> Any:
        return await handler(params)

    return call


def _plain_data(value: Any) -> Any:
    """Settings as dictionaries, whatever the library made of the JSON."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, dict):
        return {key: _plain_data(each) for key, each in value.items()}
    return [_plain_data(each) for each in value] if isinstance(value, (list, tuple)) else value
