# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: E402, F811
import math

import torch


# %% dictionaries
def bleu(candidates, references):
    if len(candidates) != len(references):
        raise ValueError(f"{len(candidates)} candidates and {len(references)} lists of references")

    def count(text, n):
        counts = {}
        for i in range(len(text) - n + 1):
            run = tuple(text[i : i + n])
            counts[run] = counts.get(run, 0) + 1
        return counts

    product = 1.0
    for n in (1, 2, 3, 4):
        hits = total = 0
        for text, others in zip(candidates, references, strict=True):
            theirs = [count(other, n) for other in others]
            for run, times in count(text, n).items():
                total += times
                hits += min(times, max(counts.get(run, 0) for counts in theirs))
        if hits == 0:
            return 0.0
        product *= hits / total
    c = sum(map(len, candidates))
    r = 0
    for text, others in zip(candidates, references, strict=True):
        r += sorted((len(other) for other in others), key=lambda size: (abs(size - len(text)), size))[0]
    penalty = 1.0 if c >= r else math.exp(1 - r / c)
    return 100.0 * penalty * product**0.25


# %% windows by zip, Counter
from collections import Counter


def bleu(candidates, references):
    if len(candidates) != len(references):
        raise ValueError(len(candidates), len(references))

    def windows(text, n):
        return Counter(zip(*(text[start:] for start in range(n)), strict=False))

    logs = 0.0
    for n in range(1, 5):
        hits = total = 0
        for text, others in zip(candidates, references, strict=True):
            own, limit = windows(text, n), Counter()
            for other in others:
                limit = limit | windows(other, n)
            hits, total = hits + sum((own & limit).values()), total + sum(own.values())
        if not hits:
            return 0.0
        logs += math.log(hits / total)
    c = sum(len(text) for text in candidates)
    r = sum(
        min((len(other) for other in others), key=lambda size, text=text: (abs(size - len(text)), size))
        for text, others in zip(candidates, references, strict=True)
    )
    return 100 * math.exp(min(0, 1 - r / c) + logs / 4)


# %% fractions
from fractions import Fraction


def bleu(candidates, references):
    if not len(candidates) == len(references):
        raise ValueError(f"{len(references)} for {len(candidates)}")

    def runs(text, n):
        return [tuple(text[i : i + n]) for i in range(len(text) - n + 1)]

    def precision(n):
        there = [runs(text, n) for text in candidates]
        total = sum(map(len, there))
        hits = sum(
            min(own.count(run), max(runs(other, n).count(run) for other in others))
            for own, others in zip(there, references, strict=True)
            for run in set(own)
        )
        return Fraction(hits, total) if total else Fraction(0)

    product = math.prod(map(precision, range(1, 5)), start=Fraction(1))
    if product == 0:
        return 0.0
    c, r = 0, 0
    for text, others in zip(candidates, references, strict=True):
        c += len(text)
        distance = min(abs(len(other) - len(text)) for other in others)
        r += (
            len(text) - distance
            if any(len(other) == len(text) - distance for other in others)
            else len(text) + distance
        )
    return 100 * min(1.0, math.exp(1 - Fraction(r, c))) * float(product) ** 0.25


# %% runs struck off a list
def bleu(candidates, references):
    if len(candidates) != len(references):
        raise ValueError(f"{len(candidates)}/{len(references)}")
    shared, there = {n: 0 for n in range(1, 5)}, {n: 0 for n in range(1, 5)}
    for text, others in zip(candidates, references, strict=True):
        for n in shared:
            mine = [tuple(text[i : i + n]) for i in range(len(text) - n + 1)]
            there[n] += len(mine)
            found = {}
            for other in others:
                left = [tuple(other[i : i + n]) for i in range(len(other) - n + 1)]
                hits = {}
                for run in mine:
                    if run in left:
                        left.remove(run)
                        hits[run] = hits.get(run, 0) + 1
                found = {run: max(found.get(run, 0), hits.get(run, 0)) for run in found | hits}
            shared[n] += sum(found.values())
    if 0 in shared.values():
        return 0.0
    mean = math.exp(math.fsum(math.log(shared[n]) - math.log(there[n]) for n in shared) / 4)
    c = sum(len(text) for text in candidates)
    r = sum(min([(abs(len(o) - len(t)), len(o)) for o in os])[1] for t, os in zip(candidates, references, strict=True))
    return 100 * mean * (math.exp((c - r) / c) if c < r else 1)


# %% numbers for tokens, and tensors
def bleu(candidates, references):
    if len(candidates) != len(references):
        raise ValueError(f"{len(candidates)} != {len(references)}")

    def folded(texts, n):
        """Each text's runs, numbered alike: a list of lists of numbers."""
        numbers = {}
        return [
            torch.tensor(
                [numbers.setdefault(tuple(text[i : i + n]), len(numbers)) for i in range(len(text) - n + 1)],
                dtype=torch.long,
            )
            for text in texts
        ]

    shared, there = torch.zeros(4, dtype=torch.float64), torch.zeros(4, dtype=torch.float64)
    lengths = torch.zeros(2)
    for text, others in zip(candidates, references, strict=True):
        for n in range(4):
            folds = folded([text, *others], n + 1)
            size = 1 + max([int(fold.max()) for fold in folds if len(fold)], default=0)
            counts = torch.stack([fold.bincount(minlength=size) for fold in folds])
            shared[n] += counts[0].minimum(counts[1:].amax(dim=0)).sum()
            there[n] += counts[0].sum()
        sizes = sorted(len(other) for other in others)
        lengths += torch.tensor([len(text), min(sizes, key=lambda size, text=text: abs(size - len(text)))])
    if shared.min() == 0:
        return 0.0
    c, r = lengths.tolist()
    return 100 * (shared / there).log().mean().exp().item() * min(1.0, math.exp(1 - r / c))


