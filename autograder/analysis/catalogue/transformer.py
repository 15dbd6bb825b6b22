"""G: embeddings, H: training, I: decoding. Lesson 6."""

from autograder.analysis.catalogue.entry import Entry

_EMBED, _MODEL, _LOSS, _RATE = "TokenEmbedding", "Transformer", "label_smoothed_cross_entropy", "warmup_learning_rate"
_GREEDY, _BEAM, _SHIFT = "greedy_decode", "beam_search", "shift_right"
_LOOP = "none: the training loop is given"

ENTRIES = (
    Entry(71, "embeddings not multiplied by √d_model", (f"{_EMBED}/not_scaled",)),
    Entry(72, "multiplied after the positions were added", (f"{_MODEL}/scaled_after_positions",)),
    Entry(73, "divided by √d_model", (f"{_EMBED}/divided",)),
    Entry(74, "tied weights, or the scale once too often", (f"{_MODEL}/tied_output", f"{_MODEL}/scaled_twice")),
    Entry(75, "padding_idx not honoured", (f"{_EMBED}/padding_trained", f"{_EMBED}/padding_is_0")),
    Entry(76, "input not shifted", (f"{_SHIFT}/not_shifted",)),
    Entry(77, "shifted twice", (f"{_SHIFT}/shifted_twice", f"{_MODEL}/shifts_inside")),
    Entry(78, "the decoder sees what it is to predict", (f"{_MODEL}/no_causal_mask", f"{_SHIFT}/shifted_left")),
    Entry(79, "padding counts in the loss", (f"{_LOSS}/padding_counts",)),
    Entry(
        80,
        "mean over padding too, or over the means of sequences",
        (f"{_LOSS}/divided_by_all_positions", f"{_LOSS}/mean_of_sequence_means"),
    ),
    Entry(81, "softmax before the cross-entropy", (f"{_LOSS}/softmax_first", f"{_MODEL}/softmax_included")),
    Entry(82, "logits reshaped where axes had to be exchanged", (f"{_LOSS}/axes_reshaped",)),
    Entry(
        83,
        "shares of the smoothing",
        (f"{_LOSS}/padding_gets_no_share", f"{_LOSS}/right_token_gets_no_share", f"{_LOSS}/share_not_divided"),
    ),
    Entry(84, "gradients not set back", later=_LOOP),
    Entry(85, "no eval mode while writing", (f"{_GREEDY}/no_eval", f"{_BEAM}/no_eval", f"{_GREEDY}/left_in_eval")),
    Entry(86, "warm-up off by one", (f"{_RATE}/counted_from_zero", f"{_RATE}/one_step_ahead", f"{_RATE}/unchecked")),
    Entry(87, "gradients clipped before they are there", later=_LOOP),
    Entry(
        92,
        "no stop at the end token, or for the whole batch at once",
        tuple(f"{_GREEDY}/{name}" for name in ("writes_on_after_the_end", "stops_when_one_row_ends")),
    ),
    Entry(93, "start token forgotten", (f"{_GREEDY}/starts_with_padding", f"{_GREEDY}/start_missing")),
    Entry(94, "probabilities added up", (f"{_BEAM}/probabilities_added",)),
    Entry(95, "ended hypotheses written on", (f"{_BEAM}/ended_ones_grow",)),
    Entry(
        96,
        "length penalty absent, or with the start token in it",
        (f"{_BEAM}/no_length_penalty", f"{_BEAM}/start_counted"),
    ),
    Entry(97, "stops when the best has ended", (f"{_BEAM}/stops_at_the_first_end",)),
    Entry(98, "the first step continues equal hypotheses", (f"{_BEAM}/greedy",)),
    Entry(99, "cache not put into the order of the hypotheses", later="none: beam search works without a cache"),
)
