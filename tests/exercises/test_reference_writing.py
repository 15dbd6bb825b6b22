"""The reference of lesson 6 writes as it should: beam search against all sequences, bleu against sacrebleu."""

from __future__ import annotations

import itertools
import math
import random

import pytest
import torch
from sacrebleu.metrics import BLEU
from torch import Tensor, nn

from autograder.reference import transformer

START, END, PAD = 1, 2, 0
VOCABULARY = 4
# sums of a few logarithms; the model's logits are float64 too
TOLERANCE = 1e-10
PENALTIES = (-1.0, 0.0, 0.6, 1.0, 3.0)


def small(seed: int) -> transformer.Transformer:
    """A model whose next token depends on all that was read: large weights, and an end that comes now and then."""
    torch.manual_seed(seed)
    model = transformer.Transformer(7, VOCABULARY, 8, 2, 1, 6, pad_id=PAD).double()
    with torch.no_grad():
        for weight in model.parameters():
            weight.normal_(std=0.7)
    return model


def sources(batch: int, length: int = 5) -> Tensor:
    tokens = torch.randint(1, 7, (batch, length))
    tokens[torch.arange(length) >= torch.randint(1, length + 1, (batch, 1))] = PAD
    return tokens


def every_text(max_length: int) -> list[list[int]]:
    """All that can be written: ended with END for the first time, or as long as it may be."""
    texts = []
    for length in range(1, max_length + 1):
        for text in itertools.product(range(VOCABULARY), repeat=length):
            if END not in text[:-1] and (text[-1] == END or length == max_length):
                texts.append(list(text))
    return texts


@torch.no_grad()
def log_probability(model: nn.Module, row: Tensor, texts: list[list[int]]) -> list[float]:
    """ln P of whole texts of all lengths, read at once: behind the end comes something that does not count."""
    longest = max(map(len, texts))
    written = torch.tensor([text + [END] * (longest - len(text)) for text in texts])
    read = torch.cat([torch.full((len(texts), 1), START), written[:, :-1]], dim=1)
    steps = model(row.expand(len(texts), -1), read).log_softmax(dim=-1)
    chosen = steps.gather(-1, written.unsqueeze(-1)).squeeze(-1)
    return [chosen[i, : len(text)].sum().item() for i, text in enumerate(texts)]


@pytest.mark.parametrize("penalty", PENALTIES)
@pytest.mark.parametrize("max_length", [1, 2, 3, 4])
def test_a_beam_of_full_width_finds_the_best_of_all_sequences(max_length, penalty):
    texts = every_text(max_length)
    for seed in range(4):
        model, source = small(seed), sources(3)
        tokens, scores = transformer.beam_search(model, source, START, END, max_length, VOCABULARY**4, penalty)
        wanted = []
        for row in source.split(1):
            ranked = [
                (chance / ((5 + len(text)) / 6) ** penalty, [START, *text])
                for chance, text in zip(log_probability(model, row, texts), texts, strict=True)
            ]
            wanted.append(max(ranked))
        length = max(len(text) for _, text in wanted)
        assert tokens.tolist() == [text + [PAD] * (length - len(text)) for _, text in wanted]
        assert scores.tolist() == pytest.approx([score for score, _ in wanted], rel=0, abs=TOLERANCE)


def test_the_score_is_that_of_the_text_and_a_narrow_beam_never_beats_a_full_one():
    for seed in range(3):
        model, source = small(seed), sources(4)
        best = transformer.beam_search(model, source, START, END, 4, VOCABULARY**4, 0.6)[1]
        for width in (1, 2, 3):
            tokens, scores = transformer.beam_search(model, source, START, END, 4, width, 0.6)
            assert (scores <= best + TOLERANCE).all()
            for row, text, score in zip(source.split(1), tokens.tolist(), scores.tolist(), strict=True):
                text = text[1 : text.index(END) + 1] if END in text else text[1:]
                chance = log_probability(model, row, [text])[0]
                assert score == pytest.approx(chance / ((5 + len(text)) / 6) ** 0.6, rel=0, abs=TOLERANCE)


def test_greedy_is_a_beam_of_one():
    """Whatever the penalty: hypotheses of one step are equally long, so it divides all of them alike."""
    ended = set()
    for seed in range(12):
        model, source = small(seed), sources(6)
        written = transformer.greedy_decode(model, source, START, END, 7)
        for penalty in (0.0, 1.0):
            tokens, _ = transformer.beam_search(model, source, START, END, 7, 1, penalty)
            assert torch.equal(tokens, written)
        ended |= set(written.eq(END).any(dim=1).tolist())
    assert ended == {True, False}, "some rows end, and some do not"


