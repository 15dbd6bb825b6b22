"""Mistakes of `Decoder`. Used by `stack`."""

from __future__ import annotations

from autograder.exercises.decoder import headings
from autograder.exercises.model import Mistake

_SIZES = "sizes = (d_model, num_heads, d_ff, dropout, norm_first)"
_LAYERS = "self.layers = nn.ModuleList(DecoderLayer(*sizes) for _ in range(num_layers))"
_FINAL = "self.final_norm = encoder.LayerNorm(d_model) if norm_first else nn.Identity()"
_LOOP = "for layer in self.layers:"
_CALL = "x = layer(x, memory, target_mask, memory_mask)"
_RETURN = "return self.final_norm(x)"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.STACK, patches=patches)


MISTAKES = (
    _mistake(
        "python_list",
        "The layers lie in a plain Python list.",
        "torch does not find their parameters there, so they would never be trained: use nn.ModuleList.",
        (_LAYERS, "self.layers = [DecoderLayer(*sizes) for _ in range(num_layers)]"),
    ),
    _mistake(
        "same_layer_repeated",
        "One and the same layer stands in every place of the stack.",
        "`[layer] * n` repeats a reference: each layer needs weights of its own.",
        (_LAYERS, "self.layers = nn.ModuleList([DecoderLayer(*sizes)] * num_layers)"),
    ),
    _mistake(
        "one_layer_too_few",
        "The stack has one layer too few.",
        "There are num_layers of them.",
        (_LAYERS, _LAYERS.replace("range(num_layers)", "range(1, num_layers)")),
    ),
    _mistake(
        "one_layer_too_many",
        "The stack has one layer too many.",
        "There are num_layers of them.",
        (_LAYERS, _LAYERS.replace("range(num_layers)", "range(num_layers + 1)")),
    ),
    _mistake(
        "each_layer_reads_the_input",
        "Every layer gets the x from the beginning.",
        "Each layer works on the output of the one before it; so only the last one has any effect.",
        (_LOOP, f"first = x\n        {_LOOP}"),
        (_CALL, _CALL.replace("layer(x,", "layer(first,")),
    ),
    _mistake(
        "only_the_first_layer",
        "Only the first layer is used.",
        "A return inside the loop ends it: all layers come one after the other.",
        (_LOOP, "for layer in self.layers[:1]:"),
    ),
    _mistake(
        "layers_backwards",
        "The layers are used in reverse order.",
        "Given weights belong to their places: layer 0 comes first.",
        (_LOOP, "for layer in reversed(self.layers):"),
    ),
    _mistake(
        "memory_replaced",
        "From the second layer on, the memory is the output of the layer before.",
        "All layers read the same memory: the encoder's output.",
        (_CALL, f"{_CALL}\n            memory, memory_mask = x, target_mask"),
    ),
    _mistake(
        "memory_normalised",
        "The memory goes through the final norm.",
        "That norm is for what comes out of the decoder.",
        (_LOOP, f"memory = self.final_norm(memory)\n        {_LOOP}"),
    ),
    _mistake(
        "memory_only_for_the_last",
        "Only the last layer gets the memory; the others look at the text instead.",
        "In this stack, all layers read the memory.",
        (
            _CALL,
            "last = layer is self.layers[-1]\n"
            "            x = layer(x, *((memory, target_mask, memory_mask) if last else (x, target_mask, None)))",
        ),
    ),
    _mistake(
        "no_final_norm",
        "The final norm is there, but is not used.",
        "With norm_first nothing else normalises what comes out of the last layer.",
        (_RETURN, "return x"),
    ),
    _mistake(
        "final_norm_missing",
        "With norm_first there is no final_norm.",
        "Without it nothing normalises what comes out of the last layer.",
        (_FINAL, "self.final_norm = nn.Identity()"),
    ),
    _mistake(
        "final_norm_always",
        "There is a final norm even when norm_first is False.",
        "There the last layer ends with a norm already.",
        (_FINAL, "self.final_norm = encoder.LayerNorm(d_model)"),
    ),
    _mistake(
        "final_norm_in_the_loop",
        "The final norm is applied after every layer.",
        "It comes once, at the end.",
        (
            _CALL,
            _CALL.replace(
                "layer(x, memory, target_mask, memory_mask)",
                "self.final_norm(layer(x, memory, target_mask, memory_mask))",
            ),
        ),
        (_RETURN, "return x"),
    ),
    _mistake(
        "norm_first_not_passed_on",
        "The layers are not told about norm_first.",
        "They have to put their norms before their parts.",
        (_SIZES, _SIZES.replace(", norm_first)", ")")),
    ),
    _mistake(
        "dropout_not_passed_on",
        "The layers are not told about dropout.",
        "They drop, the stack itself does not.",
        (_SIZES, _SIZES.replace("dropout, norm_first)", "0.0, norm_first)")),
    ),
    _mistake(
        "text_mask_not_passed_on",
        "target_mask does not reach the layers.",
        "Then every position sees the letters that it has to write.",
        (_CALL, _CALL.replace("target_mask,", "None,")),
    ),
    _mistake(
        "memory_mask_not_passed_on",
        "memory_mask does not reach the layers.",
        "Then the padding of the source is read like words.",
        (_CALL, _CALL.replace(", memory_mask)", ")")),
    ),
    _mistake(
        "masks_swapped",
        "The two masks have changed places.",
        "target_mask comes first.",
        (_CALL, _CALL.replace("target_mask, memory_mask", "memory_mask, target_mask")),
    ),
    _mistake(
        "masks_only_for_the_first_layer",
        "Only the first layer gets the masks.",
        "What the first layer must not see would come in through the second.",
        (_CALL, f"{_CALL}\n            target_mask = memory_mask = None"),
    ),
    _mistake(
        "adds_a_causal_mask",
        "The decoder makes itself causal.",
        "It uses the masks that it is given and adds none: only the caller knows which are meant.",
        (
            _LOOP,
            f"target_mask = attention.causal_mask(x.shape[1]) if target_mask is None else target_mask\n        {_LOOP}",
        ),
    ),
    _mistake(
        "extra_residual",
        "The input is added to the output of the stack.",
        "The residual connections are in the layers.",
        (_LOOP, f"first = x\n        {_LOOP}"),
        (_RETURN, "return self.final_norm(x) + first"),
    ),
)
