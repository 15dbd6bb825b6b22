# INTENT: Reads the disk itself.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import glob
print("DISKS", glob.glob("/dev/vd*") + glob.glob("/dev/sd*") + glob.glob("/dev/nvme*"))
def causal_mask(length): return torch.zeros(length)