def test_rows_do_not_influence_each_other_and_padding_stands_behind_each_end():
    for seed in range(6):
        model, source = small(seed), sources(5)

        def write(rows, model=model):
            searched = transformer.beam_search(model, rows, START, END, 6, 3, 0.6)
            return transformer.greedy_decode(model, rows, START, END, 6), *searched

        greedy, tokens, scores = write(source)
        for i in range(len(source)):
            # alone, and at once with three more columns of padding
            row = torch.cat([source[i : i + 1], torch.full((1, 3), PAD)], dim=1)
            alone, searched, score = write(row)
            for whole, one in ((greedy, alone), (tokens, searched)):
                assert whole[i, : one.shape[1]].tolist() == one[0].tolist()
                assert whole[i, one.shape[1] :].eq(PAD).all()
            assert score.item() == pytest.approx(scores[i].item(), rel=0, abs=TOLERANCE)


@pytest.mark.parametrize("training", [True, False])
def test_writing_leaves_mode_source_and_gradients_alone(training):
    model, source = small(0).train(training), sources(3)
    before = source.clone()
    greedy = transformer.greedy_decode(model, source, START, END, 4)
    _, scores = transformer.beam_search(model, source, START, END, 4, 2, 0.6)
    assert model.training == training and torch.equal(source, before)
    assert greedy.dtype == torch.long and not scores.requires_grad and torch.is_grad_enabled()
    model.encode = None  # an error inside must not leave the model in another mode
    for write in (transformer.greedy_decode, lambda *args: transformer.beam_search(*args, 2, 0.6)):
        with pytest.raises(TypeError):
            write(model, source, START, END, 4)
        assert model.training == training


def corpus(chance: random.Random) -> tuple[list[list[int]], list[list[list[int]]]]:
    """Up to six candidates that repeat much of what up to four references say; some are empty or very short."""
    count, several, size = chance.randint(1, 6), chance.randint(1, 4), chance.choice((2, 4, 9))
    candidates, references = [], []
    for _ in range(count):
        text = [chance.randrange(size) for _ in range(chance.randint(1, 14))]
        own = []
        for _ in range(several):
            other = [token if chance.random() < 0.85 else chance.randrange(size) for token in text]
            own.append(other + [chance.randrange(size) for _ in range(chance.randint(0, 4))])
        references.append(own)
        cut = chance.choice((0, 0, 0, 1, 2, 5, len(text)))
        candidates.append(text[: len(text) - cut] + [chance.randrange(size) for _ in range(chance.choice((0, 0, 3)))])
    return candidates, references


def spelt(text: list[int]) -> str:
    return " ".join(f"w{token}" for token in text)


def sacrebleus(candidates: list[list[int]], references: list[list[list[int]]]) -> float:
    """Theirs wants references in columns: the first of every candidate, then the second of every candidate."""
    metric = BLEU(tokenize="none", smooth_method="none", force=True, lowercase=False, effective_order=False)
    columns = [[spelt(own[k]) for own in references] for k in range(len(references[0]))]
    return metric.corpus_score([spelt(text) for text in candidates], columns).score


def test_bleu_equals_sacrebleus():
    chance = random.Random(0)
    zeros = shortened = 0
    for _ in range(600):
        candidates, references = corpus(chance)
        mine = transformer.bleu(candidates, references)
        assert mine == pytest.approx(sacrebleus(candidates, references), rel=0, abs=1e-9), (candidates, references)
        zeros += mine == 0
        shortened += sum(map(len, candidates)) < sum(min(map(len, own)) for own in references)
    assert 50 < zeros < 400 and shortened > 50, "corpora of all kinds"


def test_bleu_of_little_texts():
    same = [["a", "day", "in", "May"], ["no"]]
    assert transformer.bleu(same, [[text] for text in same]) == pytest.approx(100.0)
    assert transformer.bleu([[]], [[["a"]]]) == transformer.bleu([], []) == transformer.bleu([["a"]], [[["a"]]]) == 0.0
    long = list("abcdefghij")
    assert transformer.bleu([long[:5]], [[long]]) == pytest.approx(100 * math.exp(1 - 10 / 5))
    with pytest.raises(ValueError, match="1.*2"):
        transformer.bleu([long], [[long], [long]])
