"""Lesson 0: what nobody can tell apart."""

from autograder.analysis.equivalent.reasons import SIZE, shown, unfitting_mask

MISTAKES: dict[tuple[str, str], str] = {}

MUTANTS: dict[str, dict[str, str]] = {
    "pairwise_dot_products": {f"{{tuple({name}.shape)}} → {{{name}.shape}}": SIZE for name in "xy"},
    "masked_mean": shown("values", "mask") | unfitting_mask("counts", ("values",)),
}
