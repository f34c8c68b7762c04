"""Reaching into JSON values of any shape: what is not there, or is of another type, is simply not found."""

from collections.abc import Mapping


def value_at(value: object, *keys: str | int) -> object:
    """What lies in a JSON value under the keys, one in the other; None where there is nothing."""
    for key in keys:
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int) and -len(value) <= key < len(value):
            value = value[key]
        else:
            return None
    return value


def object_at(value: object, *keys: str | int) -> Mapping[str, object]:
    """The object that lies in a JSON value under the keys; empty where there is none."""
    found = value_at(value, *keys)
    return found if isinstance(found, dict) else {}


def list_at(value: object, *keys: str | int) -> list[object]:
    """The list that lies in a JSON value under the keys; empty where there is none."""
    found = value_at(value, *keys)
    return found if isinstance(found, list) else []


def objects_at(value: object, *keys: str | int) -> list[Mapping[str, object]]:
    """The objects of the list that lies in a JSON value under the keys."""
    return [entry for entry in list_at(value, *keys) if isinstance(entry, dict)]
