"""The HTML side of `show`: blocks to one section. Called by Card.html.

Colours come from the host's theme (JupyterLab's and VS Code's CSS variables), else from the reader's light or dark
preference. Heat maps tint the theme's own background, so the numbers keep the theme's contrast.
"""

from __future__ import annotations

from html import escape

from coach.show import Block, Grid, Grids, Line, Source, Table, Title, inline

MAX_TINT = 0.5  # opacity of the strongest entry: with more, numbers would lose contrast in one of the themes
WARM, COLD = "214,96,20", "30,110,210"  # positive and negative; told apart by colour-blind readers too

# The class is doubled where JupyterLab's own rules for tables would win otherwise.
STYLE = """<style>
.coach-card{--coach-f:#1f2328;--coach-b:#ffffff;--coach-l:#8a9199;--coach-c:#f3f4f6}
@media (prefers-color-scheme:dark){.coach-card{--coach-f:#e6edf3;--coach-b:#14181d;--coach-l:#7d8590;--coach-c:#22272e}}
.coach-card{color:var(--jp-ui-font-color1,var(--vscode-editor-foreground,var(--coach-f)));
background:var(--jp-layout-color0,var(--vscode-editor-background,var(--coach-b)));
border:1px solid var(--jp-border-color1,var(--coach-l));border-left:5px solid var(--coach-l);border-radius:4px;
padding:.5em .9em;margin:.3em 0;max-width:60em;font-size:14px;line-height:1.5;overflow-x:auto}
.coach-card.coach-pass{border-left-color:#2e8b57}.coach-card.coach-fail{border-left-color:#d1432f}
.coach-card p{margin:.35em 0}.coach-card .coach-title{font-size:1.1em}
.coach-card code,.coach-card pre{font-family:var(--jp-code-font-family,monospace);font-size:.93em;color:inherit;
background:var(--jp-layout-color2,var(--coach-c));border-radius:3px;padding:0 .25em}
.coach-card pre{padding:.4em .6em;margin:.2em 0;overflow-x:auto}
.coach-card .coach-grids{display:flex;flex-wrap:wrap;gap:.4em 1.6em;align-items:flex-start;margin:.4em 0}
section.coach-card.coach-card table{border-collapse:collapse;margin:.3em 0;font-size:13px;color:inherit;border:none}
section.coach-card.coach-card caption{caption-side:top;text-align:left;font-weight:600;color:inherit;white-space:nowrap}
section.coach-card.coach-card table tr,section.coach-card.coach-card table tr:hover{background:none}
section.coach-card.coach-card table :is(th,td){padding:.15em .6em;text-align:left;vertical-align:top;
border:1px solid var(--jp-border-color2,var(--coach-l));color:inherit;font-weight:normal}
section.coach-card.coach-card table thead th{font-weight:600}
section.coach-card.coach-card table.coach-grid :is(th,td){text-align:right;padding:.1em .45em;
font-variant-numeric:tabular-nums;font-family:var(--jp-code-font-family,monospace);font-size:12px}
section.coach-card.coach-card table.coach-grid :is(th,thead td){border:none;opacity:.8}
section.coach-card.coach-card table.coach-grid td.coach-wrong{outline:1px solid currentColor;outline-offset:-1px}
</style>"""


def render(blocks: tuple[Block, ...]) -> str:
    """One section; the first Title gives its label and its state."""
    first = next((block for block in blocks if isinstance(block, Title)), Title("coach"))
    body = "\n".join(_HTML[type(block)](block) for block in blocks)
    label = escape(first.text.replace("`", ""), quote=True)
    return f'{STYLE}\n<section class="coach-card coach-{first.state}" aria-label="{label}">\n{body}\n</section>'


def _title(block: Title) -> str:
    # not <h…>: JupyterLab would list every card in the lesson's table of contents
    mark = {"pass": "✓ ", "fail": "✗ ", "note": ""}[block.state]
    text = f"<strong>{mark}{inline(block.text)}</strong>"
    return f'<p class="coach-title" role="heading" aria-level="4">{text}</p>'


def _line(block: Line) -> str:
    text = f"<strong>{inline(block.text)}</strong>" if block.strong else inline(block.text)
    return f"<p><strong>{inline(block.label)}:</strong> {text}</p>" if block.label else f"<p>{text}</p>"


def _source(block: Source) -> str:
    return f"<p><strong>{inline(block.label)}:</strong></p>\n<pre>{escape(block.text)}</pre>"


def _table(block: Table) -> str:
    head = "".join(f'<th scope="col">{inline(cell)}</th>' for cell in block.head)
    rows = "\n".join(
        f'<tr><th scope="row">{inline(row[0])}</th>{"".join(f"<td>{inline(cell)}</td>" for cell in row[1:])}</tr>'
        for row in block.rows
    )
    return (
        f"<table><caption>{inline(block.caption)}</caption><thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table>"
    )


def _grids(block: Grids) -> str:
    grids = "\n".join(_grid(grid) for grid in block.grids)
    return f'<p><strong>{inline(block.caption)}</strong></p>\n<div class="coach-grids">{grids}</div>'


def _grid(grid: Grid) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in grid.column_labels)
    rows = []
    for i, (label, row, shades) in enumerate(zip(grid.row_labels, grid.rows, grid.shades, strict=True)):
        cells = "".join(
            _cell(text, shade, (i, j) in grid.marked) for j, (text, shade) in enumerate(zip(row, shades, strict=True))
        )
        rows.append(f'<tr><th scope="row">{escape(label)}</th>{cells}</tr>')
    return (
        f'<table class="coach-grid"><caption>{inline(grid.title)}</caption>'
        f"<thead><tr><td></td>{head}</tr></thead>\n<tbody>{''.join(rows)}</tbody></table>"
    )


def _cell(text: str, shade: float, wrong: bool) -> str:
    tint = f"rgba({WARM if shade > 0 else COLD},{MAX_TINT * min(1.0, abs(shade)):.2f})"
    style = f' style="background:{tint}"' if shade else ""
    mark = ' class="coach-wrong"' if wrong else ""
    inner = f"<strong>{escape(text)}</strong>" if wrong else escape(text)
    return f"<td{mark}{style}>{inner}</td>"


_HTML = {Title: _title, Line: _line, Source: _source, Table: _table, Grids: _grids}
