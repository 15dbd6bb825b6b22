"""Mistakes of `Transformer` of lesson 6. Used by `model`."""

from __future__ import annotations

from autograder.exercises.model import Mistake
from autograder.exercises.transformer import headings

PAD = "self.pad_id = pad_id"
SOURCE = "self.source_embedding = TokenEmbedding(source_vocabulary, d_model, pad_id)"
TARGET = "self.target_embedding = TokenEmbedding(target_vocabulary, d_model, pad_id)"
POSITIONS = "self.positional_encoding = positional_encoding.PositionalEncoding(d_model, dropout=dropout)"
ENCODER = "self.encoder = encoder.Encoder(num_layers, d_model, num_heads, d_ff, dropout, norm_first)"
DECODER = "self.decoder = decoder.Decoder(num_layers, d_model, num_heads, d_ff, dropout, norm_first)"
OUTPUT = "self.output_projection = nn.Linear(d_model, target_vocabulary)"
ENCODE_X = "x = self.positional_encoding(self.source_embedding(source))"
ENCODE = "return self.encoder(x, self.real(source))"
DECODE_X = "x = self.positional_encoding(self.target_embedding(target))"
MASKS = "own, other = self.real(target) & past, self.real(source)"
DECODE = "x = self.decoder(x, memory, own, other)"
LOGITS = "return self.output_projection(x)"
FORWARD = "return self.decode(target, self.encode(source), source)"
REAL = "return (tokens != self.pad_id).unsqueeze(1)"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.MODEL, patches=patches)


