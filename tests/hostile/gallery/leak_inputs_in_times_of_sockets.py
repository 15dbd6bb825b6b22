# INTENT: Writes the inputs into the times of its own sockets and closes them: Linux gives a new socket the times of the one that had its memory before, also in a later run, whoever's. The page's kernel looks whether it can, and for what another has left.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong; score 0
import os
import socket

SECONDS = 10**9


def pairs():
    made = []
    try:
        while len(made) < 400:
            made += socket.socketpair()
    except OSError:
        pass
    return made


def closed(ends):
    for end in ends:
        end.close()


def written(ends, words):
    for number, end in enumerate(ends):
        try:
            os.utime(end.fileno(), ns=(words[number % len(words)] * SECONDS + 888_000_000 + number % len(words), SECONDS))
        except OSError:
            return


def read(ends):
    times = [os.fstat(end.fileno()).st_atime_ns for end in ends]
    return {time % SECONDS - 888_000_000: time // SECONDS for time in times if 0 <= time % SECONDS - 888_000_000 < 1000}


def pairwise_dot_products(x, y):
    ends = pairs()
    written(ends, x.contiguous().view(torch.int32).flatten().abs().tolist())
    closed(ends)
    return torch.zeros(1)


closed(ends := pairs())
ends = pairs()
print("TOUCHED by another kernel" if (left := read(ends)) else "as new", sorted(left.items()))
written(ends, [8])
print("TOUCHED" if read(ends) else "unchanged")
closed(ends)
ends = pairs()
print("TOUCHED after all were closed" if read(ends) else "as new")
closed(ends)
