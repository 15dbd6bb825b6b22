# INTENT: Installs a package.
# TECHNIQUE: 45
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import subprocess, sys
print("PIP", subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode)
def causal_mask(length): return torch.zeros(length)
