"""A language server in a process of its own, and a client that speaks to it."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from importlib.util import find_spec

import pytest

if find_spec("pygls") is None or find_spec("pytest_lsp") is None:
    collect_ignore_glob = ["test_*.py"]
else:
    import pytest_lsp
    from editing import Editor
    from pytest_lsp import ClientServerConfig, LanguageClient

    _CONFIG = ClientServerConfig(server_command=[sys.executable, "-m", "nnlint", "server"])

    @pytest_lsp.fixture(config=_CONFIG)
    async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
        """A client whose server ends with the test."""
        yield
        await lsp_client.shutdown_session()

    @pytest.fixture
    def editor(client: LanguageClient) -> Editor:
        """An editor that has not said hello yet."""
        return Editor(client)
