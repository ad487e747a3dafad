"""Rules over all the blocks of a payload: unique ids, totals, what fits together."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.records import File
from sandbox.state_values import elements
from sandbox.validate.schema import Report

MOST_MARKDOWN = 12_000
MOST_TABLES = 1
SHOWN_AS_IMAGES = {"image/png", "image/jpeg", "image/gif"}


def check_together(
    blocks: list[dict[str, Any]],
    pointer: str,
    surface: str,
    files: Mapping[str, File],
    report: Report,
) -> None:
    """Check what no block can know of itself. Every block must be right by itself."""
    _block_ids_differ(blocks, pointer, report)
    _action_ids_differ(blocks, pointer, report)
    _totals(blocks, pointer, report)
    _one_focus(blocks, pointer, report)
    _files_exist(blocks, pointer, files, report)
    if surface != "modal":
        _no_file_inputs(blocks, pointer, report)


def _block_ids_differ(blocks: list[dict[str, Any]], pointer: str, report: Report) -> None:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id is not None and block_id in seen:
            report.add(f"`block_id` already exists: {block_id}", f"{pointer}/{index}/block_id")
        seen.add(block_id or "")


def _action_ids_differ(blocks: list[dict[str, Any]], pointer: str, report: Report) -> None:
    for index, block in enumerate(blocks):
        seen: set[str] = set()
        for position, (_, element) in enumerate(elements([block])):
            action_id = element.get("action_id")
            if action_id is not None and action_id in seen:
                place = f"{pointer}/{index}/elements/{position}/action_id"
                report.add(f"`action_id` already exists for another element: {action_id}", place)
            seen.add(action_id or "")


def _totals(blocks: list[dict[str, Any]], pointer: str, report: Report) -> None:
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if markdown > MOST_MARKDOWN:
        report.add(f"markdown blocks must be less than {MOST_MARKDOWN + 1} characters", pointer)
    if sum(block["type"] == "table" for block in blocks) > MOST_TABLES:
        report.add("only one table allowed", pointer)


def _one_focus(blocks: list[dict[str, Any]], pointer: str, report: Report) -> None:
    focused = [element for _, element in elements(blocks) if element.get("focus_on_load")]
    if len(focused) > 1:
        report.add("only one element can have focus_on_load", pointer)


def _no_file_inputs(blocks: list[dict[str, Any]], pointer: str, report: Report) -> None:
    for index, block in enumerate(blocks):
        if block["type"] == "input" and block["element"]["type"] == "file_input":
            report.add("unsupported type: file_input", f"{pointer}/{index}/element/type")


def _files_exist(
    blocks: list[dict[str, Any]], pointer: str, files: Mapping[str, File], report: Report
) -> None:
    for image, place in _images(blocks, pointer):
        file_id = image.get("slack_file", {}).get("id")
        if file_id is None:
            continue
        file = files.get(file_id)
        if file is None or not file.shared or file.mimetype not in SHOWN_AS_IMAGES:
            report.add("invalid slack file", f"{place}/slack_file")


def _images(blocks: list[dict[str, Any]], pointer: str) -> Iterator[tuple[dict[str, Any], str]]:
    for index, block in enumerate(blocks):
        place = f"{pointer}/{index}"
        if block["type"] == "image":
            yield block, place
        if block.get("accessory", {}).get("type") == "image":
            yield block["accessory"], f"{place}/accessory"
        if block["type"] == "context":
            for position, element in enumerate(block["elements"]):
                if element["type"] == "image":
                    yield element, f"{place}/elements/{position}"
