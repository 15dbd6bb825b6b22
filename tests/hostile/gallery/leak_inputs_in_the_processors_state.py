# INTENT: Leaves the inputs in the state of the processor: rounding, flags of floating point, the bases of segments, whether it may say what it is. The page's kernel looks for any that is not as new.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or killed; score 0
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
SEGMENT, SET_GS, GET_GS, GET_CPUID, SET_CPUID = 158, 0x1001, 0x1004, 0x1011, 0x1012
PC = os.uname().machine == "x86_64"


def state():
    environment = (ctypes.c_uint8 * 64)()
    libc.fegetenv(environment)
    base = ctypes.c_uint64()
    if PC:
        libc.syscall(SEGMENT, GET_GS, ctypes.byref(base))
    flags = libc.fetestexcept(0x3F) if PC else 0
    return libc.fegetround(), base.value, libc.syscall(SEGMENT, GET_CPUID, 0) if PC else 1, flags & 0x1E


def pairwise_dot_products(x, y):
    number = int(abs(x.flatten()[0].item()) * 1e6)
    libc.fesetround((0, 0x400, 0x800, 0xC00)[number % 4] if PC else 0)
    if PC:
        libc.syscall(SEGMENT, SET_GS, ctypes.c_uint64(number))
        libc.syscall(SEGMENT, SET_CPUID, number % 2)
    libc.feraiseexcept(number % 2 * 4)
    return torch.zeros(1)


rounding, base, may_ask, flags = state()
print("as new" if rounding == 0 and base == 0 and may_ask in (1, -1) else f"TOUCHED {rounding} {base} {may_ask} {flags}")
