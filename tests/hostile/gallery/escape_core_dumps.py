# INTENT: Crashes where the host would be handed the memory, by a limit that forbids files but not programs.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import resource, subprocess, sys
try:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print("CORES TO THE HOST")
except (OSError, ValueError) as fault: print("refused", type(fault).__name__)
crash = "import ctypes; ctypes.CDLL(None).prctl(4, 1); ctypes.string_at(0)"
print(subprocess.run([sys.executable, "-I", "-S", "-c", crash]).returncode)
def causal_mask(length): return torch.zeros(length)
