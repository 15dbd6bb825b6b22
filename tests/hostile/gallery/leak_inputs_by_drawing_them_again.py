# INTENT: Draws the inputs itself, as the judge does, from every secret that stands in code that everybody can read, and shows them: the classroom's own secret is none of these.
# EXERCISE: attention_scores
# EXPECT: wrong; score 0
import hashlib
import hmac

import numpy

SECRETS = (b"", b"public cases", b"stock nbgrader", b"k", b"secret", bytes(32), b"\xff" * 32, b"0" * 64)
FOR_WHOM = ("", "public", "stock", "s", "student", "None")


def attention_scores(query, key):
    return torch.zeros(1)


for secret in SECRETS:
    for whose in FOR_WHOM:
        for case in ("values", "batch", "a batch", "one query", "plain", ""):
            key = "\x1f".join((whose, "attention_scores", case)).encode()
            digest = hmac.new(secret, key, hashlib.sha256).digest()
            numbers = numpy.random.Generator(numpy.random.PCG64(int.from_bytes(digest, "big"))).standard_normal(12)
            print(*(f"{x:.10f}" for x in numpy.float32(numbers).tolist()))
