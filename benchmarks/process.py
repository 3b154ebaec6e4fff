"""CPU time and peak memory of one command."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Usage", "measure"]


class Usage(NamedTuple):
    """cpu: seconds of user and system time, of this process and those it waited for. memory: peak MiB.

    wall: seconds from start to end.
    """

    cpu: float
    memory: float
    wall: float


def measure(command: Sequence[str]) -> Usage:
    """Run a command (POSIX only). Raises RuntimeError when it fails or prints a measurement that is none.

    Python keeps the bytecode of what it imports, as it does where a package is installed, whatever the
    environment says. A command may print the CPU and wall seconds that count, as the bare parse does: it
    leaves out what finding the files costs. Exit status 1 is a linter's way to say that it found
    something.
    """
    started = time.monotonic()
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=usual)
    assert process.stdout is not None
    printed = process.stdout.read().decode(errors="replace")
    _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode not in {0, 1}:
        raise RuntimeError(f"{' '.join(command)} exited with {process.returncode}")
    counted = dict(re.findall(r"^counted (CPU|wall) seconds: (.*)$", printed, re.MULTILINE))
    cpu = float(counted.get("CPU", used.ru_utime + used.ru_stime))
    return Usage(cpu, used.ru_maxrss / 1024, float(counted.get("wall", wall)))
