"""Imports: of the project's own files, followed, and of everything else, named."""

from __future__ import annotations

from pathlib import Path

from nnlint.analysis.losses import close_frame
from nnlint.analysis.machine import Frame, Machine
from nnlint.analysis.values import External, Module, Value
from nnlint.ir import nodes as ir
from nnlint.ir.liveness import lost_assignments
from nnlint.knowledge import index

__all__ = ["execute_module", "import_names"]


def import_names(machine: Machine, node: ir.Import) -> None:
    """Bind what an import statement names."""
    for imported in node.names:
        if imported.local == "*":
            _import_star(machine, imported)
        elif imported.local:
            machine.store(imported.local, _imported(machine, imported))


def _imported(machine: Machine, imported: ir.Imported) -> Value:
    dotted = imported.module
    if imported.name is not None:
        dotted = f"{dotted}.{imported.name}" if dotted else imported.name
    if imported.level == 0 and index.is_known_root(imported.module):
        return External(index.canonical(dotted))
    importer = Path(machine.frame.module.path)
    if imported.name is None:
        path = machine.project.find_module(imported.module, importer)
        return _module(machine, path, imported.module) if path else External(index.canonical(dotted))
    path = _find(machine, imported.level, imported.module, importer)
    if path is not None:
        module = _module(machine, path, imported.module)
        found = machine.module_attribute(module, imported.name)
        if found is not None:
            return found
    path = _find(machine, imported.level, dotted, importer)
    if path is not None:
        return _module(machine, path, dotted)
    return External(index.canonical(dotted))


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
    path = _find(machine, imported.level, imported.module, Path(machine.frame.module.path))
    if path is None:
        return
    module = _module(machine, path, imported.module)
    machine.ensure_executed(module)
    for name, value in list(module.attrs.items()):
        if not name.startswith("_"):
            machine.store(name, value)


def execute_module(machine: Machine, module: Module, code: ir.ModuleIR) -> None:
    """Run the top level of a module in a frame whose variables are the module's attributes."""
    from nnlint.analysis.statements import execute

    old, old_path, old_bodies = machine.frame, machine.path, machine.class_bodies
    frames, depth, scopes = machine.class_frames, machine.loop_depth, machine.scopes
    machine.class_bodies, machine.class_frames, machine.loop_depth, machine.scopes = [], [], 0, []
    frame = Frame(module, None, None, attrs=module.attrs)
    frame.lost = lost_assignments(code.body, code.names)
    machine.frame, machine.path = frame, None
    mark = len(machine.left_early)
    execute(machine, code.body)
    close_frame(machine, frame)
    del machine.left_early[mark:]
    machine.frame, machine.path, machine.class_bodies = old, old_path, old_bodies
    machine.class_frames, machine.loop_depth, machine.scopes = frames, depth, scopes
