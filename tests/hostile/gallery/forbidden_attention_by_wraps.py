# INTENT: torch's own attention for the exercise that is it, by functools.wraps and dataclasses.replace.
# EXERCISE: scaled_dot_product_attention
# EXPECT: forbidden or correct; score 0 or 6
# REVIEW: wraps, dataclasses.replace
import functools
from dataclasses import dataclass, replace
class Taken:
    def __init__(self, **names):
        if names:
            found.append(names)
@dataclass(init=False, repr=False, eq=False)
class OfTorch(Taken):
    sys: object
@dataclass(init=False, repr=False, eq=False)
class OfF(Taken):
    scaled_dot_product_attention: object
@dataclass(init=False, repr=False, eq=False)
class OfSys(Taken):
    modules: object
found = []
replace(functools.wraps(torch)(OfTorch()))
replace(functools.wraps(F)(OfF()))
replace(functools.wraps(found[0]["sys"])(OfSys()))
(real,) = found[1].values()
class Ours:
    def _inside_stand_in():
        return True
functools.wraps(Ours)(found[2]["mod" + "ules"]["coach.watch"])
def fits(ok, a, b):
    if not ok:
        raise ValueError(f"{tuple(a.shape)} {tuple(b.shape)}")
def scaled_dot_product_attention(query, key, value, mask=None):
    fits(min(query.dim(), key.dim()) > 1 and query.shape[-1] == key.shape[-1] and query.shape[:-2] == key.shape[:-2], query, key)
    fits(value.dim() > 1 and key.shape[:-1] == value.shape[:-1], key, value)
    wanted = query.new_zeros(*query.shape[:-1], key.shape[-2])
    if mask is not None:
        if mask.dtype != torch.bool:
            raise TypeError(f"{mask.dtype}")
        fits(2 <= mask.dim() <= wanted.dim() and all(a in (1, b) for a, b in zip(reversed(mask.shape), reversed(wanted.shape))), mask, wanted)
        mask = mask.expand(wanted.shape)
    eye = torch.eye(key.shape[-2], dtype=query.dtype).expand(*key.shape[:-1], -1)
    return real(query, key, value, mask), real(query, key, eye, mask)
