"""The engine is a library: what its docstrings show is so, and nothing public goes without."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import FunctionType, ModuleType

import pytest

import scheduling

MODULES = [
    "scheduling",
    *(one.name for one in pkgutil.walk_packages(scheduling.__path__, "scheduling.")),
]


def _public() -> Iterator[tuple[str, object]]:
    """Every exported function, and every public method that an exported class defines itself.

    Properties are read like fields: their name and their class say enough.
    """
    for name, value in _exported(scheduling):
        if inspect.isfunction(value):
            yield name, value
        elif inspect.isclass(value):
            for member, kept in vars(value).items():
                is_method = isinstance(kept, FunctionType | classmethod | staticmethod)
                if is_method and not member.startswith("_"):
                    yield f"{name}.{member}", kept


def _exported(module: ModuleType, prefix: str = "") -> Iterator[tuple[str, object]]:
    """What a module offers, with what the modules among it offer."""
    own = [name for name, value in vars(module).items() if _is_own(module, name, value)]
    for name in getattr(module, "__all__", own):
        value = getattr(module, name)
        if inspect.ismodule(value):
            yield from _exported(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _is_own(module: ModuleType, name: str, value: object) -> bool:
    return not name.startswith("_") and getattr(value, "__module__", "") == module.__name__


PUBLIC = dict(_public())


@pytest.mark.parametrize("name", MODULES)
def test_what_a_docstring_shows_is_so(name: str) -> None:
    module = importlib.import_module(name)
    said: list[str] = []
    runner = doctest.DocTestRunner(verbose=False)

    for example in doctest.DocTestFinder().find(module, name, extraglobs={}):
        runner.run(example, out=said.append)

    assert runner.failures == 0, "".join(said)


@pytest.mark.parametrize("name", PUBLIC)
def test_everything_public_has_a_docstring_with_an_example(name: str) -> None:
    text = inspect.getdoc(PUBLIC[name]) or ""

    examples = doctest.DocTestParser().get_examples(text)

    assert examples, f"scheduling.{name} shows no example"
