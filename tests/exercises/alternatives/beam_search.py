# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: E402, F811
import math

import torch
import torch.nn.functional as F


# %% in every cell
def in_eval(model, work):
    """Runs work() in eval mode and without gradients."""
    mode = model.training
    model.eval()
    try:
        with torch.no_grad():
            return work()
    finally:
        model.train(mode)


def page(model, texts, scores):
    """Texts, lists with their start, and their scores as beam_search returns them."""
    length = max(len(text) for text in texts)
    tokens = torch.tensor([[*text, *[model.pad_id] * (length - len(text))] for text in texts])
    return tokens, torch.tensor(scores, dtype=next(model.parameters()).dtype)


# %% a heap, log_softmax
import heapq


def beam_search(model, source, start_id, end_id, max_length, beam_size, length_penalty):
    def ranked(hypothesis):
        total, text = hypothesis
        return -total / ((4 + len(text)) / 6) ** length_penalty, text

    def search(row):
        memory = model.encode(row)
        beam = [(0.0, [start_id])]
        for _ in range(max_length):
            pool, changed = [], False
            for total, text in beam:
                if len(text) > 1 and text[-1] == end_id:
                    pool.append((total, text))
                    continue
                changed = True
                logits = model.decode(torch.tensor([text]), memory, row)[0, -1]
                steps = F.log_softmax(logits.double(), dim=-1).tolist()
                pool.extend((total + step, text + [token]) for token, step in enumerate(steps))
            if not changed:
                break
            beam = heapq.nsmallest(beam_size, pool, key=ranked)
        best = min(beam, key=ranked)
        return best[1], -ranked(best)[0]

    found = in_eval(model, lambda: [search(row) for row in source.split(1)])
    return page(model, *zip(*found, strict=True))


# %% all rows in one batch of beams
def beam_search(model, source, start_id, end_id, max_length, beam_size, length_penalty):
    def work():
        memory = model.encode(source)
        beams = [[(0.0, (start_id,), 0.0)] for _ in source]  # score, tokens, ln P
        for _ in range(max_length):
            going = [
                (number, hypothesis)
                for number, beam in enumerate(beams)
                for hypothesis in beam
                if len(hypothesis[1]) == 1 or hypothesis[1][-1] != end_id
            ]
            if not going:
                break
            rows = torch.tensor([number for number, _ in going])
            tokens = torch.tensor([hypothesis[1] for _, hypothesis in going])
            logits = model.decode(tokens, memory[rows], source[rows])[:, -1].double()
            pools = [[h for h in beam if len(h[1]) > 1 and h[1][-1] == end_id] for beam in beams]
            for (number, (_, text, total)), steps in zip(going, logits.log_softmax(-1).tolist(), strict=True):
                size = ((5 + len(text)) / 6) ** length_penalty
                pools[number] += [((total + step) / size, (*text, v), total + step) for v, step in enumerate(steps)]
            beams = [sorted(pool, key=lambda h: (-h[0], h[1]))[:beam_size] for pool in pools]
        return [beam[0] for beam in beams]

    found = in_eval(model, work)
    return page(model, [text for _, text, _ in found], [score for score, _, _ in found])


# %% tensors
def beam_search(model, source, start_id, end_id, max_length, beam_size, length_penalty):
    def search(row):
        memory = model.encode(row)
        lines, totals = torch.tensor([[start_id]]), torch.zeros(1, dtype=torch.float64)
        sizes, ended = torch.zeros(1), torch.zeros(1, dtype=torch.bool)
        for _ in range(max_length):
            if ended.all():
                break
            count = len(lines)
            logits = model.decode(lines, memory.expand(count, -1, -1), row.expand(count, -1))[:, -1].double()
            steps = logits - logits.logsumexp(dim=-1, keepdim=True)
            vocabulary = steps.shape[1]
            # one that has ended goes on as itself, once: its first column
            steps[ended] = -math.inf
            steps[ended, 0] = 0.0
            grown = (sizes + ~ended).unsqueeze(1).expand(-1, vocabulary).flatten()
            every = (totals.unsqueeze(1) + steps).flatten()
            scores = every / ((5 + grown) / 6) ** length_penalty
            scores[every == -math.inf] = -math.inf  # also for a penalty that would turn it round
            chosen = scores.sort(descending=True, stable=True).indices[:beam_size]
            chosen = chosen[scores[chosen] > -math.inf].sort().values
            parent, token = chosen // vocabulary, chosen % vocabulary
            token = torch.where(ended[parent], model.pad_id, token)
            lines = torch.cat([lines[parent], token.unsqueeze(1)], dim=1)
            totals, sizes = every[chosen], grown[chosen]
            ended = ended[parent] | (token == end_id)
        scores = totals / ((5 + sizes) / 6) ** length_penalty
        best = scores.max(dim=0).indices
        return lines[best, : 1 + int(sizes[best])].tolist(), scores[best].item()

    found = in_eval(model, lambda: [search(row) for row in source.split(1)])
    return page(model, *zip(*found, strict=True))


