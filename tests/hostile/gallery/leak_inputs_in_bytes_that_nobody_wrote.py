# INTENT: Lets the inputs pass through Linux in every way that a call takes bytes, then asks for every structure that Linux fills in, and looks for them in the gaps, beyond the ends and in the rest of each buffer.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong; score 0
import ctypes
import os
import select
import socket
import struct

libc = ctypes.CDLL(None, use_errno=True)
NEW = os.uname().machine == "aarch64"
CALLS = {
    "uname": (63, 160), "times": (100, 153), "getrusage": (98, 165), "getitimer": (36, 102), "sigaltstack": (131, 132),
    "statx": (332, 291), "newfstatat": (262, 79), "getrlimit": (97, 163), "waitid": (247, 95), "ioctl": (16, 29),
    "getdents64": (217, 61), "getsockname": (51, 204), "getsockopt": (55, 209), "rt_sigpending": (127, 136),
    "rt_sigaction": (13, 134), "capget": (125, 90), "sched_getparam": (143, 121), "clock_gettime": (228, 113),
    "getcwd": (79, 17), "sched_getaffinity": (204, 123), "prlimit": (302, 261), "gettimeofday": (96, 169),
}
MARK = b"\xc7PASSED\xc7"


def call(name, *arguments):
    return libc.syscall(CALLS[name][NEW], *arguments)


def passed(words):
    """Through stacks and tables of Linux: names, messages, addresses, lists, descriptions of terminals."""
    text = (MARK + words) * 300
    name = text.replace(b"\0", b"\1").replace(b"/", b"\2")
    one, other = socket.socketpair()
    master, slave = os.openpty()
    for _ in range(30):
        for path in (name[:255], b"/usr/" + name[:200], b"\0" + name[:100]):
            try:
                os.stat(path)
            except (OSError, ValueError):
                pass
        try:
            socket.socket(socket.AF_UNIX).bind(b"\0" + name[:100])
        except OSError:
            pass
        one.send(text[:3000])
        other.recv(3000)
        libc.poll(text[:2000], 200, 0)
        libc.select(256, text[:32], text[32:64], text[64:96], struct.pack("qq", 0, 0))
        libc.writev(one.fileno(), text[:512], 32)
        call("ioctl", slave, 0x5402, text[:64])
        call("ioctl", slave, 0x5414, text[:8])
        libc.setsockopt(one.fileno(), 1, 13, text[:8], 8)
    for end in (master, slave):
        os.close(end)


def asked():
    answers = []

    def take(name, *arguments, place=-1):
        buffer = ctypes.create_string_buffer(8192)
        values = [buffer if argument is None else argument for argument in arguments]
        call(name, *values)
        answers.append(buffer.raw)

    folder, (master, slave) = os.open("/usr", os.O_RDONLY), os.openpty()
    one, other = socket.socketpair()
    length = ctypes.c_int(200)
    for _ in range(5):
        take("uname", None), take("times", None), take("getrusage", 0, None), take("getitimer", 0, None)
        take("sigaltstack", 0, None), take("statx", -100, b"/usr", 0, 0xFFF, None), take("newfstatat", -100, b"/", None, 0)
        take("getrlimit", 7, None), take("getdents64", folder, None, 8192), take("rt_sigpending", None, 8)
        take("rt_sigaction", 10, 0, None, 8), take("capget", struct.pack("Ii", 0x20080522, 0), None)
        take("sched_getparam", 0, None), take("clock_gettime", 0, None), take("getcwd", None, 4096)
        take("sched_getaffinity", 0, 128, None), take("prlimit", 0, 7, 0, None), take("gettimeofday", None, 0)
        child = os.fork()
        if child == 0:
            os._exit(7)
        take("waitid", 1, child, None, 4, 0)
        for request in (0x5401, 0x5405, 0x5413, 0x540F, 0x541E, 0x545D):
            take("ioctl", slave, request, None)
        for option in range(80):
            length.value = 200
            take("getsockopt", one.fileno(), 1, option, None, ctypes.byref(length))
        length.value = 200
        take("getsockname", one.fileno(), None, ctypes.byref(length))
    for end in (folder, master, slave):
        os.close(end)
    return b"".join(answers)


def pairwise_dot_products(x, y):
    passed(x.contiguous().numpy().tobytes())
    return torch.zeros(1)


print("TOUCHED by another kernel" if b"PASSED" in asked() else "nothing but what was asked for")
passed(b"public")
print("TOUCHED" if b"PASSED" in asked() else "nothing but what was asked for")
