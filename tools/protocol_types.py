"""Writes the browser's types of the meeting's wire, and its examples, from dimoslive/http/meeting/protocol.py."""

import json
import re
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from dimoslive.domain.meeting.meeting import MAX_GUEST_NAME_LENGTH
from dimoslive.http.meeting import protocol
from tools.protocol_examples import ACCESS, FROM_BROWSER, FROM_SERVER

FOLDER = Path(__file__).parents[1] / "frontend/meeting/protocol"
_HEAD = "// Written by `make protocol` from dimoslive/http/meeting/protocol.py: change it there.\n"
_CONSTANTS: dict[str, object] = {
    "CLOSE_CODES": {code.name: code.value for code in protocol.CloseCode},
    "CLIENT_ID_PATTERN": protocol.CLIENT_ID_PATTERN,
    "PING_EVERY_MS": protocol.PING_EVERY_MS,
    "MAX_PROBE_SIZE": protocol.MAX_PROBE_SIZE,
    "MAX_GUEST_NAME_LENGTH": MAX_GUEST_NAME_LENGTH,
}
_PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}

Schema = dict[str, Any]
Side = tuple[str, tuple[type[BaseModel], ...], Literal["validation", "serialization"]]

# What the browser says is whole; what the server says may leave out what has a default.
_SIDES: tuple[Side, ...] = (
    ("BrowserMessage", get_args(protocol.BrowserMessage), "serialization"),
    ("ServerMessage", get_args(protocol.ServerMessage), "validation"),
    ("Access", (protocol.Access,), "validation"),
)


def types() -> str:
    """The text of `generated.ts`."""
    models = [(model, mode) for _, group, mode in _SIDES for model in group]
    definitions = models_json_schema(models)[1]["$defs"]
    constants = [_constant(*constant) for constant in _CONSTANTS.items()]
    unions = [_union(name, group) for name, group, _ in _SIDES if len(group) > 1]
    return "\n".join([_HEAD, *constants, *(_definition(*one) for one in definitions.items()), *unions])


def examples() -> str:
    """The text of `examples.ts`: each example is a line of JSON."""
    return "\n".join(
        [
            f'{_HEAD}import type {{ Access, BrowserMessage, ServerMessage }} from "./generated.ts";\n',
            # What the browser says is whole.
            _examples("BROWSER_EXAMPLES: BrowserMessage[]", [one.model_dump(mode="json") for one in FROM_BROWSER]),
            _examples("SERVER_EXAMPLES: ServerMessage[]", [json.loads(one.frame()) for one in FROM_SERVER]),
            _examples(
                "ACCESS_EXAMPLES: Access[]", [one.model_dump(mode="json", exclude_defaults=True) for one in ACCESS]
            ),
        ]
    )


def _examples(name: str, written: list[object]) -> str:
    lines = "".join(f"  {_json(one)},\n" for one in written)
    return f"export const {name} = [\n{lines}];\n"


def _constant(name: str, value: object) -> str:
    written = f"{_json(value)} as const" if isinstance(value, dict) else _json(value)
    return f"export const {name} = {written};\n"


def _union(name: str, group: tuple[type[BaseModel], ...]) -> str:
    return f"export type {name} =\n" + "\n".join(f"  | {model.__name__}" for model in group) + ";\n"


def _definition(name: str, schema: Schema) -> str:
    if "enum" in schema:
        values = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper() + "S"
        body = f"export const {values} = {_json(schema['enum'])} as const;\n"
        return f"{_comment(schema)}{body}export type {name} = (typeof {values})[number];\n"
    fields = "".join(_field(key, field, schema.get("required", [])) for key, field in schema["properties"].items())
    return f"{_comment(schema)}export type {name} = {{\n{fields}}};\n"


def _field(name: str, schema: Schema, required: list[str]) -> str:
    is_always_there = name in required or "const" in schema
    if not is_always_there and schema["default"] is None:
        schema = {"anyOf": [kind for kind in schema["anyOf"] if kind != {"type": "null"}]}
    return f"  {name}{'' if is_always_there else '?'}: {_type(schema)};\n"


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "const" in schema:
        return _json(schema["const"])
    if "enum" in schema:
        return " | ".join(map(_json, schema["enum"]))
    if "anyOf" in schema:
        return " | ".join(map(_type, schema["anyOf"]))
    if schema["type"] == "array":
        return f"{_type(schema['items'])}[]"
    # The only objects without a name are those that the server does not read.
    return "Record<string, unknown>" if schema["type"] == "object" else _PLAIN[schema["type"]]


def _comment(schema: Schema) -> str:
    lines = schema.get("description", "").replace("``", "`").splitlines()
    return "".join(f"// {line}\n" for line in lines)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


FILES = {FOLDER / "generated.ts": types, FOLDER / "examples.ts": examples}

if __name__ == "__main__":
    for file, written in FILES.items():
        file.write_text(written())
