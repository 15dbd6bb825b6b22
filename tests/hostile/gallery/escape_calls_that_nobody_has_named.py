# INTENT: Tries every number that is no system call of the list, also with the bit of the x32 calls and as a negative one: all are unknown.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import ctypes, errno, os, re
libc = ctypes.CDLL(None, use_errno=True)
named = {int(number) for number in re.findall(r'": \((\d+), ', open("/run/inner/inside/calls.py").read())}
by_argument = {8, 9, 16, 26, 28, 41, 44, 46, 53, 54, 55, 56, 72, 74, 75, 91, 93, 157, 160, 188, 189, 190, 202, 260, 280, 302, 332}
OF_PROBES = {335, 336}  # uretprobe, uprobe: Linux asks no filter, and ends whoever calls them from elsewhere
if os.uname().machine == "x86_64":
    for number in range(1024):
        for bit in (0, 0x40000000, -0x80000000) if number not in named | by_argument | OF_PROBES else ():
            answer = libc.syscall(ctypes.c_long(number + bit), -1, 0, 0, 0, 0, 0)
            if answer != -1 or ctypes.get_errno() != errno.ENOSYS:
                print("TOUCHED", number, hex(bit), answer, errno.errorcode.get(ctypes.get_errno()))
    print("tried", 3 * (1024 - len(named | by_argument | OF_PROBES)))

def causal_mask(length): return torch.zeros(1)
