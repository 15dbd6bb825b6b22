"""C: multi-head attention. Lesson 2."""

from autograder.analysis.catalogue.entry import Entry

_SPLIT, _MERGE, _HEADS = "split_heads", "merge_heads", "MultiHeadAttention"
_PARAMETERS, _MULTIPLICATIONS = "count_parameters", "count_multiplications"

ENTRIES = (
    Entry(
        31,
        "split by a view without transpose",
        (f"{_SPLIT}/split_without_transpose", f"{_HEADS}/split_without_transpose", f"{_HEADS}/neither_transposed"),
    ),
    Entry(
        32,
        "merged without transpose",
        (f"{_MERGE}/merge_without_transpose", f"{_HEADS}/merge_without_transpose", f"{_HEADS}/neither_transposed"),
    ),
    Entry(33, "interleaved heads", tuple(f"{name}/interleaved_heads" for name in (_SPLIT, _MERGE, _HEADS))),
    Entry(34, "batch and heads in the wrong order", (f"{_HEADS}/batch_and_heads_mixed_up",)),
    Entry(
        35,
        "heads averaged or added, or no output projection",
        (f"{_MERGE}/heads_averaged", f"{_MERGE}/heads_added", f"{_HEADS}/no_output_projection"),
    ),
    Entry(
        36,
        "one projection for several inputs",
        tuple(
            f"{_HEADS}/{name}"
            for name in ("key_uses_query_projection", "value_uses_key_projection", "one_projection_for_all")
        ),
    ),
    Entry(37, "query reshaped with the key's length", (f"{_HEADS}/query_shaped_like_key",)),
    Entry(38, "weights of query and key swapped", (f"{_HEADS}/query_and_key_weights_swapped",)),
    Entry(
        39,
        "the full d_model for every head",
        (
            f"{_HEADS}/full_size_for_every_head",
            f"{_PARAMETERS}/full_size_for_every_head",
            f"{_MULTIPLICATIONS}/projections_for_every_head",
        ),
    ),
)
