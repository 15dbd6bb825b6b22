"""Exercise `Encoder` of lesson 4: cases, mistakes, hints."""

from __future__ import annotations

import torch

from autograder.exercises.draw import Draw
from autograder.exercises.encoder import headings
from autograder.exercises.encoder.layer import (
    Steps,
    dropped,
    forward,
    hidden_changes,
    layer_sizes,
    masked,
    not_divisible,
    only_a_bias,
    used,
)
from autograder.exercises.model import (
    FEW,
    MANY,
    NONE,
    NOTHING_BEFORE,
    RATES,
    Case,
    Exercise,
    Mistake,
    build,
    call,
    in_training,
    in_turn,
)
from autograder.exercises.rules import TRANSFORMER

_LAYERS = """self.layers = nn.ModuleList(
            EncoderLayer(d_model, num_heads, d_ff, dropout, norm_first) for _ in range(num_layers)
        )"""
_MADE = "EncoderLayer(d_model, num_heads, d_ff, dropout, norm_first)"
_LOOP = "for layer in self.layers:"
_STEP = "x = layer(x, mask)"
_FINAL = "if norm_first:"
_RETURN = "return self.final_norm(x) if self.norm_first else x"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.STACK, patches=patches)


MISTAKES = (
    _mistake(
        "python_list",
        "The layers are in a plain Python list.",
        "torch does not look into a list: its layers would not be trained, moved or saved. Use nn.ModuleList.",
        (_LAYERS, f"self.layers = [{_MADE} for _ in range(num_layers)]"),
    ),
    _mistake(
        "same_layer_repeated",
        "It is one layer, used num_layers times.",
        "[layer] * n holds the same layer n times. Each layer needs weights of its own.",
        (_LAYERS, f"self.layers = nn.ModuleList([{_MADE}] * num_layers)"),
    ),
    _mistake(
        "every_layer_gets_the_input",
        "Every layer gets the stack's input, so that only the last one counts.",
        "Each layer works on what the layer before it gave.",
        (_LOOP, "start = x\n        for layer in self.layers:"),
        (_STEP, "x = layer(start, mask)"),
    ),
    _mistake(
        "one_layer_too_few",
        "The last layer is left out.",
        "All num_layers layers are used.",
        (_LOOP, "for layer in self.layers[:-1]:"),
    ),
    _mistake(
        "first_layer_skipped",
        "The first layer is left out.",
        "All num_layers layers are used.",
        (_LOOP, "for layer in self.layers[1:]:"),
    ),
    _mistake(
        "first_layer_only",
        "Only the first layer is used.",
        "A return inside the loop ends it in its first round.",
        (_LOOP, "for layer in self.layers[:1]:"),
    ),
    _mistake(
        "one_layer_too_many",
        "There is a layer more than asked for.",
        "range(num_layers) has num_layers numbers.",
        (_LAYERS, _LAYERS.replace("range(num_layers)", "range(num_layers + 1)")),
    ),
    _mistake(
        "layers_reversed",
        "The layers are used from the last to the first.",
        "layers[0] comes first; with given weights the order matters.",
        (_LOOP, "for layer in reversed(self.layers):"),
    ),
    _mistake(
        "results_added",
        "The layers' results are added to their inputs once more.",
        "The residual connections are inside the layers already.",
        (_STEP, "x = x + layer(x, mask)"),
    ),
    _mistake(
        "mask_not_passed_on",
        "The mask does not reach the layers.",
        "Whatever it hides would be seen.",
        (_STEP, "x = layer(x)"),
    ),
    _mistake(
        "mask_in_the_first_layer_only",
        "Only the first layer gets the mask.",
        "What is hidden must stay hidden in every layer.",
        (_STEP, "x = layer(x, mask); mask = None"),
    ),
    _mistake(
        "no_final_norm",
        "With norm_first, there is no final norm.",
        "The last layer ends with a sum: without a norm behind it the result has any size.",
        (_FINAL, "if False:"),
        (_RETURN, "return x"),
    ),
    _mistake(
        "final_norm_unused",
        "The final norm is there, and not used.",
        "With norm_first it acts on the result of the last layer.",
        (_RETURN, "return x"),
    ),
    _mistake(
        "final_norm_always",
        "There is a final norm without norm_first too.",
        "As in the paper, the last layer already ends with a norm.",
        (_FINAL, "if True:"),
        (_RETURN, "return self.final_norm(x)"),
    ),
    _mistake(
        "final_norm_in_the_loop",
        "The final norm acts after every layer.",
        "It acts once, behind the last one.",
        (_STEP, "x = layer(x, mask); x = self.final_norm(x) if self.norm_first else x"),
        (_RETURN, "return x"),
    ),
    _mistake(
        "norm_first_not_passed_on",
        "The layers are not told of norm_first.",
        "It changes the order inside every layer.",
        (_LAYERS, _LAYERS.replace("dropout, norm_first", "dropout")),
    ),
    _mistake(
        "dropout_not_passed_on",
        "The layers are not told of dropout.",
        "It acts inside every layer.",
        (_LAYERS, _LAYERS.replace("dropout, norm_first", "0.0, norm_first")),
    ),
)


def _stacked(draw: Draw, layers: int = 3, **options: bool) -> Steps:
    return forward(draw, lead=(layers,), **options)