MISTAKES = (
    _mistake(
        "padding_or_causal",
        "The target's two masks are combined by “or”.",
        "A key must be real and not in the future: both must allow it.",
        (MASKS, MASKS.replace("& past", "| past")),
    ),
    _mistake(
        "no_causal_mask",
        "Target positions see later ones.",
        "While training, the decoder would read the answer; while writing, there is none to read.",
        (MASKS, MASKS.replace("self.real(target) & past", "self.real(target)")),
    ),
    _mistake(
        "target_padding_seen",
        "Target positions see padding.",
        "Padding is no text, also on the target's side.",
        (MASKS, MASKS.replace("self.real(target) & past", "past")),
    ),
    _mistake(
        "source_padding_seen_by_the_encoder",
        "The encoder sees padding.",
        "The same sentence would mean something else in a longer batch.",
        (ENCODE, "return self.encoder(x)"),
    ),
    _mistake(
        "memory_padding_seen",
        "The decoder sees the memory of padding.",
        "Cross-attention needs the source's padding mask.",
        (DECODE, "x = self.decoder(x, memory, own)"),
    ),
    _mistake(
        "no_source_mask",
        "The source's padding is hidden nowhere.",
        "Encoder and cross-attention both need the mask.",
        (ENCODE, "return self.encoder(x)"),
        (DECODE, "x = self.decoder(x, memory, own)"),
    ),
    _mistake(
        "cross_attention_uses_the_targets_mask",
        "Cross-attention gets the target's mask.",
        "Its keys are the source's positions.",
        (
            DECODE,
            "wide = F.pad(own, (0, source.shape[1]), value=True)[:, :, : source.shape[1]]; "
            "x = self.decoder(x, memory, own, wide)",
        ),
    ),
    _mistake(
        "causal_cross_attention",
        "Cross-attention is causal.",
        "The whole source may be read from the start.",
        (
            DECODE,
            "ahead = torch.ones(target.shape[1], source.shape[1], dtype=torch.bool).tril(); "
            "x = self.decoder(x, memory, own, other & ahead)",
        ),
    ),
    _mistake(
        "mask_inverted",
        "The padding mask is turned round.",
        "In this course True means: may attend.",
        (REAL, "return (tokens == self.pad_id).unsqueeze(1)"),
    ),
    _mistake(
        "padding_is_0",
        "Token 0 is taken for the padding in the masks, whatever pad_id says.",
        "pad_id is an argument: keep it.",
        (REAL, "return (tokens != 0).unsqueeze(1)"),
    ),
    _mistake(
        "no_positions",
        "There is no positional encoding.",
        "Attention knows no order by itself.",
        (ENCODE_X, "x = self.source_embedding(source)"),
        (DECODE_X, "x = self.target_embedding(target)"),
    ),
    _mistake(
        "no_target_positions",
        "The target has no positional encoding.",
        "Both sides need it.",
        (DECODE_X, "x = self.target_embedding(target)"),
    ),
    _mistake(
        "scaled_after_positions",
        "The sum of embedding and position is multiplied by √d_model.",
        "First scale the embedding, which TokenEmbedding does, then add the positions.",
        (
            ENCODE_X,
            "x = self.positional_encoding(self.source_embedding.embedding(source)) * self.source_embedding.embedding."
            "embedding_dim**0.5",
        ),
        (
            DECODE_X,
            "x = self.positional_encoding(self.target_embedding.embedding(target)) * self.target_embedding.embedding."
            "embedding_dim**0.5",
        ),
    ),
    _mistake(
        "scaled_twice",
        "The embeddings are multiplied by √d_model a second time.",
        "TokenEmbedding has done it.",
        (
            ENCODE_X,
            "x = self.positional_encoding(self.source_embedding(source) * self.source_embedding.embedding."
            "embedding_dim**0.5)",
        ),
        (
            DECODE_X,
            "x = self.positional_encoding(self.target_embedding(target) * self.target_embedding.embedding."
            "embedding_dim**0.5)",
        ),
    ),
    _mistake(
        "one_embedding",
        "Source and target share one embedding.",
        "They are different vocabularies: token 5 means different things in both.",
        (TARGET, "self.target_embedding = self.source_embedding"),
    ),
    _mistake(
        "tied_output",
        "The output projection uses the target embedding's weights.",
        "The paper does so; in this course they are separate, as the docstring says.",
        (OUTPUT, OUTPUT + "; self.output_projection.weight = self.target_embedding.embedding.weight"),
    ),
    _mistake(
        "softmax_included",
        "Probabilities come back instead of logits.",
        "The loss makes probabilities itself; twice is wrong.",
        (LOGITS, "return torch.softmax(self.output_projection(x), dim=-1)"),
    ),
    _mistake(
        "no_output_projection",
        "The output projection has no bias.",
        "nn.Linear has one by default, and the paper's figure 1 says Linear.",
        (OUTPUT, "self.output_projection = nn.Linear(d_model, target_vocabulary, bias=False)"),
    ),
    _mistake(
        "projects_to_the_source",
        "The logits are for the source's vocabulary.",
        "The model writes target tokens.",
        (OUTPUT, "self.output_projection = nn.Linear(d_model, source_vocabulary)"),
    ),
    _mistake(
        "shifts_inside",
        "The target is shifted inside the model.",
        "It gets the decoder's input, which is shifted already: twice is one too many.",
        (
            FORWARD,
            "target = torch.cat([torch.full_like(target[:, :1], 1), target[:, :-1]], dim=1); "
            "return self.decode(target, self.encode(source), source)",
        ),
    ),
    _mistake(
        "last_position_only",
        "Only the logits of the last position come back.",
        "Training needs those of all positions.",
        (LOGITS, "return self.output_projection(x[:, -1:])"),
    ),
    _mistake(
        "memory_of_the_embedding",
        "The decoder reads the source's embeddings: the encoder is not used.",
        "The memory is what the encoder gives.",
        (ENCODE, "return x"),
    ),
    _mistake(
        "norm_first_not_passed_on",
        "Encoder and decoder are not told of norm_first.",
        "It changes the order inside every layer.",
        (ENCODER, ENCODER.replace(", norm_first", "")),
        (DECODER, DECODER.replace(", norm_first", "")),
    ),
    _mistake(
        "dropout_not_passed_on",
        "Nothing is told of dropout.",
        "Positional encoding, encoder and decoder all have it.",
        (POSITIONS, POSITIONS.replace(", dropout=dropout", "")),
        (ENCODER, ENCODER.replace("dropout, norm_first", "0.0, norm_first")),
        (DECODER, DECODER.replace("dropout, norm_first", "0.0, norm_first")),
    ),
)
