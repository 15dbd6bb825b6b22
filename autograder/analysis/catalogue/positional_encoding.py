"""D: positional encoding. Lesson 3."""

from autograder.analysis.catalogue.entry import Entry

_TABLE, _ADD, _SHIFT, _ROTATE = "sinusoidal_encoding", "PositionalEncoding", "shift_matrix", "rotate"

ENTRIES = (
    Entry(
        40,
        "the cosine has another exponent",
        tuple(
            f"{_TABLE}/{name}"
            for name in (
                "cosine_of_the_next_frequency",
                "cosine_exponent_of_its_column",
                "doubled_twice_and_of_its_column",
            )
        ),
    ),
    Entry(41, "2i doubled twice", tuple(f"{name}/doubled_twice" for name in (_TABLE, _SHIFT, _ROTATE))),
    Entry(42, "base 1000", (f"{_TABLE}/base_1000",)),
    Entry(43, "a product in place of a power", (f"{_TABLE}/base_times_exponent",)),
    Entry(44, "integer division", (f"{_TABLE}/integer_division", f"{_SHIFT}/one_angle_for_all")),
    Entry(
        45,
        "divided where a product is meant, or the reverse",
        tuple(f"{name}/multiplied_by_the_divisor" for name in (_TABLE, _SHIFT, _ROTATE)),
    ),
    Entry(46, "rows taken along the batch", (f"{_ADD}/rows_by_batch",)),
    Entry(47, "one row instead of a slice", (f"{_ADD}/one_row_for_all", f"{_ADD}/last_row_for_all")),
    Entry(48, "sines and cosines in halves", tuple(f"{name}/halves" for name in (_TABLE, _SHIFT, _ROTATE))),
    Entry(49, "the table is a parameter", (f"{_ADD}/trained_table", f"{_ADD}/learned_embedding")),
    Entry(50, "fails for an odd d_model", (f"{_TABLE}/odd_crashes",)),
)