def _left_out(draw: Draw) -> Steps:
    """Left out, dropout is 0: training changes nothing."""
    batch, length, d_model, num_heads, d_ff = layer_sizes(draw)
    return [build(2, d_model, num_heads, d_ff, train=True), call(draw.normal(batch, length, d_model), name="layer")]


def _some_dropped(draw: Draw) -> Steps:
    """Rates that are no whole numbers reach all layers: something is dropped, and something is not."""
    batch, length, d_model, num_heads, d_ff = layer_sizes(draw)
    step = call(draw.normal(batch, length, d_model), name="layer", times=FEW, differ=True)
    layers = [step | {"name": f"layer.layers.{number}"} for number in range(2)]
    made = [build(2, d_model, num_heads, d_ff, dropout=rate, train=True) for rate in RATES]
    return [made[0], step, *layers, made[1], step, *layers]


# A rate at which both of two numbers are dropped about as often as not: one of them is left with 0.44, both with 0.06
TWO_DROPPED = 0.75


def two_numbers(draw: Draw, *attentions: str) -> dict[str, torch.Tensor]:
    """Weights of a stack of one layer with d_model = 2, norms before: of its parts only the last one gives anything,
    a number far above 0 and one far below. The final norm makes 1 and −1 of them, also when one is dropped, and 0 if
    both are: in many copies there is nothing else, whatever the rate.
    """
    state = only_a_bias(draw, "feed_forward.contract.bias", 2, 3, *attentions)
    state["feed_forward.contract.bias"] = torch.tensor([1.0, -1.0]) * (10 + draw.normal(2).abs())
    final = {"final_norm.weight": 0.5 + draw.normal(2).abs(), "final_norm.bias": torch.zeros(2)}
    return {f"layers.0.{name}": weight for name, weight in state.items()} | final


def _some_of_two(draw: Draw) -> Steps:
    state = two_numbers(draw, "self_attention")
    made = build(1, 2, 1, 3, dropout=TWO_DROPPED, norm_first=True, train=True, state=state)
    step = call(torch.zeros(6, 8, 2), name="layer", times=MANY)
    return [made, step, step]


ENCODER = Exercise(
    name="Encoder",
    points={"values": 2.0, "norm_first": 1.0, "masks": 1.0, "gradients": 1.0, "dropout": 1.0},
    section=headings.STACK,
    forbidden=(TRANSFORMER,),
    cases=(
        Case("values", "three layers", _stacked, public=True),
        Case("values", "one layer", lambda draw: _stacked(draw, 1)),
        Case("values", "five layers in float64", lambda draw: _stacked(draw, 5, double=True)),
        Case("values", "one sequence of one position", lambda draw: _stacked(draw, 2, batch=1, length=1)),
        Case("values", "many heads", lambda draw: not_divisible(draw, (2,), fault=False)),
        Case("values", "num_heads does not divide d_model", lambda draw: not_divisible(draw, (2,))),
        Case("values", "two encoders, asked in turn", lambda draw: used(draw, in_turn, lead=(2,))),
        Case("norm_first", "norm_first", lambda draw: _stacked(draw, 2, norm_first=True), public=True),
        Case("norm_first", "four layers, norm_first", lambda draw: _stacked(draw, 4, norm_first=True, double=True)),
        Case("masks", "a mask of its own for every sequence", lambda draw: masked(draw, "own", lead=(2,)), public=True),
        Case("masks", "causal, norm_first", lambda draw: masked(draw, "causal", True, lead=(3,))),
        Case("masks", "padding", lambda draw: masked(draw, "padding", lead=(2,))),
        Case("masks", "changes behind the mask", lambda draw: hidden_changes(draw, lead=(3,))),
        Case("gradients", "gradients", lambda draw: _stacked(draw, 2, double=True, grad=True), public=True),
        Case("gradients", "gradients in training", lambda draw: used(draw, in_training, lead=(2,))),
        Case(
            "gradients",
            "gradients with norm_first",
            lambda draw: _stacked(draw, 3, norm_first=True, double=True, grad=True),
        ),
        Case("dropout", "everything dropped, in training", lambda draw: dropped(draw, True, lead=(2,)), public=True),
        Case("dropout", "everything dropped, norm_first", lambda draw: dropped(draw, True, True, lead=(2,))),
        Case("dropout", "dropout outside of training", lambda draw: dropped(draw, False, lead=(2,))),
        Case("dropout", "next to nothing dropped, norms behind", lambda d: used(d, in_training, (2,), dropout=NONE)),
        Case(
            "dropout", "next to nothing dropped, norms before", lambda d: used(d, in_training, (2,), **NOTHING_BEFORE)
        ),
        Case("dropout", "dropout left out, in training", _left_out),
        Case("dropout", "some dropped, in a few copies", _some_dropped),
        Case("dropout", "some dropped, in many copies", _some_of_two),
    ),
    mistakes=MISTAKES,
    hints=(
        "A module that holds modules in a list must be able to find their weights.",
        "nn.ModuleList, made of num_layers new layers. In forward each layer's result is the next one's input.",
        "nn.ModuleList(EncoderLayer(…) for each of num_layers); a loop that hands x and the mask to each; and, with "
        "norm_first, a LayerNorm behind the loop.",
    ),
)