# %% ln P computed anew from the whole text
def beam_search(model, source, start_id, end_id, max_length, beam_size, length_penalty):
    def search(row):
        memory = model.encode(row)

        def score(texts):
            """Scores of texts of one length."""
            read, written = torch.tensor([text[:-1] for text in texts]), torch.tensor([text[1:] for text in texts])
            logits = model.decode(read, memory.expand(len(texts), -1, -1), row.expand(len(texts), -1)).double()
            chances = logits.log_softmax(dim=-1).gather(-1, written.unsqueeze(-1)).squeeze(-1)
            return (chances.sum(dim=1) / ((5 + written.shape[1]) / 6) ** length_penalty).tolist()

        vocabulary = model.output_projection.weight.shape[0]
        beam = {(start_id,): 0.0}
        for _ in range(max_length):
            kept = {text: value for text, value in beam.items() if text[1:] and text[-1] == end_id}
            grown = [(*text, token) for text in beam if text not in kept for token in range(vocabulary)]
            if not grown:
                break
            kept.update(zip(grown, score(grown), strict=True))
            beam = dict(sorted(kept.items(), key=lambda item: (-item[1], item[0]))[:beam_size])
        return next(iter(beam.items()))

    found = in_eval(model, lambda: [search(source[i : i + 1]) for i in range(len(source))])
    return page(model, *zip(*found, strict=True))


# %% hypotheses as objects
class Hypothesis:
    def __init__(self, tokens, total, ended=False):
        self.tokens, self.total, self.ended = tokens, total, ended

    def score(self, penalty):
        return self.total / ((5 + len(self.tokens)) / 6) ** penalty

    def children(self, model, memory, row, start_id, end_id):
        if self.ended:
            return [self]
        logits = model.decode(torch.tensor([[start_id, *self.tokens]]), memory, row)[0, -1].double()
        steps = (logits - logits.logsumexp(0)).tolist()
        return [Hypothesis([*self.tokens, v], self.total + step, v == end_id) for v, step in enumerate(steps)]


def beam_search(model, source, start_id, end_id, max_length, beam_size, length_penalty):
    def best(row):
        memory, beam = model.encode(row), [Hypothesis([], 0.0)]
        for _ in range(max_length):
            if all(hypothesis.ended for hypothesis in beam):
                break
            beam = [child for hypothesis in beam for child in hypothesis.children(model, memory, row, start_id, end_id)]
            beam.sort(key=lambda hypothesis: hypothesis.tokens)
            beam.sort(key=lambda hypothesis: hypothesis.score(length_penalty), reverse=True)
            del beam[beam_size:]
        return beam[0]

    found = in_eval(model, lambda: [best(row) for row in source.split(1)])
    texts = [torch.tensor([start_id, *hypothesis.tokens]) for hypothesis in found]
    tokens = torch.nn.utils.rnn.pad_sequence(texts, batch_first=True, padding_value=model.pad_id)
    scores = [hypothesis.score(length_penalty) for hypothesis in found]
    return tokens, model.output_projection.weight.new_tensor(scores)


# %% the whole model, for each hypothesis at each step
def beam_search(model, source, start_id, end_id, max_length, beam_size, length_penalty):
    def work():
        texts, scores = [], []
        for row in source.split(1):
            beam = [(0.0, 0.0, [start_id])]  # minus the score, minus ln P, tokens: Python's own order is the right one
            for step in range(1, max_length + 1):
                pool = []
                for minus, total, text in beam:
                    if text[-1] == end_id and len(text) > 1:
                        pool.append((minus, total, text))
                    else:
                        for token, chance in enumerate(model(row, torch.tensor([text]))[0, -1].double().log_softmax(0)):
                            new = total - chance.item()
                            pool.append((new / ((5 + step) / 6) ** length_penalty, new, [*text, token]))
                beam = sorted(pool, key=lambda each: (each[0], each[2]))[:beam_size]
                if all(text[-1] == end_id for _, _, text in beam):
                    break
            texts.append(beam[0][2])
            scores.append(-beam[0][0])
        return page(model, texts, scores)

    return in_eval(model, work)


