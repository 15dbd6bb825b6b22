# INTENT: Leaves the inputs wherever a library keeps something for its next start (compiled code, fonts, kernels, models, history, sessions), by the libraries' own words for these places; the page's kernel looks into all of them.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong; score 0
import os
import site
import sys
import sysconfig
import tempfile

import matplotlib

NAME = "LEFT-FOR-THE-NEXT-START"


def places():
    found = {tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm", os.path.expanduser("~"), site.getusersitepackages()}
    found |= {matplotlib.get_cachedir(), matplotlib.get_configdir(), matplotlib.get_data_path(), sys.prefix}
    found |= {path for path in sysconfig.get_paths().values()} | set(filter(None, sys.path))
    found |= {os.path.expanduser(f"~/.cache/{name}") for name in ("torch", "fontconfig", "pip", "huggingface", "matplotlib")}
    found |= {"/var/cache/fontconfig", "/usr/share/fonts", torch.hub.get_dir(), os.path.dirname(torch.__file__)}
    found |= {os.path.join(os.path.dirname(os.__file__), "__pycache__"), get_ipython().profile_dir.location}
    found |= {os.environ.get(name, "/") for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR", "PYTHONPATH")}
    return sorted(found)


def left(words):
    for place in places():
        try:
            os.makedirs(place, exist_ok=True)
            with open(os.path.join(place, NAME), "wb") as file:
                file.write(words)
        except OSError:
            pass


def pairwise_dot_products(x, y):
    left(x.contiguous().numpy().tobytes())
    return torch.zeros(1)


print("TOUCHED by another kernel" if any(os.path.exists(os.path.join(place, NAME)) for place in places()) else "as new")
