"""A: scaled dot-product attention, B: masking. Lesson 1, and what of it belongs to later lessons."""

from autograder.analysis.catalogue.entry import Entry

_SOFTMAX, _SCORES, _PADDING = "stable_softmax", "attention_scores", "padding_mask"
_CAUSAL, _ATTEND = "causal_mask", "scaled_dot_product_attention"
_HEADS = "MultiHeadAttention"  # of lesson 2, which passes masks on and brings dropout in

ENTRIES = (
    Entry(1, "no scale", (f"{_SCORES}/no_scale", f"{_ATTEND}/no_scale")),
    Entry(2, "divided by d", (f"{_SCORES}/scale_by_d", f"{_ATTEND}/scale_by_d")),
    Entry(3, "divided by √d_model", (f"{_ATTEND}/scale_by_d_model",)),
    Entry(4, "divided by √length", (f"{_SCORES}/scale_by_length", f"{_ATTEND}/scale_by_length")),
    Entry(5, "multiplied by √d", (f"{_SCORES}/scale_multiplied", f"{_ATTEND}/scale_multiplied")),
    Entry(6, "scaled after the softmax", (f"{_ATTEND}/scale_after_softmax",)),
    Entry(7, "softmax over queries", (f"{_ATTEND}/softmax_over_queries",)),
    Entry(
        8,
        "softmax along axis 1, or torch's implicit axis",
        (f"{_ATTEND}/softmax_over_axis_1", f"{_ATTEND}/softmax_over_axis_0", f"{_SOFTMAX}/dim_ignored"),
    ),
    Entry(9, "K Qᵀ", (f"{_SCORES}/transposed", f"{_ATTEND}/query_and_key_swapped")),
    Entry(10, "keys for values", (f"{_ATTEND}/value_is_key",)),
    Entry(11, "no maximum subtracted", (f"{_SOFTMAX}/no_maximum", f"{_ATTEND}/no_maximum", f"{_ATTEND}/naive_softmax")),
    Entry(
        12,
        "dropout on the scores, or weights renormalised after it",
        (f"{_HEADS}/dropout_on_scores", f"{_HEADS}/renormalised_after_dropout"),
    ),
    Entry(13, "squeezed output", (f"{_SCORES}/squeezed", f"{_ATTEND}/squeezed", "pairwise_dot_products/squeezed")),
    Entry(14, "divided by the sum without exp", (f"{_SOFTMAX}/no_exponential", f"{_ATTEND}/no_exponential")),
    Entry(
        15,
        "mask inverted",
        tuple(f"{name}/mask_inverted" for name in (_PADDING, _CAUSAL, _ATTEND, "masked_mean")),
    ),
    Entry(16, "mask after the softmax", (f"{_ATTEND}/mask_after_softmax",)),
    Entry(17, "blocked scores are 0", (f"{_ATTEND}/mask_fill_zero",)),
    Entry(
        18,
        "blocked scores not low enough",
        tuple(f"{_ATTEND}/mask_fill_{name}" for name in ("minus_1", "small", "thousands")),
    ),
    Entry(19, "scores times mask: the same as 17 for finite scores", (f"{_ATTEND}/mask_fill_zero",)),
    Entry(20, "bool mask added", (f"{_ATTEND}/mask_added",)),
    Entry(21, "causal mask without the diagonal", (f"{_CAUSAL}/excludes_self",)),
    Entry(22, "upper triangle", (f"{_CAUSAL}/upper",)),
    Entry(23, "causal mask aligned wrongly for unequal lengths", ("cached_step/mask_not_offset",)),
    Entry(24, "padding OR causal", ("Transformer/padding_or_causal",)),
    Entry(25, "padding on the query axis", (f"{_PADDING}/on_queries",)),
    Entry(26, "mask repeated in the wrong order of heads", (f"{_HEADS}/mask_repeated_in_the_wrong_order",)),
    Entry(
        27,
        "NaN in a fully masked row",
        (f"{_ATTEND}/empty_nan", f"{_ATTEND}/empty_gradient_nan", f"{_SOFTMAX}/empty_nan", "masked_mean/empty_nan"),
    ),
    Entry(28, "result of masked_fill thrown away", (f"{_ATTEND}/mask_ignored",)),
    Entry(29, "additive mask where a bool one is meant", (f"{_CAUSAL}/additive",)),
    Entry(30, "mask not passed on", (f"{_HEADS}/mask_not_passed_on",)),
)
