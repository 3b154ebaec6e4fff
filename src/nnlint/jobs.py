"""Spreading files over processes; the results do not depend on how."""

from __future__ import annotations

import gc
import multiprocessing
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from nnlint.worker import FileResult, Setup, Task, Worker, describe

__all__ = ["cores", "look_at_all"]

_FEW_FILES = 16
"""Below this a second process costs more than it saves."""
_COLLECT_AFTER = 10_000
"""Files after which a process collects garbage: there is little, since machines are taken apart."""
_CHUNK = 32
"""The most files handed to a process at once: neighbours, which share imports."""

_worker: Worker | None = None


def cores() -> int:
    """The processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def look_at_all(setup: Setup, tasks: Sequence[Task], jobs: int) -> Iterator[FileResult]:
    """The result of every task, in any order."""
    jobs = min(jobs, len(tasks))
    if jobs <= 1 or len(tasks) < _FEW_FILES:
        yield from _serially(Worker(setup), tasks)
        return
    chunks = list(_chunks(tasks, jobs))
    with _shared(setup) as setup:
        lost: list[Task] = []
        yield from _pool(setup, chunks, jobs, lost)
        for task in sorted(lost, key=lambda task: task.path):
            yield from _alone(setup, task)


def _chunks(tasks: Sequence[Task], jobs: int) -> Iterator[Sequence[Task]]:
    """Tasks to hand out at once, fewer and fewer, so that at the end no process waits long for another."""
    start = 0
    while start < len(tasks):
        size = max(1, min(_CHUNK, (len(tasks) - start) // (jobs * 4)))
        yield tasks[start : start + size]
        start += size


@contextmanager
def _shared(setup: Setup) -> Iterator[Setup]:
    """With a place for the code that the processes make, so that none parses what another one has parsed."""
    kept = setup.kept_codes()
    if kept is not None:
        yield replace(setup, codes=kept)
        return
    try:
        folder = tempfile.mkdtemp(prefix="nnlint-")
    except OSError:  # nowhere to write: each process by itself
        yield setup
        return
    try:
        yield replace(setup, codes=Path(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _serially(worker: Worker, tasks: Sequence[Task]) -> Iterator[FileResult]:
    """Look at files one after the other, garbage collected only now and then.

    Trees and IR hold no cycles, so that looking for cycles among them all the time is a sixth of the run.
    What there is at the end is set aside, or Python looks through all of it as soon as it may again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        for task in tasks:
            yield worker.look(task)
            if worker.looks % _COLLECT_AFTER == 0:
                gc.unfreeze()
                gc.collect()
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def _pool(
    setup: Setup, chunks: Sequence[Sequence[Task]], jobs: int, lost: list[Task]
) -> Iterator[FileResult]:
    """Results of the chunks; tasks whose process died are added to `lost`."""
    pool = ProcessPoolExecutor(jobs, initializer=_start, initargs=(setup,))
    try:
        waiting = {pool.submit(_look, chunk): chunk for chunk in chunks}
        for future in as_completed(waiting):
            yield from _results(future, waiting[future], lost)
    except BaseException:
        for process in multiprocessing.active_children():
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _results(
    future: Future[list[FileResult]], tasks: Sequence[Task], lost: list[Task]
) -> Sequence[FileResult]:
    try:
        return future.result()
    except BrokenProcessPool:
        lost.extend(tasks)
        return []


def _alone(setup: Setup, task: Task) -> Iterator[FileResult]:
    """A task whose process died is tried once more in a process of its own."""
    lost: list[Task] = []
    yield from _pool(setup, [[task]], 1, lost)
    if lost:
        yield FileResult(task.path, error=describe(Path(task.path), BrokenProcessPool("the process died")))


def _start(setup: Setup) -> None:
    """Make the worker of a process, which an interrupt ends without a word."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _worker = Worker(setup)


def _look(tasks: Sequence[Task]) -> list[FileResult]:
    assert _worker is not None, "the pool starts a worker in every process"
    return list(_serially(_worker, tasks))