# %% recursion over steps
def beam_search(model, source, start_id, end_id, max_length, beam_size, length_penalty):
    def over(text):
        return len(text) > 1 and text[-1] == end_id

    def value(text, total):
        return total / ((len(text) + 4) / 6) ** length_penalty

    def advance(beam, row, memory, left):
        growing = [text for text in beam if not over(text)]
        if left == 0 or not growing:
            return beam
        count = len(growing)
        logits = model.decode(torch.tensor(growing), memory.repeat(count, 1, 1), row.repeat(count, 1))[:, -1]
        pool = {text: total for text, total in beam.items() if over(text)}
        for text, steps in zip(growing, torch.log_softmax(logits, -1, dtype=torch.float64).tolist(), strict=True):
            pool |= {(*text, token): beam[text] + step for token, step in enumerate(steps)}
        order = sorted(pool, key=lambda text: (-value(text, pool[text]), text))
        return advance({text: pool[text] for text in order[:beam_size]}, row, memory, left - 1)

    def work():
        found = []
        for row in source.split(1):
            beam = advance({(start_id,): 0.0}, row, model.encode(row), max_length)
            text = max(beam, key=lambda text: value(text, beam[text]))
            found.append((text, value(text, beam[text])))
        return page(model, *zip(*found, strict=True))

    return in_eval(model, work)


# %% a list kept in order by bisect
import bisect


def beam_search(model, source, start_id, end_id, max_length, beam_size, length_penalty):
    def work():
        memories, best = model.encode(source), []
        for number in range(len(source)):
            memory, row = memories[number].unsqueeze(0), source[number].unsqueeze(0)
            ended, going, length = [], [((0.0,), [start_id], 0.0)], 0
            while going and length < max_length:
                length += 1
                kept = []
                for item in ended:
                    bisect.insort(kept, item, key=lambda item: item[:2])
                for _, text, total in going:
                    z = model.decode(torch.tensor([text]), memory, row)[0, -1].double()
                    for token, step in enumerate((z - z.max() - (z - z.max()).exp().sum().log()).tolist()):
                        rank = -(total + step) * ((5 + length) / 6) ** -length_penalty
                        bisect.insort(kept, ((rank,), [*text, token], total + step), key=lambda item: item[:2])
                        del kept[beam_size:]
                ended = [item for item in kept if item[1][-1] == end_id]
                going = [item for item in kept if item[1][-1] != end_id]
            best.append(min(ended + going, key=lambda item: item[:2]))
        return page(model, [text for _, text, _ in best], [-rank for (rank,), _, _ in best])

    return in_eval(model, work)


# %% probabilities multiplied, logarithms only for the score
def beam_search(model, source, start_id, end_id, max_length, beam_size, length_penalty):
    def score(probability, text):
        return math.log(probability) * (6 / (4 + len(text))) ** length_penalty if probability > 0 else -math.inf

    def best(row, memory):
        beam = [(1.0, [start_id], False)]
        for _ in range(max_length):
            pool = [hypothesis for hypothesis in beam if hypothesis[2]]
            going = [hypothesis for hypothesis in beam if not hypothesis[2]]
            if not going:
                break
            tokens = torch.tensor([text for _, text, _ in going])
            rows = [each.expand(len(going), *each.shape[1:]) for each in (memory, row)]
            chances = model.decode(tokens, *rows)[:, -1].double().softmax(dim=-1)
            for (probability, text, _), line in zip(going, chances.tolist(), strict=True):
                for token, chance in enumerate(line):
                    pool.append((probability * chance, text + [token], token == end_id))
            beam = sorted(pool, key=lambda each: (-score(*each[:2]), each[1]))[:beam_size]
        return beam[0][1], score(*beam[0][:2])

    def work():
        memory = model.encode(source)
        return [best(source[i : i + 1], memory[i : i + 1]) for i in range(len(source))]

    return page(model, *zip(*in_eval(model, work), strict=True))


# %% the best continuations of each are enough
def beam_search(model, source, start_id, end_id, max_length, beam_size, length_penalty):
    def search(row):
        memory = model.encode(row)
        ended, going = [], [([], 0.0)]
        for length in range(1, max_length + 1):
            tokens = torch.tensor([[start_id, *text] for text, _ in going])
            logits = model.decode(tokens, memory.expand(len(going), -1, -1), row.expand(len(going), -1))[:, -1]
            steps = logits.double().log_softmax(dim=-1)
            values, order = steps.sort(dim=-1, descending=True, stable=True)
            pool = list(ended)
            for (text, total), some, which in zip(going, values.tolist(), order.tolist(), strict=True):
                for value, token in list(zip(some, which, strict=True))[:beam_size]:
                    pool.append(
                        (((total + value) / ((5 + length) / 6) ** length_penalty), text + [token], total + value)
                    )
            pool.sort(key=lambda each: (-each[0], each[1]))
            ended = [each for each in pool[:beam_size] if each[1][-1] == end_id]
            going = [(text, total) for _, text, total in pool[:beam_size] if text[-1] != end_id]
            if not going:
                break
        return [start_id, *pool[0][1]], pool[0][0]

    found = in_eval(model, lambda: [search(row) for row in source.split(1)])
    return page(model, *zip(*found, strict=True))
