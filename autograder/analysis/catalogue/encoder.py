"""E: layer norm, residual connections, feed-forward network; F, first part: stacks of layers. Lesson 4."""

from autograder.analysis.catalogue.entry import Entry

_NORM, _FEED, _LAYER, _STACK = "LayerNorm", "FeedForward", "EncoderLayer", "Encoder"

ENTRIES = (
    Entry(51, "ε outside the root", (f"{_NORM}/eps_outside_the_root", f"{_NORM}/eps_forgotten")),
    Entry(52, "unbiased standard deviation", (f"{_NORM}/unbiased_variance",)),
    Entry(
        53,
        "normalised along the wrong axis",
        tuple(f"{_NORM}/over_{what}" for what in ("positions", "the_batch", "everything")),
    ),
    Entry(
        54,
        "no residual connection",
        tuple(f"{_LAYER}/no_{what}" for what in ("residuals", "attention_residual", "feed_forward_residual")),
    ),
    Entry(
        55,
        "residual taken from the normalised vectors",
        (f"{_LAYER}/residual_from_normed", f"{_LAYER}/attention_residual_from_normed"),
    ),
    Entry(56, "norm before the sum", (f"{_LAYER}/norm_before_the_sum",)),
    Entry(
        57,
        "a norm too many, or no final norm",
        (
            f"{_LAYER}/both_norms",
            *(f"{_STACK}/{what}" for what in ("no_final_norm", "final_norm_always", "final_norm_in_the_loop")),
        ),
    ),
    Entry(58, "one norm for both sub-layers", (f"{_LAYER}/one_shared_norm", f"{_LAYER}/one_norm_used_twice")),
    Entry(59, "no activation, or at the end", (f"{_FEED}/no_activation", f"{_FEED}/activation_last")),
    Entry(60, "dropout after the sum", (f"{_LAYER}/dropout_after_the_sum", f"{_LAYER}/dropout_after_the_norm")),
    Entry(61, "layers in a Python list", (f"{_STACK}/python_list",)),
    Entry(62, "the same layer repeated", (f"{_STACK}/same_layer_repeated",)),
    Entry(63, "every layer gets the input", (f"{_STACK}/every_layer_gets_the_input",)),
    Entry(
        64,
        "layers left out",
        tuple(f"{_STACK}/{what}" for what in ("one_layer_too_few", "first_layer_skipped", "first_layer_only")),
    ),
    Entry(
        69,
        "a norm computed and not used",
        (
            f"{_LAYER}/norm_unused",
            f"{_STACK}/final_norm_unused",
            "DecoderLayer/norm_unused",
            "Decoder/no_final_norm",
            "cached_step/keys_from_unnormalised",
        ),
    ),
)
