"""Cuts the telling corner out of two tensors and lays it out as heat maps: yours, expected, difference. Used by card.

A window of at most 8 × 8 entries of the last two axes that holds the first wrong entry; everything else is left out,
and the titles say what is shown of what.
"""

from __future__ import annotations

import math

import torch

from coach.compare import wrong_entries
from coach.show import Grid

MAX_SIDE = 8  # a learner can still read 64 numbers; more is wallpaper
WHOLE = 24  # entries that may stand in one line of text


def compare_grids(got: torch.Tensor, want: torch.Tensor, index: tuple[int, ...] | None) -> tuple[Grid, ...]:
    """Heat maps of yours and expected around `index`, and of the difference if the shapes agree."""
    if got.numel() == 0 or want.numel() == 0 or got.is_complex() or want.is_complex():
        return ()
    if got.shape != want.shape:
        return (_grid("yours", got, None, None), _grid("expected", want, None, None))
    if got.dim() == 0:
        return ()
    wrong = wrong_entries(got, want, _dtype_of(got, want))
    top = _top(got, want)
    both = [_grid(title, t, index, top, wrong) for title, t in (("yours", got), ("expected", want))]
    return (*both, _difference(got, want, wrong, index))


def _dtype_of(got: torch.Tensor, want: torch.Tensor) -> str:
    dtype = got.dtype if got.is_floating_point() else want.dtype
    return str(dtype)[6:]


def _top(*tensors: torch.Tensor) -> float:
    """The largest finite magnitude, so that equal numbers have equal colours in both pictures."""
    values = torch.cat([t.detach().double().flatten() for t in tensors])
    values = values[torch.isfinite(values)].abs()
    return float(values.max()) if values.numel() else 0.0


def window(shape: tuple[int, ...], index: tuple[int, ...] | None) -> tuple[tuple[int, ...], range, range]:
    """(leading index, rows, columns) of the window that holds `index`, or of the first corner."""
    index = index if index is not None and len(index) == len(shape) else (0,) * len(shape)
    if len(shape) == 1:
        return (), range(1), _around(index[0], shape[0])
    return tuple(index[:-2]), _around(index[-2], shape[-2]), _around(index[-1], shape[-1])


def _around(position: int, size: int) -> range:
    start = 0 if position < MAX_SIDE else min(position - MAX_SIDE // 2, size - MAX_SIDE)
    return range(start, min(size, start + MAX_SIDE))


def _cut(tensor: torch.Tensor, index) -> tuple[torch.Tensor, range, range, str]:
    tensor = tensor.detach()
    if tensor.dim() == 0:
        tensor = tensor.reshape(1)
    lead, rows, columns = window(tuple(tensor.shape), index)
    matrix = tensor[lead] if tensor.dim() > 1 else tensor[None, :]
    matrix = matrix[rows.start : rows.stop, columns.start : columns.stop]
    place = f"[{', '.join(map(str, lead))}]" if lead else ""
    return matrix, rows, columns, place


def _grid(title: str, tensor: torch.Tensor, index, top: float | None, wrong: torch.Tensor | None = None) -> Grid:
    matrix, rows, columns, place = _cut(tensor, index)
    values = matrix.double().tolist()
    top = _top(tensor) if top is None else top
    cells = tuple(tuple(_entry(x, matrix.dtype) for x in row) for row in values)
    shades = tuple(tuple(x / top if top and math.isfinite(x) else 0.0 for x in row) for row in values)
    flags = _cut(wrong, index)[0].tolist() if wrong is not None and title == "yours" else []
    marked = _marked(flags)
    size = "" if matrix.numel() == tensor.numel() else f", part of shape {tuple(tensor.shape)}"
    return Grid(f"{title}{place}{size}", cells, shades, marked, *_labels(tensor, rows, columns))


def _difference(got: torch.Tensor, want: torch.Tensor, wrong: torch.Tensor, index) -> Grid:
    matrix, rows, columns, place = _cut(got.double() - want.double(), index)
    flags, values = _cut(wrong, index)[0].tolist(), matrix.tolist()
    exact = not want.is_floating_point()
    if exact:
        cells = tuple(tuple("≠" if flag else "=" for flag in row) for row in flags)
    else:
        cells = tuple(
            tuple(number(x, signed=True) if flag else "0" for x, flag in zip(row, marks, strict=True))
            for row, marks in zip(values, flags, strict=True)
        )
    top = max((abs(x) for row in values for x in row if math.isfinite(x)), default=0.0)
    shades = tuple(
        tuple(x / top if top and flag and math.isfinite(x) else 0.0 for x, flag in zip(row, marks, strict=True))
        for row, marks in zip(values, flags, strict=True)
    )
    marked = _marked(flags)
    title = "where they differ" if exact else "difference (yours − expected)"
    return Grid(f"{title}{place}", cells, shades, marked, *_labels(got, rows, columns))


def _marked(flags: list[list[bool]]) -> frozenset[tuple[int, int]]:
    """The wrong entries; none if all are wrong, for then a mark on each says nothing."""
    if all(flag for row in flags for flag in row):
        return frozenset()
    return frozenset((i, j) for i, row in enumerate(flags) for j, flag in enumerate(row) if flag)


def _labels(tensor: torch.Tensor, rows: range, columns: range) -> tuple[tuple[str, ...], tuple[str, ...]]:
    names = tuple(str(i) for i in rows) if tensor.dim() > 1 else ("",)
    return names, tuple(str(j) for j in columns)


def _entry(value: float, dtype: torch.dtype) -> str:
    if dtype == torch.bool:
        return "True" if value else "False"
    return number(value) if dtype.is_floating_point else str(int(value))


def number(value: float, signed: bool = False) -> str:
    """A short number of steady width: three decimals where they say something."""
    if not math.isfinite(value):
        return {math.inf: "inf", -math.inf: "-inf"}.get(value, "nan")
    if value == 0:
        return "0"
    sign = "+" if signed else ""
    return format(value, f"{sign}.3f") if 0.00995 <= abs(value) < 1000 else format(value, f"{sign}.2g")


def brief(tensor: torch.Tensor) -> str:
    """dtype and shape, and the values where they fit in a line."""
    head = f"{str(tensor.dtype)[6:]} of shape {tuple(tensor.shape)}"
    if not tensor.numel() or tensor.is_complex():
        return head
    if tensor.numel() > WHOLE:
        lead = (0,) * (tensor.dim() - 1)
        row = tensor.detach()[lead]
        shown = _nested(row[:MAX_SIDE].tolist(), row.dtype)
        shown = f"{shown[:-1]}, …]" if len(row) > MAX_SIDE else shown
        return f"{head}, beginning {'[' * len(lead)}{shown}, …"
    return f"{head}: {_nested(tensor.detach().tolist(), tensor.dtype)}"


def _nested(values: object, dtype: torch.dtype) -> str:
    if isinstance(values, list):
        return f"[{', '.join(_nested(value, dtype) for value in values)}]"
    return _entry(float(values), dtype)
