"""What the models of the commands' JSON have in common; pydantic is loaded with it."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from core.counts import COUNTS, PostCounts, count_values


class JsonModel(BaseModel):
    """An object in what a command prints as JSON."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


def with_counts(base: type[JsonModel]) -> Any:
    """A model that has every declared count after the fields of `base`."""
    counts: dict[str, Any] = {
        count.name: (int | None, Field(description=f"How many {count.name}; null where that is not known."))
        for count in COUNTS
    }
    return create_model(f"{base.__name__}WithCounts", __base__=base, **counts)


def counts_of(record: PostCounts) -> dict[str, Any]:
    """Every count of a record by its name."""
    return dict(zip((count.name for count in COUNTS), count_values(record), strict=True))
