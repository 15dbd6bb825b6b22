"""Mistakes of `DecoderLayer` with masks, inputs and parts. Used by `layer`; those around the parts: `layer_around`."""

from __future__ import annotations

from autograder.exercises.decoder import headings
from autograder.exercises.model import Mistake

TEXT = "return self.self_attention(h, h, h, target_mask)[0]"
MEMORY = "return self.cross_attention(h, memory, memory, memory_mask)[0]"
SELF_ATTENTION = "self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)"
CROSS_ATTENTION = "self.cross_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)"
FEED_FORWARD = "self.feed_forward = encoder.FeedForward(d_model, d_ff, dropout)"
FIRST = "x = self.add(x, self.attention_norm, attend_to_text)"
SECOND = "x = self.add(x, self.cross_attention_norm, attend_to_memory)"
THIRD = "return self.add(x, self.feed_forward_norm, self.feed_forward)"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.LAYER, patches=patches)


_MASKS = (
    _mistake(
        "text_mask_not_passed_on",
        "target_mask does not reach the self-attention.",
        "Then every position sees the letters that it has to write.",
        (TEXT, "return self.self_attention(h, h, h)[0]"),
    ),
    _mistake(
        "memory_mask_not_passed_on",
        "memory_mask does not reach the cross-attention.",
        "Then the padding of the source is read like words.",
        (MEMORY, "return self.cross_attention(h, memory, memory)[0]"),
    ),
    _mistake(
        "masks_swapped",
        "The two masks have changed places.",
        "target_mask says who may look at whom in the text, memory_mask which of the memory is real.",
        (TEXT, TEXT.replace("target_mask", "memory_mask")),
        (MEMORY, MEMORY.replace("memory_mask", "target_mask")),
    ),
    _mistake(
        "cross_uses_text_mask",
        "The cross-attention uses target_mask.",
        "Its keys are the memory's, and which of them are real is said by memory_mask.",
        (MEMORY, MEMORY.replace("memory_mask", "target_mask")),
    ),
    _mistake(
        "cross_causal",
        "The cross-attention is causal.",
        "The source is there in full before the first word is written: every position may see all of it.",
        (
            MEMORY,
            "past = torch.ones(h.shape[1], memory.shape[1]).tril().bool()\n"
            "            past = past if memory_mask is None else past & memory_mask\n"
            "            return self.cross_attention(h, memory, memory, past)[0]",
        ),
    ),
    _mistake(
        "adds_a_causal_mask",
        "The layer makes its self-attention causal by itself.",
        "It uses the masks that it is given and adds none: only the caller knows which are meant.",
        (
            TEXT,
            "past = torch.ones(h.shape[1], h.shape[1]).tril().bool()\n"
            "            past = past if target_mask is None else past & target_mask\n"
            "            return self.self_attention(h, h, h, past)[0]",
        ),
    ),
)

_SOURCES = (
    _mistake(
        "cross_reads_the_text",
        "Keys and values of the cross-attention come from the text.",
        "Then nothing of the source ever reaches the decoder: they have to come from the memory.",
        (MEMORY, "return self.cross_attention(h, h, h)[0]"),
    ),
    _mistake(
        "cross_query_from_memory",
        "In the cross-attention the memory asks and the text answers.",
        "The text is what asks: the query comes from it, keys and values from the memory.",
        (MEMORY, "return self.cross_attention(memory, h, h)[0]"),
    ),
    _mistake(
        "cross_values_from_text",
        "The values of the cross-attention come from the text.",
        "Keys and values belong together: both come from the memory.",
        (MEMORY, "return self.cross_attention(h, memory, h, memory_mask)[0]"),
    ),
    _mistake(
        "self_reads_the_memory",
        "The self-attention looks at the memory.",
        "It is about the text so far: query, key and value all come from there.",
        (TEXT, "return self.self_attention(h, memory, memory, memory_mask)[0]"),
    ),
    _mistake(
        "memory_concatenated",
        "The memory is put in front of the text, and one self-attention reads both.",
        "The two have a part each: self-attention for the text, cross-attention for the memory.",
        (TEXT, "both = torch.cat([memory, h], dim=1)\n            return self.self_attention(h, both, both)[0]"),
        (SECOND, "pass"),
    ),
    _mistake(
        "cross_residual_from_memory",
        "What the cross-attention finds is added to the memory, not to the text.",
        "The residual connection carries the text through the layer.",
        (
            SECOND,
            "if self.norm_first:\n"
            "            x = memory + self.dropout(attend_to_memory(self.cross_attention_norm(x)))\n"
            "        else:\n"
            "            x = self.cross_attention_norm(memory + self.dropout(attend_to_memory(x)))",
        ),
    ),
    _mistake(
        "memory_normalised",
        "The memory goes through cross_attention_norm too.",
        "The encoder has normalised its output already; this norm is for the text.",
        (
            MEMORY,
            "found = self.cross_attention_norm(memory)\n"
            + " " * 12
            + MEMORY.replace("memory, memory,", "found, found,"),
        ),
    ),
    _mistake(
        "memory_detached",
        "The values are right, but no gradient reaches the memory.",
        "`detach`, `.data` or `no_grad` cut the graph: the encoder would never learn.",
        (MEMORY, MEMORY.replace("memory, memory,", "memory.detach(), memory.detach(),")),
    ),
)

_PARTS = (
    _mistake(
        "no_cross_attention",
        "The cross-attention is left out.",
        "What remains is an encoder layer, which knows nothing of the source.",
        (SECOND, "pass"),
    ),
    _mistake(
        "no_self_attention",
        "The self-attention is left out.",
        "Then no position knows what has been written before it.",
        (FIRST, "pass"),
    ),
    _mistake(
        "no_feed_forward",
        "The feed-forward network is left out.",
        "It is the part in which each position works on what it has found.",
        (THIRD, "return x"),
    ),
    _mistake(
        "cross_first",
        "The cross-attention comes before the self-attention.",
        "In the paper the text is read first, so that the question to the memory can depend on it.",
        (f"{FIRST}\n        {SECOND}", f"{SECOND}\n        {FIRST}"),
    ),
    _mistake(
        "cross_uses_self_attention",
        "The cross-attention uses the weights of self_attention.",
        "Looking at the text and looking at the memory are two tasks, with weights of their own.",
        (MEMORY, MEMORY.replace("cross_attention", "self_attention")),
    ),
    _mistake(
        "one_attention_twice",
        "self_attention and cross_attention are one and the same module.",
        "They share their weights then; each needs its own.",
        (CROSS_ATTENTION, "self.cross_attention = self.self_attention"),
    ),
    _mistake(
        "parts_side_by_side",
        "All three parts read the same x, and their results are added up.",
        "Each part reads what the one before it has made.",
        (FIRST, "start = x\n        " + FIRST),
        (SECOND, "x = x + self.add(start, self.cross_attention_norm, attend_to_memory) - start"),
        (THIRD, "return x + self.add(start, self.feed_forward_norm, self.feed_forward) - start"),
    ),
)

MISTAKES = (*_MASKS, *_SOURCES, *_PARTS)
