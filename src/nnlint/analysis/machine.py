"""The abstract machine: state, frames, budget and events. The transfer functions live beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from nnlint.analysis.above import above
from nnlint.analysis.events import Arithmetic, Event, FitCall, LayerCall, LossCall, Path
from nnlint.analysis.experiment_events import Trial
from nnlint.analysis.feed import Feed
from nnlint.analysis.files import file_path, module_ir
from nnlint.analysis.limits import LIMITS
from nnlint.analysis.measure_events import Thresholds
from nnlint.analysis.notes import Notes
from nnlint.analysis.settings import Settings
from nnlint.analysis.state import State, Writes
from nnlint.analysis.values import (
    UNKNOWN,
    Built,
    Class,
    Constant,
    External,
    Function,
    Instance,
    Later,
    Lazy,
    Module,
    Obj,
    Place,
    ScopeDefaults,
    Tensor,
    Unknown,
    Value,
)
from nnlint.analysis.wiring_notes import WiringNotes
from nnlint.ir import nodes as ir
from nnlint.ir.liveness import Lost, lost_assignments
from nnlint.knowledge import index
from nnlint.knowledge.spec import Activation, Layer, Loss
from nnlint.project import Project

__all__ = ["Frame", "Machine", "defined", "truth"]

T = TypeVar("T")
Remembered: TypeAlias = "tuple[Value, tuple[Event, ...], Path | None, tuple[Value, ...]]"
"""A call that was followed: its result, what happened, the way into it, and its arguments."""

_PENDING = frozenset({Later, Lazy})
_new = tuple.__new__
"""Makes a place without the Python-level constructor of a named tuple: there are millions of them."""


@dataclass(eq=False, slots=True)
class Frame(Obj):
    """One execution of a function body, class body or module; attrs are its variables."""

    module: Module
    function: Function | None
    outer: Obj | None
    lost: dict[int, Lost] = field(default_factory=dict)
    global_names: set[str] = field(default_factory=set)
    nonlocal_names: set[str] = field(default_factory=set)
    returns: list[Value] = field(default_factory=list)
    yields: list[Value] = field(default_factory=list)
    layer_calls: list[LayerCall] = field(default_factory=list)
    wrapped: dict[str, ir.Expr] = field(default_factory=dict)
    losses: list[tuple[int, Value]] = field(default_factory=list)
    """Values of lost assignments: statement id and what was assigned."""
    rounds: int = 1
    """How often the loops around what is running are run."""


class Machine:
    """Everything one run over one file shares. home: the file that is looked at."""

    uncounted = 0
    """2 in a loop that runs an unknown number of rounds, 1 in what such a loop calls or holds."""
    compiling = 0
    """1 while a Keras model is applied only to know the output that its loss will get."""
    cut = 0
    """Calls of plain code that were too deep to be followed."""
    seeded, drawn, seedings = "", 0, 0
    """The seed of the global random generators, the draws since, and how often a seed was set."""

    def __init__(self, project: Project, size: int, home: str = "") -> None:
        self.project = project
        self.home = home
        self.plain = 0
        """How many calls of code that can train nothing, see `plain`, are running inside each other."""
        self.plain_code: dict[tuple[str, int], bool] = {}
        self.state = State()
        self.events: list[Event] = []
        self.fits: list[FitCall] = []
        self.modules: dict[str, Module] = {}
        self.functions: dict[tuple[str, int], list[Function]] = {}
        """Those of the file itself."""
        self.entered: dict[tuple[str, int], int] = {}
        self.instances: dict[tuple[str, int], list[Instance]] = {}
        self.memo: dict[tuple[object, ...], Remembered] = {}
        self.inputs_of: dict[Place, tuple[Value, ...]] = {}
        self.wiring = WiringNotes()
        self.stack: list[Function] = []
        self.scopes: list[ScopeDefaults] = []
        self.path: Path | None = None
        self.left_early: list[tuple[Frame, int, Writes]] = []
        self.frame: Frame = Frame(Module("", ""), None, None)
        self.loop_depth = 0
        self.folding = 0
        self.class_bodies: list[Class] = []
        self.class_frames: list[Frame] = []
        self.classes: dict[tuple[str, int], Class] = {}
        self.no_grad: set[Place] = set()
        self.expected: set[Place] = set()
        """Code that has to fail."""
        self.loaders: set[Place] = set()
        """The calls that made one."""
        self.differentiated: set[Place] = set()
        self.last_loss: Tensor | None = None
        self.optimizers = 0
        self.argmaxed: set[Place] = set()
        self.thresholds = Thresholds()
        self.compiled: dict[int, list[LossCall]] = {}
        self.loads: dict[Place, str] = {}
        self.scalings: list[Arithmetic] = []
        self.feed = Feed()
        self.pairs: dict[int, Place] = {}
        """Objects made of several arrays of data, and where."""
        self.permutations: dict[Place, set[Place]] = {}
        self.unknown_calls: dict[str, set[Place]] = {}
        self.lost_cache: dict[tuple[str, int], dict[int, Lost]] = project.lost
        self.executed: set[str] = set()
        self.builders: set[tuple[str, int]] = set()
        """Functions that apply layers."""
        self.asked: set[tuple[str, str]] = set()
        self.definitions: dict[str, dict[str, ir.Stmt]] = project.definitions
        self.stars_done: set[str] = set()
        self.given_before: set[tuple[str, int, str, int]] = set()
        """Which objects which parameter of which function was given in a run of it."""
        self.root, self.first_serial = 0, 0
        self.notes = Notes()
        self.settings = Settings()
        self.trial = Trial()
        self.steps = 0
        self.budget = LIMITS.steps_base + int(LIMITS.steps_per_node * size)

    def dissolve(self) -> None:
        """Take apart what holds itself: modules and what they define. The machine is of no use afterwards.

        Python would free it only when it looks for cycles, through all that was read so far.
        """
        made = [instance for instances in self.instances.values() for instance in instances]
        for owner in (*self.modules.values(), *self.classes.values(), *made):
            owner.attrs.clear()
        for cls in self.classes.values():
            cls.ancestors = None  # the first of them is the class itself

    def place(self, node: int) -> Place:
        """A node of the file being executed."""
        return _new(Place, (self.frame.module.path, node))

    def emit(self, event: Event) -> None:
        """Record what happened."""
        self.events.append(event)

    def seed(self, text: str) -> None:
        """The global random generators begin anew; text: what tells where."""
        self.seeded, self.drawn, self.seedings = text, 0, self.seedings + 1

    def hand_out(self, values: Iterable[Value]) -> None:
        """Tensors go where their further use cannot be followed."""
        for value in values:
            if isinstance(value, Tensor) and value.place is not None:
                self.wiring.handed_out.add(value.place)
            if isinstance(value, (Tensor, Unknown)) and value.place in self.feed.together:
                self.feed.handed.add(value.place)

    def lookup(self, name: str) -> Value:
        """The value of a variable: local, enclosing, global, builtin."""
        found = self.frame.attrs.get(name)
        if found is not None:
            return self._resolved(self.frame, name, found) if type(found) in _PENDING else found
        scope = self.frame.outer
        while scope is not None:
            found = scope.attrs.get(name)
            if found is not None:
                return self._resolved(scope, name, found) if type(found) in _PENDING else found
            scope = scope.outer if isinstance(scope, Frame) else None
        module = self.frame.module
        if module.path not in self.executed:
            self.defined_lazily(module, name)
            found = module.attrs.get(name)
            if found is not None:
                return self._resolved(module, name, found) if type(found) in _PENDING else found
        found = self.starred(module, name) if module.stars else None
        if found is not None:
            return found
        return External(f"builtins.{name}") if name in _BUILTINS else UNKNOWN

    def starred(self, module: Module, name: str) -> Value | None:
        """A name that came with ``from module import *``."""
        asked = (module.path, f"*{name}")
        if asked in self.asked or name.startswith("_"):
            return None
        self.asked.add(asked)
        for source in reversed(module.stars):
            found = self.module_attribute(source, name)
            if found is not None:
                module.attrs[name] = found
                return found
        return None

    def defined_lazily(self, module: Module, name: str) -> None:
        """Bind a name of an imported module that has not run."""
        asked = (module.path, name)
        if asked not in self.asked:
            self.asked.add(asked)
            above.define_lazily(self, module, name)

    def _resolved(self, owner: Obj, name: str, pending: Value) -> Value:
        # The mark for "being resolved" ends import cycles.
        owner.attrs[name] = UNKNOWN
        value = above.resolve(self, pending) if isinstance(pending, Lazy) else defined(pending)
        owner.attrs[name] = value
        return value

    def store(self, name: str, value: Value) -> None:
        """Bind a variable in the scope it belongs to."""
        frame = self.frame
        if name in frame.global_names:
            self.state.set(frame.module, name, value)
        elif name in frame.nonlocal_names:
            scope = frame.outer
            while isinstance(scope, Frame) and name not in scope.attrs:
                scope = scope.outer
            self.state.set(scope or frame, name, value)
        else:
            self.state.set(frame, name, value)

    def may_enter(self, function: Function) -> bool:
        """Whether a call may be followed: no recursion, depth and budget left."""
        if len(self.stack) >= LIMITS.depth or self.steps > self.budget:
            return False
        node = function.node
        return all(running.node is not node for running in self.stack)

    def lost_in(self, path: str, node: ir.Function) -> dict[int, Lost]:
        """The lost assignments of a function, worked out once."""
        key = (path, node.id)
        found = self.lost_cache.get(key)
        if found is None:
            found = lost_assignments(node.body, node.names)
            self.lost_cache[key] = found
        return found

    def ensure_executed(self, module: Module) -> None:
        """Run a module's top level if that has not happened; an import cycle sees what is there so far."""
        if module.path in self.executed or len(self.executed) > LIMITS.imports:
            return
        self.executed.add(module.path)
        code = module_ir(self.project, file_path(module.path))
        if code is not None:
            above.execute_module(self, module, code)

    def module_attribute(self, module: Module, name: str) -> Value | None:
        """A global of a first-party module, or one of its submodules."""
        found = module.attrs.get(name)
        if found is None and module.path not in self.executed:
            self.defined_lazily(module, name)
            found = module.attrs.get(name)
        if isinstance(found, (Later, Lazy)):
            found = self._resolved(module, name, found)
        if found is None and module.stars:
            found = self.starred(module, name)
        if found is None and module.path.endswith("__init__.py"):
            path = self.project.find_relative(1, name, file_path(module.path))
            if path is not None:
                found = self.modules.setdefault(str(path), Module(str(path), f"{module.dotted}.{name}"))
        return found

    def aside(self, frame: Frame, run: Callable[[], T], cls: Class | None = None) -> T:
        """Run something of another file as if nothing else were going on: it holds on every path.

        cls: the class whose body the frame is.
        """
        old, old_path, old_bodies = self.frame, self.path, self.class_bodies
        frames, depth, scopes = self.class_frames, self.loop_depth, self.scopes
        self.class_bodies, self.class_frames = ([], []) if cls is None else ([cls], [frame])
        self.loop_depth, self.scopes = 0, []
        uncounted, self.uncounted = self.uncounted, 0
        branches, self.state.branches = self.state.branches, 0
        self.frame, self.path = frame, None
        mark = len(self.left_early)
        result = run()
        self.state.branches = branches
        del self.left_early[mark:]
        self.frame, self.path, self.class_bodies = old, old_path, old_bodies
        self.class_frames, self.loop_depth, self.scopes = frames, depth, scopes
        self.uncounted = uncounted
        return result

    def push(self, kind: str, node: int) -> Path | None:
        """Extend the path; returns the old one for `path` to be set back to."""
        old = self.path
        self.path = Path(kind, self.place(node), old)
        return old


def defined(value: Value) -> Value:
    """What was left for later, and any other value as it is."""
    return value.define(value) if isinstance(value, Later) else value


def truth(value: Value) -> bool | None:
    """Whether a condition holds, where that is certain."""
    if isinstance(value, Constant):
        return bool(value.value)
    if isinstance(value, (Function, Class, Instance)):
        return True
    if isinstance(value, External):
        return True if index.find(value.name) is not None else None
    if isinstance(value, Built):
        return True if isinstance(value.entry.does, (Layer, Activation, Loss)) else None
    return None


_BUILTINS = frozenset(
    {
        "abs", "all", "any", "bool", "callable", "dict", "enumerate", "filter", "float", "getattr", "hasattr",
        "int", "isinstance", "issubclass", "iter", "len", "list", "map", "max", "min", "next", "object",
        "open", "print", "property", "range", "reversed", "round", "set", "setattr", "sorted", "staticmethod",
        "classmethod", "str", "sum", "super", "tuple", "type", "vars", "zip", "locals", "id", "repr",
        "format", "delattr", "frozenset", "divmod", "pow", "hash", "input", "exit", "globals", "reveal",
    }
)  # fmt: skip
