"""What a file may look like."""

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCT = sorted((ROOT / "dimoslive").rglob("*.py"))
BROWSER = [
    path
    for folder in ("components", "desk", "embed", "meeting")
    for path in sorted((ROOT / "frontend" / folder).rglob("*.*"))
    if path.suffix in (".ts", ".tsx")
]
OURS = [
    path
    for folder in ("alembic", "benchmarks", "dimoslive", "tests", "tools")
    for path in (ROOT / folder).rglob("*.py")
]

MAX_FUNCTION_LINES = 60

# The silencing comment, its codes in brackets or after a colon, then the reason.
SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore)\b")
SILENCED_TYPES = re.compile(r"@ts-(ignore|nocheck|expect-error)(?!: \w)")
WITH_REASON = re.compile(r"#\s*(noqa:\s*[A-Z0-9, ]+|type:\s*ignore\[[a-z-, ]+\])\s+#\s*\w")


def test_there_are_files_to_look_at() -> None:
    assert len(PRODUCT) > 30
    assert BROWSER


def test_package_files_are_empty() -> None:
    filled = [_name(path) for path in PRODUCT if path.name == "__init__.py" and path.read_text().strip()]
    assert filled == ["dimoslive/i18n/__init__.py"]


def test_every_folder_with_code_is_a_package() -> None:
    # import-linter does not see the others.
    folders = {path.parent for path in PRODUCT}
    assert [_name(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_the_folder_of_migrations_does_not_hide_the_library() -> None:
    assert (ROOT / "alembic" / "env.py").exists()
    assert not (ROOT / "alembic" / "__init__.py").exists()


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {_name(path): len(path.read_text().splitlines()) for path in [*PRODUCT, *BROWSER]}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_the_browser_s_code_is_typed() -> None:
    # Taken in as they are, and checked by nobody.
    untyped = [
        path
        for folder in ("dimoslive", "frontend/components", "frontend/embed", "frontend/meeting")
        for path in _js(folder)
    ]
    assert untyped == []


def test_every_silenced_finding_has_its_code_and_a_reason() -> None:
    assert [place for path in OURS for place in _silenced_without_reason(path)] == []


def test_every_silenced_finding_of_the_browser_s_code_has_a_reason() -> None:
    # Biome asks for the reasons of its own.
    assert [_name(path) for path in BROWSER if SILENCED_TYPES.search(path.read_text())] == []


@pytest.mark.parametrize(
    ("comment", "is_enough"),
    [
        ("# noqa: S105  # refused in production", True),
        ("# type: ignore[misc]  # one class for all", True),
        ("# noqa", False),
        ("# noqa: S105", False),
        ("# type: ignore", False),
        ("# type: ignore[misc]", False),
        ("# the type: ignored by none", True),
    ],
)
def test_a_reason_follows_the_code(comment: str, *, is_enough: bool) -> None:
    assert _is_enough(comment) is is_enough


def _js(folder: str) -> list[str]:
    return [_name(path) for path in sorted((ROOT / folder).rglob("*.js*")) if path.suffix in (".js", ".jsx")]


def _silenced_without_reason(path: Path) -> list[str]:
    text = path.read_text()
    if not SILENCED.search(text):
        return []
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    comments = [token for token in tokens if token.type == tokenize.COMMENT]
    return [f"{_name(path)}:{token.start[0]}" for token in comments if not _is_enough(token.string)]


def _is_enough(comment: str) -> bool:
    return SILENCED.search(comment) is None or WITH_REASON.search(comment) is not None


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_function_is_longer_than_60_lines() -> None:
    long = [
        f"{_name(path)}:{node.lineno}"
        for path in PRODUCT
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= MAX_FUNCTION_LINES
    ]
    assert long == []


def test_no_test_module_is_imported_by_another() -> None:
    importing = [
        _name(path)
        for path in (ROOT / "tests").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and re.search(r"^tests\..*\btest_\w+$", node.module or "")
    ]
    assert importing == []
