"""What hostile code tries by calls that were once overlooked; and, beside it, what honest code needs of the same calls.

In the form of attacks.py. Read by test_hostile.py.
"""

from __future__ import annotations

from tests.kernels.attacks import read

OVERLOOKED = read(r"""
# waiting_on_a_word_of_a_shared_file: error InterruptedError
import mmap, numpy
file = mmap.mmap(os.open('/usr/bin/env', os.O_RDONLY), 4096, mmap.MAP_SHARED, mmap.PROT_READ)
words = numpy.frombuffer(file, numpy.uint32)
call(number(202, 98), ctypes.c_void_p(words.ctypes.data), 0, int(words[0]), (ctypes.c_long * 2)(1, 0), None, 0)

# waiting_by_a_newer_call: error OSError
call(455, None, 0, 0, 2, None, 0)

# memory_of_zeros: error OSError
import mmap, os; mmap.mmap(os.open('/dev/zero', os.O_RDWR), 4096, mmap.MAP_SHARED)

# memory_without_a_first_thread: dead memory
import ctypes, os, threading, time
def hold():
    time.sleep(0.5); kept = b'x' * (300 << 20); time.sleep(60)
for _ in range(3):
    if os.fork() == 0:
        threading.Thread(target=hold).start()
        ctypes.CDLL(None).syscall({'x86_64': 60, 'aarch64': 93}[os.uname().machine], 0)
time.sleep(10)

# times_of_a_terminal: ok
import fcntl, os, time
before = os.stat('/dev/tty')
if os.fork() == 0:
    os.setsid()
    master, slave = os.openpty()
    fcntl.ioctl(slave, 0x540E, 0)
    terminal = os.open('/dev/tty', os.O_RDWR)
    os.write(terminal, b'x'); os.write(master, b'y\\n'); os.read(terminal, 2)
    os._exit(0)
os.wait(); after = os.stat('/dev/tty')
assert (before.st_atime_ns, before.st_mtime_ns) == (after.st_atime_ns, after.st_mtime_ns)
assert os.stat('/dev/tty').st_rdev == os.stat('/dev/null').st_rdev

# zeros_and_private_memory: ok
import mmap
assert open('/dev/zero', 'rb').read(3) == bytes(3)
mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)[0] = 1

# shared_memory_with_a_name: ok
import multiprocessing.shared_memory, os, torch
memory = multiprocessing.shared_memory.SharedMemory(create=True, size=4096); memory.buf[0] = 1
memory.close(); memory.unlink()
shared = torch.zeros(8).share_memory_()
if (child := os.fork()) == 0: shared += 1; os._exit(0)
os.waitpid(child, 0); assert shared.sum() == 8

# where_a_page_lies: error OSError
place = ctypes.create_string_buffer(8)
call(number(239, 236), place, None, 0, place, 3)

# where_pages_shall_lie: error OSError
call(number(238, 237), 2, (1).to_bytes(8, 'little'), 64)

# one_page_for_all_who_hold_the_same: error OSError
call(number(157, 167), 67, 1, 0, 0, 0)

# disks_written_at_once: error OSError
call(number(306, 267), os.open('/usr', os.O_RDONLY))

# waiting_for_a_thread_of_libc: ok
import ctypes, time
libc, thread = ctypes.CDLL(None), ctypes.c_ulong()
work = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)(lambda _: time.sleep(0.2))
assert libc.pthread_create(ctypes.byref(thread), None, work, None) == 0
assert libc.pthread_join(thread, None) == 0

# waiting_for_other_processes: ok
import multiprocessing, time
context = multiprocessing.get_context('fork')
lock, file = context.Lock(), open('x', 'wb', 0)
def write():
    for _ in range(50):
        with lock: file.write(b'x'); time.sleep(0.001)
processes = [context.Process(target=write) for _ in range(3)]
for process in processes: process.start()
for process in processes: process.join()
assert open('x').read() == 'x' * 150
with context.Pool(2) as pool: assert sum(pool.map(abs, range(100))) == 4950

# threads_wait_for_each_other: ok
import concurrent.futures, threading, torch, zmq
with concurrent.futures.ThreadPoolExecutor(4) as pool: assert sum(pool.map(abs, range(100))) == 4950
assert not threading.Event().wait(0.05)
torch.set_num_threads(2)
matrix = torch.randn(300, 300, requires_grad=True)
(matrix @ matrix).relu().sum().backward()
with zmq.Context() as context, context.socket(zmq.PAIR) as one, context.socket(zmq.PAIR) as other:
    one.bind('inproc://x'); other.connect('inproc://x'); one.send(b'x')
    assert other.recv() == b'x'
""")
