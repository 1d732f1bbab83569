"""Who may do what, as far as import-linter cannot say it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]

CLOCK_READERS = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("func", "now"),
    ("func", "current_timestamp"),
}


def test_only_the_engine_commits() -> None:
    assert _files_with(_commits) == {"dimoslive/db/engine.py"}


def test_only_the_settings_read_the_environment() -> None:
    assert _files_with(_reads_environment) == {"dimoslive/settings.py"}


def test_only_the_system_clock_reads_the_clock() -> None:
    assert _files_with(_reads_clock) == {"dimoslive/integrations/clock.py"}


def _files_with(rule: object) -> set[str]:
    assert callable(rule)
    return {name for name, nodes in _nodes().items() if any(rule(node) for node in nodes)}


@cache
def _nodes() -> dict[str, list[ast.AST]]:
    """All that each file of the product says."""
    return {path.relative_to(ROOT).as_posix(): list(ast.walk(ast.parse(path.read_text()))) for path in _product_files()}


def _product_files() -> Iterator[Path]:
    files = sorted((ROOT / "dimoslive").rglob("*.py"))
    assert files, "nothing to look at"
    yield from files


def _commits(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "commit"


def _reads_environment(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(value=ast.Name(id="os"), attr="environ" | "environb" | "getenv"):
            return True
        case ast.ImportFrom(module="os", names=names):
            return any(alias.name in {"environ", "environb", "getenv"} for alias in names)
        case ast.ImportFrom(module="pydantic_settings" | "dotenv"):
            return True
        case _:
            return False


def _reads_clock(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name):
            return (owner, name) in CLOCK_READERS
        case ast.ImportFrom(module="time", names=names):
            return any(alias.name in {"time", "time_ns"} for alias in names)
        case _:
            return False


def test_a_status_changes_in_one_place() -> None:
    assert _files_with(_assigns_status) == set()


def _assigns_status(node: ast.AST) -> bool:
    if not isinstance(node, ast.Assign):
        return False
    targets = [inner for target in node.targets for inner in ast.walk(target) if isinstance(inner, ast.Attribute)]
    if not any(target.attr == "status" for target in targets):
        return False
    match node.value:
        case ast.Call(func=ast.Name(id="change_status" | "correct_status")):
            return False
        case _:
            return True
