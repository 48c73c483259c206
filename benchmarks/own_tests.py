"""Which tests are a module's own: those of the folder that mirrors its own and reach it by imports."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = ("analysis", "charts", "ingest", "pipeline", "questions", "store")
MOST_FILES = 8
FAULTS = Path("tests/faults")
"""What damages the store and what comes from outside has a folder of its own."""
IN_OTHER_PROCESSES = {
    "tests/faults/test_kills.py",
    "tests/faults/test_fuzz.py",
    "tests/team/test_live_schedulers.py",
    "tests/team/test_guide_for_teams.py",
}
"""They start programs of their own, which see no change."""


def own_tests(path: str) -> list[str]:
    """Test files of the module at `path` (relative to the project): those of its own folder, nearest first.

    Of as near ones those of the folder itself come before those of folders in it.
    Files elsewhere in its package's tests count where they are nearer than all of these. At most eight, and
    none that is further away by two imports than the nearest.
    """
    module, folder = module_name(Path(path)), _own_folder(path)
    below = (Path("tests") / path.split("/", 1)[0], Path(folder), FAULTS)
    files = {file for top in below for file in _tests_below(top)} - IN_OTHER_PROCESSES
    near = {file: reached(file).get(module) for file in files}
    steps = {file: away for file, away in near.items() if away is not None}
    nearest = min((away for file, away in steps.items() if file.startswith(folder)), default=99)
    own = [file for file, away in steps.items() if file.startswith(folder) or away < nearest]
    most = 1 + min((steps[file] for file in own), default=0)
    own = [file for file in own if steps[file] <= most]
    apart = {file: (not file.startswith(folder), f"{Path(file).parent}/" != folder) for file in own}
    return sorted(own, key=lambda file: (steps[file], *apart[file], file))[:MOST_FILES]


def _own_folder(path: str) -> str:
    """`tests/analysis/price/` for `analysis/price/steps.py`, or the nearest folder above that is there.

    A team's store has `tests/team/`.
    """
    folder = Path("tests/team") if path.startswith("store/team/") else Path("tests", path).parent
    while not (ROOT / folder).is_dir():
        folder = folder.parent
    return f"{folder}/"


@cache
def reached(test: str) -> dict[str, int]:
    """Modules that a test file imports and over how many steps; the conftests above it count as its own."""
    above = [module_name(folder / "conftest.py") for folder in Path(test).parents if folder.parts]
    steps = {name: 0 for name in (module_name(Path(test)), *above) if name in imports()}
    waiting = list(steps)
    for module in waiting:
        for imported in imports()[module] - steps.keys():
            steps[imported] = steps[module] + 1
            waiting.append(imported)
    return steps


@cache
def _tests_below(folder: Path) -> tuple[str, ...]:
    return tuple(str(file.relative_to(ROOT)) for file in sorted((ROOT / folder).rglob("test_*.py")))


@cache
def imports() -> dict[str, set[str]]:
    """Module -> modules of ours that it imports; one that looks for modules imports all beside and below."""
    files = [file for top in (*CODE, "tests") for file in (ROOT / top).rglob("*.py")]
    names = {module_name(file.relative_to(ROOT)): file for file in files}
    graph = {}
    for name, file in names.items():
        text = file.read_text()
        found = {imported for imported in _named(ast.parse(text)) if imported in names}
        if "import_module" in text or "iter_modules" in text:
            found |= {other for other in names if other.startswith(name.rpartition(".")[0] + ".")}
        graph[name] = found - {name}
    return graph


def _named(tree: ast.Module) -> set[str]:
    named: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            named |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return named


def module_name(file: Path) -> str:
    parts = file.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
