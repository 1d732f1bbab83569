"""`make openapi`: write `docs/openapi.json` anew from the routes, unless that would break somebody's program.

What may change under one version: more addresses, parameters that may be left out, fields of answers, codes.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dimoslive.bootstrap import build
from dimoslive.http.public_v1.app import describable_api
from dimoslive.http.public_v1.openapi import describe
from dimoslive.settings import Settings

FILE = Path(__file__).parents[1] / "docs" / "openapi.json"
Document = dict[str, Any]


def written() -> Document:
    """The document as the file has it."""
    document: Document = json.loads(FILE.read_text())
    return document


def current() -> Document:
    """The document of the routes as they are."""
    settings = Settings(_env_file=None)
    return describe(describable_api(build(settings), settings))


def breaks(before: Document, after: Document) -> list[str]:
    """What a program that was written for the one could not do with the other."""
    found = [*_paths(before, after)]
    asked = _of_requests(before)
    for name, schema in _schemas(before).items():
        other = _schemas(after).get(name)
        if other is None:
            found.append(f"schema {name} is gone")
        else:
            found += _schema(name, schema, other, is_sent=name in asked)
    return found


def _paths(before: Document, after: Document) -> Iterator[str]:
    for path, methods in before["paths"].items():
        for method, operation in methods.items():
            other = after["paths"].get(path, {}).get(method)
            where = f"{method.upper()} {path}"
            if other is None:
                yield f"{where} is gone"
                continue
            if operation["operationId"] != other["operationId"]:
                yield f"{where} has another operationId"
            yield from _parameters(where, operation, other)
            gone = operation["responses"].keys() - other["responses"].keys()
            yield from (f"{where} answers {status} no more" for status in sorted(gone))


def _parameters(where: str, operation: Document, other: Document) -> Iterator[str]:
    known, now = _by_name(operation), _by_name(other)
    for name, parameter in known.items():
        if name not in now:
            yield f"{where} takes {name} no more"
        else:
            yield from _schema(f"{where} {name}", parameter["schema"], now[name]["schema"], is_sent=True)
    for name, parameter in now.items():
        if parameter.get("required") and not known.get(name, {}).get("required"):
            yield f"{where} needs {name}"


def _by_name(operation: Document) -> dict[str, Document]:
    return {f"{one['in']}.{one['name']}": one for one in operation.get("parameters", [])}


def _schema(where: str, before: Document, after: Document, *, is_sent: bool) -> Iterator[str]:
    gone = [value for value in before.get("enum", []) if value not in after.get("enum", [value])]
    yield from (f"{where}: {value} is gone" for value in gone)
    known, now = before.get("properties", {}), after.get("properties", {})
    yield from (f"{where}.{name} is gone" for name in known if name not in now)
    for name in known.keys() & now.keys():
        yield from _schema(f"{where}.{name}", known[name], now[name], is_sent=is_sent)
    if before.get("type") != after.get("type"):
        yield f"{where} is of another type"
    needed = set(after.get("required", [])) - set(before.get("required", []))
    if is_sent:
        yield from (f"{where} needs {name}" for name in sorted(needed))
    else:
        left_out = set(before.get("required", [])) - set(after.get("required", []))
        yield from (f"{where}.{name} may be missing" for name in sorted(left_out))


def _schemas(document: Document) -> Document:
    found: Document = document.get("components", {}).get("schemas", {})
    return found


def _of_requests(document: Document) -> set[str]:
    """The names of the schemas that programs send."""
    bodies = [
        operation["requestBody"]
        for methods in document["paths"].values()
        for operation in methods.values()
        if "requestBody" in operation
    ]
    names: set[str] = set()
    open_ones = [name for body in bodies for name in _named(body)]
    while open_ones:
        name = open_ones.pop()
        if name not in names:
            names.add(name)
            open_ones += _named(_schemas(document)[name])
    return names


def _named(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str) and "/schemas/" in part["$ref"]:
            yield part["$ref"].rpartition("/")[2]
        for one in part.values():
            yield from _named(one)
    elif isinstance(part, list):
        for one in part:
            yield from _named(one)


def main() -> None:
    """Write the file, or say what would break and leave it."""
    document = current()
    broken = breaks(written(), document) if FILE.exists() else []
    if broken:
        sys.exit("\n".join(["What was published would break:", *broken]))
    FILE.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
