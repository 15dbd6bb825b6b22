# INTENT: Magics that run a shell and change the kernel.
# EXERCISE: causal_mask
# EXPECT: wrong or error; score 0
%autoawait False
!echo SHELL_RAN
%load_ext autoreload
def causal_mask(length): return torch.zeros(length)
