"""Exercise `beam_search` of lesson 6: cases, mistakes, hints."""

from __future__ import annotations

from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake
from autograder.exercises.transformer import headings
from autograder.exercises.transformer.lively import VOCABULARY, written

_SCORE = "return log_probability / ((5 + len(tokens) - 1) / 6) ** length_penalty"
_STEPS = "steps = (logits.double() - logits.double().logsumexp(dim=-1, keepdim=True)).tolist()"
_GROWN = "return [(total + step, [*tokens, v]) for (total, tokens), row in pairs for v, step in enumerate(row)]"
_ENDED = "ended = [hypothesis for hypothesis in beam if hypothesis[1][-1] == end_id]"
_STOP = "if not still_open:"
_ALL = "candidates = ended + continued(still_open, memory, row)"
_KEPT = "beam = sorted(candidates, key=score, reverse=True)[:beam_size]"
_BEST = "return beam[0]"
_EVAL = "model.eval()"
_TRAIN = "model.train(was_training)"
_PADDED = "padded = [tokens + [model.pad_id] * (length - len(tokens)) for _, tokens in found]"
_NO_GRAD = "with torch.no_grad():"
_LAST = "return source.new_tensor(padded), memory.new_tensor([score(hypothesis) for hypothesis in found])"
_LOGITS = "logits = model.decode(tokens, memory.expand(len(beam), -1, -1), row.expand(len(beam), -1))[:, -1]"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.BEAM, patches=patches)


MISTAKES = (
    _mistake(
        "no_length_penalty",
        "The scores are not divided by the length penalty.",
        "Every further token makes a text less probable: short ones would win.",
        (_SCORE, "return log_probability"),
    ),
    _mistake(
        "divided_by_length",
        "The scores are divided by the number of tokens to the power of the penalty.",
        "The formula divides by ((5 + n) / 6)^penalty.",
        (_SCORE, "return log_probability / max(len(tokens) - 1, 1) ** length_penalty"),
    ),
    _mistake(
        "start_counted",
        "The start token counts as a token of the text.",
        "n is the number of generated tokens, the end included.",
        (_SCORE, "return log_probability / ((5 + len(tokens)) / 6) ** length_penalty"),
    ),
    _mistake(
        "end_not_counted",
        "The end token does not count.",
        "n is the number of generated tokens, the end included.",
        (_SCORE, "return log_probability / ((5 + len(tokens) - 1 - (tokens[-1] == end_id)) / 6) ** length_penalty"),
    ),
    _mistake(
        "penalty_multiplied",
        "The scores are multiplied by the length penalty.",
        "Logarithms of probabilities are negative: dividing makes long texts better, multiplying makes them worse.",
        (_SCORE, _SCORE.replace("log_probability /", "log_probability *")),
    ),
    _mistake(
        "probabilities_added",
        "Probabilities are added up, not their logarithms.",
        "The probability of a text is the product of those of its tokens.",
        (_STEPS, "steps = torch.softmax(logits.double(), dim=-1).tolist()"),
    ),
    _mistake(
        "logits_added",
        "Logits are added up, without turning them into logarithms of probabilities.",
        "Logits of different steps cannot be compared: subtract their logsumexp.",
        (_STEPS, "steps = logits.double().tolist()"),
    ),
    _mistake(
        "ended_ones_grow",
        "Hypotheses that have ended are written on.",
        "Behind an end token a text is complete: it stays in the race as it is.",
        (_ENDED, "ended = []"),
    ),
    _mistake(
        "ended_ones_dropped",
        "Hypotheses that have ended leave the race.",
        "They compete with the open ones until the search ends.",
        (_ALL, "candidates = continued(still_open, memory, row)"),
    ),
    _mistake(
        "stops_at_the_first_end",
        "The search stops as soon as the best hypothesis has ended.",
        "Another one may still overtake it: it ends when all that stay have ended.",
        (_STOP, "if ended and beam[0] == ended[0]:"),
    ),
    _mistake(
        "stops_at_any_end",
        "The search stops as soon as any hypothesis has ended.",
        "It ends when all that stay have ended.",
        (_STOP, "if ended:"),
    ),
    _mistake(
        "greedy",
        "In effect only one hypothesis is kept, whatever beam_size says.",
        "That is greedy decoding. Start with one beginning, not with equal ones, and continue each by every token.",
        (_KEPT, _KEPT.replace("[:beam_size]", "[:1]")),
    ),
    _mistake(
        "one_too_many",
        "One hypothesis more than beam_size is kept.",
        "beam_size beginnings stay at every step.",
        (_KEPT, _KEPT.replace("[:beam_size]", "[: beam_size + 1]")),
    ),
    _mistake(
        "pruned_without_penalty",
        "While searching, the hypotheses are compared by ln P; only the answer has the penalty.",
        "Those with the highest scores stay, and the score has the penalty in it.",
        (_KEPT, _KEPT.replace("key=score", "key=lambda hypothesis: hypothesis[0]")),
        (_BEST, "return max(beam, key=score)"),
    ),
    _mistake(
        "worst_ones_kept",
        "The hypotheses with the lowest scores stay.",
        "The highest are the best: logarithms of probabilities are negative.",
        (_KEPT, _KEPT.replace("reverse=True", "reverse=False")),
    ),
    _mistake(
        "score_is_log_probability",
        "The score that comes back is ln P.",
        "It is the score by which hypotheses were compared.",
        (_LAST, _LAST.replace("score(hypothesis) for hypothesis", "hypothesis[0] for hypothesis")),
    ),
    _mistake(
        "padded_with_end",
        "Shorter answers are filled up with end tokens.",
        "Behind the end stands model.pad_id.",
        (_PADDED, _PADDED.replace("model.pad_id", "end_id")),
    ),
    _mistake(
        "start_missing",
        "The answers lack the start token.",
        "Each row begins with start_id.",
        (_LAST, _LAST.replace("source.new_tensor(padded)", "source.new_tensor(padded)[:, 1:]")),
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
        "Put it back into the mode in which it was.",
        (_TRAIN, "pass"),
    ),
    _mistake(
        "padding_is_0",
        "Token 0 stands behind the end, whatever the model says.",
        "The model knows its padding: model.pad_id.",
        (_PADDED, _PADDED.replace("model.pad_id", "0")),
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
        "scores_in_float32",
        "The scores are float32, whatever the model computes in.",
        "They have the logits' dtype: torch.tensor(list) does not know it, new_tensor of one of the model's does.",
        (_LAST, _LAST.replace("memory.new_tensor(", "torch.tensor(")),
    ),
    _mistake(
        "first_position",
        "The logits of the first position are used.",
        "The next token comes after the last position.",
        (_LOGITS, _LOGITS.replace("[:, -1]", "[:, 0]")),
    ),
)