# %% statistics.geometric_mean, defaultdict
from collections import defaultdict
from statistics import geometric_mean


def bleu(candidates, references):
    if len(candidates) != len(references):
        raise ValueError(f"{len(candidates)} candidates, {len(references)} references")
    hits, total = [0, 0, 0, 0], [0, 0, 0, 0]
    c = r = 0
    for text, others in zip(candidates, references, strict=True):
        allowed = defaultdict(int)
        for other in others:
            seen = defaultdict(int)
            for start in range(len(other)):
                for stop in range(start + 1, min(start + 4, len(other)) + 1):
                    run = tuple(other[start:stop])
                    seen[run] += 1
                    allowed[run] = max(allowed[run], seen[run])
        for start in range(len(text)):
            for stop in range(start + 1, min(start + 4, len(text)) + 1):
                run = tuple(text[start:stop])
                total[len(run) - 1] += 1
                if allowed[run] > 0:
                    allowed[run] -= 1
                    hits[len(run) - 1] += 1
        c += len(text)
        r += min((abs(len(other) - len(text)), len(other)) for other in others)[1]
    if not all(hits):
        return 0.0
    return 100 * geometric_mean([h / t for h, t in zip(hits, total, strict=True)]) * math.exp(-max(0.0, r / c - 1))


# %% functional: reduce
from collections import Counter
from functools import reduce
from operator import or_


def bleu(candidates, references):
    if len(candidates) != len(references):
        raise ValueError(f"{len(candidates)} against {len(references)}")
    pairs = list(zip(candidates, references, strict=True))

    def runs(n):
        return lambda text: Counter(tuple(text[i : i + n]) for i in range(len(text) + 1 - n))

    def share(n):
        own = [runs(n)(text) for text, _ in pairs]
        most = [reduce(or_, map(runs(n), others)) for _, others in pairs]
        found = sum(sum((a & b).values()) for a, b in zip(own, most, strict=True))
        return found / max(1, sum(sum(a.values()) for a in own))

    def closest(text, others):
        return min(map(len, others), key=lambda size: 2 * abs(size - len(text)) + (size > len(text)))

    shares = [share(n) for n in (1, 2, 3, 4)]
    if min(shares) == 0:
        return 0.0
    ratio = sum(closest(*pair) for pair in pairs) / sum(len(text) for text, _ in pairs)
    return 100 * math.sqrt(math.sqrt(math.prod(shares))) * (math.exp(1 - ratio) if ratio > 1 else 1)


# %% tokens turned into a nested tree of counts
def bleu(candidates, references):
    if len(candidates) != len(references):
        raise ValueError(f"there are {len(candidates)} candidates and {len(references)} references")

    def tree(text):
        root = {}
        for i in range(len(text)):
            node = root
            for token in text[i : i + 4]:
                node = node.setdefault(token, [0, {}])
                node[0] += 1
                node = node[1]
        return root

    def compare(own, others, depth):
        for token, (times, below) in own.items():
            theirs = [other[token] for other in others if token in other]
            there[depth] += times
            shared[depth] += min(times, max((count for count, _ in theirs), default=0))
            compare(below, [deeper for _, deeper in theirs], depth + 1)

    shared, there = [0] * 4, [0] * 4
    c = r = 0
    for text, others in zip(candidates, references, strict=True):
        compare(tree(text), [tree(other) for other in others], 0)
        c += len(text)
        r += min(sorted(map(len, others)), key=lambda size, text=text: abs(size - len(text)))
    if min(shared) == 0:
        return 0.0
    return 100 * min(1, math.e ** (1 - r / c)) * (math.prod(shared) / math.prod(there)) ** (1 / 4)


# %% sorted runs, two fingers
def bleu(candidates, references):
    if len(candidates) != len(references):
        raise ValueError(f"{len(candidates)}, {len(references)}")

    def runs(text, n):
        return sorted(repr(text[i : i + n]) for i in range(len(text) - n + 1))

    def common(one, two):
        """What two sorted lists share, each item as often as both have it."""
        i, j, both = 0, 0, []
        while i < len(one) and j < len(two):
            if one[i] == two[j]:
                both.append(one[i])
                i, j = i + 1, j + 1
            elif one[i] < two[j]:
                i += 1
            else:
                j += 1
        return both

    result = 1.0
    for n in range(1, 5):
        hits = total = 0
        for text, others in zip(candidates, references, strict=True):
            own = runs(text, n)
            both = [common(own, runs(other, n)) for other in others]
            hits += sum(max(each.count(run) for each in both) for run in set(own))
            total += len(own)
        if hits == 0:
            return 0.0
        result *= (hits / total) ** 0.25
    c, r = sum(len(text) for text in candidates), 0.0
    for text, others in zip(candidates, references, strict=True):
        best = None
        for size in (len(other) for other in others):
            if best is None or (abs(size - len(text)), size) < (abs(best - len(text)), best):
                best = size
        r += best
    return result * 100 if c > r else result * 100 * math.exp(1 - r / c)
