# INTENT: Writes into folders and files below /usr and the environment that everybody may write to, and that may be file systems of their own (nbgrader's exchange).
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import errno, glob, os
tops = ["/usr/local/share", "/usr/local/share/nbgrader/exchange", "/usr/local/share/fonts", "/usr/local/lib", "/usr/local/src", "/usr/games", "/usr/tmp", *glob.glob("/usr/local/share/nbgrader/exchange/*"), "/usr/local/share/nbgrader/exchange/c/inbound"]
for top in tops:
    for what in (lambda: open(top + "/ZZ-5th", "w").write("x"), lambda: os.mkdir(top + "/ZZ-5th.d"), lambda: os.symlink("x", top + "/ZZ-5th.l"),
                 lambda: os.mkfifo(top + "/ZZ-5th.p"), lambda: os.utime(top), lambda: os.chmod(top, 0o777), lambda: os.open(top, os.O_RDWR | os.O_TMPFILE), lambda: os.rename(top, top + ".x")):
        try:
            what(), print("TOUCHED", top)
        except OSError as fault:
            if fault.errno not in (errno.EROFS, errno.ENOENT, errno.EXDEV):
                print("refused", top, errno.errorcode.get(fault.errno))

def causal_mask(length): return torch.zeros(1)
