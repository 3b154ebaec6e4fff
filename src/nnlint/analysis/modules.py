"""Imports: of the project's own files, followed, and of everything else, named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nnlint.analysis.above import above
from nnlint.analysis.files import file_path, module_ir
from nnlint.analysis.losses import close_frame
from nnlint.analysis.machine import Frame, Machine
from nnlint.analysis.values import External, Lazy, Module, Value
from nnlint.ir import nodes as ir
from nnlint.ir.liveness import Lost, all_reads, lost_assignments, names_of, stored_in
from nnlint.ir.spell import spell
from nnlint.knowledge import index

__all__ = ["define_lazily", "execute_module", "import_names", "imported_file", "resolve"]


def import_names(machine: Machine, node: ir.Import) -> None:
    """Bind what an import statement names."""
    for imported in node.names:
        if imported.local == "*":
            _import_star(machine, imported)
        elif imported.local:
            machine.store(imported.local, _bound(machine, imported))


def _bound(machine: Machine, imported: ir.Imported) -> Value:
    """A name of a framework at once; any other name when it is first needed."""
    if imported.level == 0 and index.is_known_root(imported.module):
        return External(index.canonical(_dotted(imported)))
    return Lazy(machine.frame.module.path, imported)


def _dotted(imported: ir.Imported) -> str:
    if imported.name is None:
        return imported.module
    return f"{imported.module}.{imported.name}" if imported.module else imported.name


def resolve(machine: Machine, lazy: Lazy) -> Value:
    """What an imported name stands for."""
    imported = lazy.imported
    dotted = _dotted(imported)
    importer = file_path(lazy.importer)
    if imported.name is None:
        path = machine.project.find_module(imported.module, importer)
        return _module(machine, path, imported.module) if path else External(index.canonical(dotted))
    path = _find(machine, imported.level, imported.module, importer)
    if path is not None and str(path) != lazy.importer:
        module = _module(machine, path, imported.module)
        found = machine.module_attribute(module, imported.name)
        if found is not None:
            return found
    path = _find(machine, imported.level, dotted, importer)
    if path is not None:
        return _module(machine, path, dotted)
    return External(index.canonical(dotted))


def imported_file(machine: Machine, imported: ir.Imported, importer: Path) -> tuple[str, bool] | None:
    """The first-party file an import leads to, and whether it names something in that file."""
    if imported.name is not None:
        path = _find(machine, imported.level, imported.module, importer)
        if path is not None and path != importer:
            return str(path), True
    path = _find(machine, imported.level, _dotted(imported), importer)
    return None if path is None else (str(path), False)


def _find(machine: Machine, level: int, name: str, importer: Path) -> Path | None:
    if level:
        return machine.project.find_relative(level, name, importer)
    return machine.project.find_module(name, importer)


def _module(machine: Machine, path: Path, dotted: str) -> Module:
    key = str(path)
    module = machine.modules.get(key)
    if module is None:
        module = Module(key, dotted)
        machine.modules[key] = module
    return module


def _import_star(machine: Machine, imported: ir.Imported) -> None:
    path = _find(machine, imported.level, imported.module, file_path(machine.frame.module.path))
    if path is None:
        return
    source, module = _module(machine, path, imported.module), machine.frame.module
    if source is not module and source not in module.stars:
        module.stars.append(source)


def define_lazily(machine: Machine, module: Module, name: str) -> None:
    """Bind one name of a module that is imported: run its definition alone where that is enough.

    A function, class, import or plain constant needs nothing else of its module; everything else may
    be changed by later statements, so the whole top level is run.
    """
    code = module_ir(machine.project, file_path(module.path))
    if code is None:
        return
    known = definitions(machine, code)
    stars = known.get("*")
    if stars is not None and code.path not in machine.stars_done:
        machine.stars_done.add(code.path)
        _execute_top(machine, module, (stars,), {})
    statement = known.get(name)
    if statement is None:
        return
    if _stands_alone(statement):
        _execute_top(machine, module, (statement,), {})
    else:
        machine.ensure_executed(module)


def definitions(machine: Machine, code: ir.ModuleIR) -> dict[str, ir.Stmt]:
    """The top-level statement that binds each name; an `If` stands for what is bound more than once."""
    found = machine.definitions.get(code.path)
    if found is None:
        found = {}
        stars: list[ir.Imported] = []
        for statement in _top_level(code.body):
            if isinstance(statement, ir.Import):
                stars += [imported for imported in statement.names if imported.local == "*"]
            for name in dict.fromkeys(_binds(statement)):
                again = name in found and not (
                    isinstance(statement, ir.Import) and isinstance(found[name], ir.Import)
                )
                found[name] = _MANY if again else statement
        for statement in code.body:
            # What a later statement works on may be changed by it: only the whole top level tells.
            found.update((name, _MANY) for name in _works_on(statement) if _is_made(found.get(name)))
        found.pop("*", None)
        if stars:
            found["*"] = ir.Import(0, tuple(stars))
        machine.definitions[code.path] = found
    return found


_MANY = ir.Jump(0, "break")
_LOGGERS = frozenset({"getLogger", "get_logger"})


def _top_level(body: ir.Block) -> Iterator[ir.Stmt]:
    """The statements of a module; what is imported by name for type checkers is there at run time, too.

    Not what comes with a star: a package with hundreds of them would be read in full for any name.
    """
    for statement in body:
        if isinstance(statement, ir.If) and spell(statement.test).endswith("TYPE_CHECKING"):
            inner = (*statement.body, *statement.orelse)
            yield from (
                each for each in inner if not isinstance(each, ir.Import) or each.names[0].local != "*"
            )
        else:
            yield statement


def _binds(statement: ir.Stmt) -> Iterator[str]:
    if isinstance(statement, (ir.Function, ir.Class)):
        yield statement.name
    elif isinstance(statement, ir.Assign):
        for target in statement.targets:
            yield from names_of(target)
    elif isinstance(statement, ir.Import):
        yield from (imported.local for imported in statement.names)
    else:
        yield from stored_in((statement,))


def _works_on(statement: ir.Stmt) -> Iterator[str]:
    """The names of what a statement may change: what an assignment stores items or attributes in, too."""
    if isinstance(statement, ir.Assign):
        for target in statement.targets:
            owner = target
            while isinstance(owner, (ir.Attr, ir.Index)):
                owner = owner.value
            if owner is not target and isinstance(owner, ir.Name):
                yield owner.name
    elif not isinstance(statement, (ir.Function, ir.Class, ir.Import)):
        yield from all_reads((statement,))


def _is_made(statement: ir.Stmt | None) -> bool:
    """Whether a name stands for something that can be changed; a logger stays one, whatever it is told."""
    if not isinstance(statement, ir.Assign) or isinstance(statement.value, ir.Const):
        return False
    return spell(statement.value).rpartition(".")[2] not in _LOGGERS


def _stands_alone(statement: ir.Stmt) -> bool:
    """Whether a statement binds its names without the rest: by itself, or by a choice of such statements."""
    if isinstance(statement, ir.If):
        return all(map(_is_chosen, (*statement.body, *statement.orelse)))
    if isinstance(statement, ir.Try):
        handled = (inner for handler in statement.handlers for inner in handler.body)
        return all(map(_is_chosen, (*statement.body, *handled, *statement.orelse, *statement.final)))
    return isinstance(statement, (ir.Function, ir.Class, ir.Import, ir.Assign))


def _is_chosen(statement: ir.Stmt) -> bool:
    if isinstance(statement, ir.Assign):
        return isinstance(statement.value, (ir.Const, ir.Name, ir.Attr))
    return isinstance(statement, (ir.Function, ir.Class, ir.Import, ir.Do, ir.Raise)) or (
        isinstance(statement, (ir.If, ir.Try)) and _stands_alone(statement)
    )


def execute_module(machine: Machine, module: Module, code: ir.ModuleIR) -> None:
    """Run the top level of a module."""
    lost = lost_assignments(code.body, code.names) if module.path in machine.executed else {}
    _execute_top(machine, module, code.body, lost)


def _execute_top(machine: Machine, module: Module, body: ir.Block, lost: dict[int, Lost]) -> None:
    """Run statements in a frame whose variables are the module's attributes."""
    frame = Frame(module, None, None, lost, attrs=module.attrs)

    def run() -> int:
        flow = above.execute(machine, body)
        close_frame(machine, frame)
        return flow

    machine.aside(frame, run)
