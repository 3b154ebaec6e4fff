"""When the linter runs: after a pause in typing, in a thread of its own, and not for texts that are old."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from nnlint.run import Result
from nnlint.server.session import Cancelled, Session

__all__ = ["Arrival", "Runner"]

_LONGEST = 0.5
"""Seconds that typing without a pause may hold the linter back."""
_SELDOM = 1.0
"""Seconds between two reports while files that are not open are looked at."""
_LOOKS = 40
"""Files looked at before garbage is collected, in the next pause."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of the files of a session. fresh: the open files whose result is that of this version."""

    session: Session
    result: Result
    versions: dict[Path, int | None]
    fresh: frozenset[Path]
    goal: int


class Runner:
    """Looks at what became stale whenever somebody asks.

    sessions: those to look through, the most urgent first. arrived: called in the event loop.
    """

    def __init__(self, sessions: Callable[[], Iterable[Session]], arrived: Callable[[Arrival], None]) -> None:
        self.delay = 0.06
        self._sessions = sessions
        self._arrived = arrived
        self._asked = 0
        self._closed = False
        self._looks = 0
        self._pool = ThreadPoolExecutor(1, "nnlint")
        self._waiting: list[tuple[int, Path | None, asyncio.Future[None]]] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake: asyncio.Event | None = None
        self._task: asyncio.Task[None] | None = None

    def ask(self) -> None:
        """Something changed. What is being looked at for an older state is given up."""
        self._asked += 1
        if self._task is None:
            self._loop = asyncio.get_running_loop()
            self._wake = asyncio.Event()
            self._task = self._loop.create_task(self._run())
        assert self._wake is not None
        self._wake.set()

    async def settled(self, path: Path | None = None) -> None:
        """Wait until the result of a file, or everything, is that of the present texts."""
        if self._closed:
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((self._asked, path, future))
        if self._task is None or (self._wake is not None and not self._wake.is_set()):
            self.ask()  # nothing is under way: the answer may be there at once
            self._waiting[-1] = (self._asked, path, future)
        await future

    def close(self) -> None:
        """End, without waiting for what is under way."""
        self._closed = True
        self._asked += 1
        if self._task is not None and self._loop is not None and not self._loop.is_closed():
            self._task.cancel()
        for _, _, future in self._waiting:
            if not future.done():
                future.cancel()
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _run(self) -> None:
        assert self._loop is not None
        assert self._wake is not None
        while not self._closed:
            await self._wake.wait()
            await self._pause(self._wake)
            goal = self._asked
            if await self._loop.run_in_executor(self._pool, self._work, goal):
                self._resolve(goal, None)
                if self._looks >= _LOOKS and not self._wake.is_set():
                    self._looks = 0
                    await self._loop.run_in_executor(self._pool, gc.collect)

    async def _pause(self, wake: asyncio.Event) -> None:
        """Wait until nothing new has come in for a moment."""
        started = monotonic()
        while wake.is_set():
            wake.clear()
            if self.delay and monotonic() - started < _LONGEST:
                await asyncio.sleep(self.delay)

    def _work(self, goal: int) -> bool:
        """Whether everything was looked at before something new came in."""
        gc.disable()  # looking for cycles all the time is a good part of a run
        try:
            for session in list(self._sessions()):
                self._look_through(session, goal)
        except Cancelled:
            return False
        return True

    def _look_through(self, session: Session, goal: int) -> None:
        session.stop = lambda: self._asked != goal
        session.catch_up()
        last = monotonic()
        for path in session.work():
            self._looks += 1
            if path in session.texts or monotonic() - last > _SELDOM:
                self._deliver(session, goal)
                last = monotonic()
        self._deliver(session, goal)

    def _deliver(self, session: Session, goal: int) -> None:
        fresh = frozenset(path for path in session.texts if session.is_fresh(path))
        arrival = Arrival(session, session.report(), dict(session.versions), fresh, goal)
        assert self._loop is not None
        if not self._closed:
            self._loop.call_soon_threadsafe(self._take, arrival)

    def _take(self, arrival: Arrival) -> None:
        self._arrived(arrival)
        for path in arrival.fresh:
            self._resolve(arrival.goal, path)

    def _resolve(self, goal: int, path: Path | None) -> None:
        """Tell those who wait for a file, or for anything."""
        rest = []
        for wanted, file, future in self._waiting:
            if future.done():
                continue
            if wanted <= goal and (path is None or path == file):
                future.set_result(None)
            else:
                rest.append((wanted, file, future))
        self._waiting = rest
