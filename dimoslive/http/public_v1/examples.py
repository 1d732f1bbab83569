"""An example of an answer, from the examples of its fields."""

from collections.abc import Mapping
from typing import Any

_OF_TYPE: dict[str, Any] = {"string": "", "integer": 0, "number": 0, "boolean": False, "null": None}


def example_of(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Any:
    """Of a schema of the document; ``schemas`` are those that it may refer to."""
    if schema.get("examples"):
        return schema["examples"][0]
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    choices = next((schema[word] for word in ("anyOf", "oneOf", "allOf") if word in schema), None)
    if choices:
        return example_of(choices[0], schemas)
    return _of_type(schema, schemas)


def _of_type(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Any:
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object":
        return {name: example_of(one, schemas) for name, one in schema.get("properties", {}).items()}
    if schema.get("type") == "array":
        return [example_of(schema["items"], schemas)]
    return schema.get("default", _OF_TYPE.get(schema.get("type", "")))
