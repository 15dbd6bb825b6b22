"""What runs inside the sandbox: the parent that forks (zygote), the sealing of a child, its system-call filter, the
kernel.

Mounted alone and read-only into the sandbox, so nothing here imports `autograder`. A student may read it; it holds no
secret.
"""