_WIDTH = ("greedy", "one_too_many")
_ENDING = ("stops_at_any_end", "ended_ones_dropped", "ended_ones_grow")
_PENALTY = ("stops_at_the_first_end", "pruned_without_penalty", "no_length_penalty")


def _searched(
    draw: Draw, longest: int, beam_size: int, length_penalty: float, batch: int = 3, **options: int
) -> list[dict]:
    return written(draw, longest, beam_size, length_penalty, batch=batch, **options)


BEAM_SEARCH = Exercise(
    name="beam_search",
    points={"values": 3.0, "penalty": 2.0, "mode": 1.0},
    section=headings.BEAM,
    cases=(
        Case("values", "a beam of two", lambda draw: _searched(draw, 6, 2, 1.0), public=True, separates=_WIDTH),
        Case("values", "a beam of one", lambda draw: _searched(draw, 5, 1, 0.6)),
        Case("values", "a beam of three", lambda draw: _searched(draw, 5, 3, 0.6), public=True, separates=_ENDING),
        Case("values", "a beam wider than the vocabulary", lambda draw: _searched(draw, 4, VOCABULARY + 2, 0.6)),
        Case("values", "one step", lambda draw: _searched(draw, 1, 2, 0.6)),
        Case("values", "one source", lambda draw: _searched(draw, 6, 4, 0.6, batch=1)),
        Case("penalty", "no penalty", lambda draw: _searched(draw, 6, 3, 0.0), public=True),
        Case("penalty", "a strong penalty", lambda draw: _searched(draw, 6, 3, 6.0), public=True, separates=_PENALTY),
        Case("penalty", "a reward for short texts", lambda draw: _searched(draw, 5, 3, -1.0)),
        Case("mode", "a model in eval mode", lambda draw: _searched(draw, 2, 2, 0.6)),
        Case("mode", "a model in training", lambda draw: _searched(draw, 4, 2, 0.6, train=True), public=True),
        Case("mode", "without gradients", lambda draw: _searched(draw, 3, 2, 0.6, recorded=True), public=True),
        Case(
            "mode",
            "other padding than 0",
            lambda draw: _searched(draw, 6, 2, 1.0, batch=4, pad=3),
            public=True,
            separates=("padding_is_0",),
        ),
        Case("mode", "a model of float64", lambda draw: _searched(draw, 3, 2, 0.0, double=True), public=True),
    ),
    mistakes=MISTAKES,
    hints=(
        "Write it for a single source first, with a plain list of pairs (ln P, tokens). Then loop over the batch.",
        "One step: keep those that have ended as they are; continue all others by every token; sort all of them by "
        "score; keep the first beam_size.",
        "ln P grows by log-softmax of the last position's logits. sorted(…, key=…, reverse=True) puts the "
        "highest scores first. The answer is the first of the last beam.",
    ),
)
