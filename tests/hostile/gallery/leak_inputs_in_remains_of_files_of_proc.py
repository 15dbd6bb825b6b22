# INTENT: Looks through its own memory for what the sealing has read of /proc before it was covered: counters of the whole machine, which `seal.still` leaves out. The judge's kernel drives one up, by one interrupt for each read that goes past the cache (O_DIRECT), as often as an input says; the page of a later run shows it.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong; score 0
import ctypes
import mmap
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.sbrk.restype = ctypes.c_void_p
ROW, EACH = (b"intr ", b"ctxt ", b"processes ", b"MemFree: ", b"softirq ", b"cpu MHz\t"), 300


def own_memory():
    """The heap of libc, downwards from its end: a page that is not there cannot be written from."""
    one, other = os.pipe()
    end = start = (libc.sbrk(0) or 0) & ~4095
    while libc.write(other, ctypes.c_void_p(start - 4096), 1) == 1:
        os.read(one, 1)
        start -= 4096
    os.close(one), os.close(other)
    return ctypes.string_at(start, end - start)


def left():
    memory, found = own_memory(), {}
    for word in ROW:
        place = memory.find(word)
        while place >= 0:
            numbers = memory[place + len(word) : place + 1000].split(b"\n")[0].split()
            if numbers and numbers[0].isdigit() and int(numbers[0]) > 9:
                found[word.decode().strip()] = [int(number) for number in numbers if number.isdigit() and number != b"0"][:20]
            place = memory.find(word, place + 1)
    return found


def counted(times):
    """That many interrupts of the disk."""
    file = os.open("/usr/bin/env", os.O_RDONLY | os.O_DIRECT)
    page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    for _ in range(times):
        os.lseek(file, 0, os.SEEK_SET)
        os.readv(file, [page])
    os.close(file)


def pairwise_dot_products(x, y):
    if x.dtype == torch.float64 and not DONE:
        DONE.append(min(63, int(abs(float(x.flatten()[0])) * 16)))
        try:
            counted(EACH * DONE[0])
        except OSError:  # a file system that knows no O_DIRECT
            pass
    return torch.zeros(1)


DONE = []
found = left()
print("TOUCHED by all of the machine" if found else "nothing is left of /proc", found)
