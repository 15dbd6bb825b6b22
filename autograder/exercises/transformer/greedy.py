"""Exercise `greedy_decode` of lesson 6: cases, mistakes, hints."""

from __future__ import annotations

from autograder.exercises.model import Case, Exercise, Mistake
from autograder.exercises.transformer import headings
from autograder.exercises.transformer.lively import written

_EVAL = "model.eval()"
_TRAIN = "model.train(was_training)"
_FULL = "tokens = torch.full_like(source[:, :1], start_id)"
_LOOP = "for _ in range(max_length):"
_LOGITS = "logits = model.decode(tokens, memory, source)[:, -1]"
_BEST = "best = logits.argmax(dim=-1, keepdim=True).masked_fill(ended, model.pad_id)"
_ENDED = "ended = ended | (best == end_id)"
_STOP = "if ended.all():"
_RETURN = "return tokens"
_NO_GRAD = "with torch.no_grad():"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.GREEDY, patches=patches)


MISTAKES = (
    _mistake(
        "first_position",
        "The logits of the first position are used.",
        "The next token comes after the last position.",
        (_LOGITS, _LOGITS.replace("[:, -1]", "[:, 0]")),
    ),
    _mistake(
        "start_missing",
        "The result lacks the start token.",
        "Each row begins with start_id.",
        (_RETURN, "return tokens[:, 1:]"),
    ),
    _mistake(
        "starts_with_padding",
        "Writing begins with the padding token.",
        "The model was trained to begin after start_id.",
        (_FULL, "tokens = torch.full_like(source[:, :1], model.pad_id)"),
    ),
    _mistake(
        "starts_with_end",
        "Writing begins with the end token.",
        "The model was trained to begin after start_id.",
        (_FULL, "tokens = torch.full_like(source[:, :1], end_id)"),
    ),
    _mistake(
        "writes_on_after_the_end",
        "A row that has ended is written on.",
        "Behind its end_id stands only padding.",
        (_BEST, "best = logits.argmax(dim=-1, keepdim=True)"),
    ),
    _mistake(
        "end_repeated",
        "Behind the end token stand more end tokens.",
        "Behind it stands model.pad_id.",
        (_BEST, "best = logits.argmax(dim=-1, keepdim=True).masked_fill(ended, end_id)"),
    ),
    _mistake(
        "stops_when_one_row_ends",
        "Writing stops as soon as one row has ended.",
        "The others have not: it stops when all have.",
        (_STOP, "if ended.any():"),
    ),
    _mistake(
        "stops_when_all_end_together",
        "Writing stops only if all rows end in the same step.",
        "Remember which rows have ended before.",
        (_ENDED, "now = best == end_id; ended = ended | now"),
        (_STOP, "if now.all():"),
    ),
    _mistake(
        "never_stops_early",
        "It always writes max_length tokens.",
        "It stops when every row has ended.",
        (_STOP, "if False:"),
    ),
    _mistake(
        "one_token_too_many",
        "One token more than max_length is written.",
        "At most max_length tokens follow the start.",
        (_LOOP, "for _ in range(max_length + 1):"),
    ),
    _mistake(
        "one_token_too_few",
        "One token less than max_length is written.",
        "The start token does not count.",
        (_LOOP, "for _ in range(max_length - 1):"),
    ),
    _mistake(
        "no_eval",
        "The model is not put into eval mode.",
        "With dropout at work, the same source gives another answer each time.",
        (_EVAL, "pass"),
    ),
    _mistake(
        "left_in_eval",
        "The model is left in eval mode.",
        "Training would go on without dropout: put it back into the mode in which it was.",
        (_TRAIN, "pass"),
    ),
    _mistake(
        "padding_is_0",
        "Token 0 stands behind the end, whatever the model says.",
        "The model knows its padding: model.pad_id.",
        (_BEST, _BEST.replace("model.pad_id", "0")),
    ),
    _mistake(
        "gradients_recorded",
        "The model works with gradients.",
        "Each step keeps all that a gradient would need, and nobody asks for one: work under torch.no_grad().",
        (_NO_GRAD, "if True:"),
    ),
    _mistake(
        "left_frozen",
        "The model is left with weights that have no gradients.",
        "It could not be trained on. torch.no_grad() is for the time of writing, requires_grad_ for good.",
        (_NO_GRAD, "if model.requires_grad_(False):"),
    ),
    _mistake(
        "left_in_training",
        "The model is always left in training mode.",
        "It may have been in eval mode before.",
        (_TRAIN, "model.train()"),
    ),
    _mistake(
        "smallest_logit",
        "The token with the smallest logit is taken.",
        "The most probable token has the largest.",
        (_BEST, _BEST.replace("argmax", "argmin")),
    ),
    _mistake(
        "last_source_for_all",
        "All rows are written from the memory of the last one.",
        "Each row has its own memory.",
        (_LOGITS, "logits = model.decode(tokens, memory[-1:].expand_as(memory), source)[:, -1]"),
    ),
    _mistake(
        "only_the_last_token_read",
        "The decoder reads only the last token written.",
        "It needs all that was written so far, unless there is a cache.",
        (_LOGITS, "logits = model.decode(tokens[:, -1:], memory, source)[:, -1]"),
    ),
)


_READING = ("first_position", "only_the_last_token_read", "last_source_for_all")

GREEDY_DECODE = Exercise(
    name="greedy_decode",
    points={"values": 2.0, "ends": 2.0, "mode": 1.0},
    section=headings.GREEDY,
    cases=(
        Case("values", "a few sources", lambda draw: written(draw, 6), public=True, separates=_READING),
        Case("values", "one source", lambda draw: written(draw, 7, batch=1, all_end=True), public=True),
        Case("values", "one step", lambda draw: written(draw, 1)),
        Case("ends", "rows that end at different times", lambda draw: written(draw, 9, batch=9), public=True),
        Case("ends", "other start and end tokens", lambda draw: written(draw, 7, start=3, end=4), public=True),
        Case("ends", "two sources, a long time", lambda draw: written(draw, 12, batch=2, all_end=True), public=True),
        Case(
            "ends",
            "other padding than 0",
            lambda draw: written(draw, 7, pad=3),
            public=True,
            separates=("padding_is_0",),
        ),
        Case("mode", "a model in training", lambda draw: written(draw, 6, train=True), public=True),
        Case("mode", "a model in eval mode", lambda draw: written(draw, 3), public=True),
        Case("mode", "without gradients", lambda draw: written(draw, 4, recorded=True), public=True),
    ),
    mistakes=MISTAKES,
    hints=(
        "Encode once. Then, step by step: decode what is there, look at the last position, add one token to each row.",
        "Remember which rows have ended. Such a row gets padding, whatever its logits say.",
        "model.training is the mode to go back to; torch.no_grad() saves memory; the new column is "
        "logits.argmax(dim=-1), masked where rows have ended.",
    ),
)
