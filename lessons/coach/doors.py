"""What a cell is read for besides the forbidden names: the ways to reach code unseen. Data; used by `forbidden`."""

# Where answers lie. Never imported by a solution, whatever its exercise forbids.
ANSWERS = {"coach", "autograder", "my_transformer"}
# Reaching code by a name that cannot be read in the source. Closed where an exercise forbids something; elsewhere
# there is nothing to reach, and what a program may do to the machine is the sandbox's business.
DOORS = {
    "exec", "eval", "compile", "__import__", "globals", "locals", "vars", "breakpoint", "get_ipython",
    "__builtins__", "__loader__", "get_type_hints", "ForwardRef",
}  # fmt: skip
DOOR_MODULES = {
    "importlib", "builtins", "ctypes", "cffi", "inspect", "gc", "pickle", "marshal", "imp", "runpy", "pkgutil",
    "IPython", "ipykernel", "code", "zipimport",
}  # fmt: skip
DOORS_OF_SYS = {"modules", "_getframe", "meta_path", "path_hooks", "_current_frames"}
DOOR_ATTRIBUTES = {
    "ops", "_C", "_VF", "__dict__", "__globals__", "__builtins__", "__subclasses__", "__code__", "__closure__",
    "__getattribute__", "__import__", "__loader__", "__spec__", "__class_getitem__", "__self__", "f_globals",
    "gi_frame", "__torch_function__", "__torch_dispatch__", "_dispatch",
    # code and frames by their other names; texts that are run as code
    "gi_code", "cr_code", "ag_code", "f_code", "cr_frame", "ag_frame", "tb_frame", "f_back", "f_locals", "f_builtins",
    "get_type_hints", "ForwardRef", "runstring", "rundocs", "measure",
}  # fmt: skip
# What an exercise needs; anything else may compute where nobody watches: another library, a thread, a file
PLAIN_MODULES = {
    "math", "cmath", "torch", "typing", "__future__", "functools", "itertools", "collections", "dataclasses",
    "warnings", "abc", "copy", "numbers",
}  # fmt: skip
# Parts of torch that reach the watch, or run what stands elsewhere
INNER_TORCH = {
    "overrides", "utils", "jit", "fx", "package", "serialization", "multiprocessing", "hub", "library", "export",
    "load", "save", "sys", "os", "func", "compiler",
}  # fmt: skip
# They read or write attributes whose names are given as texts
HIDERS = {
    "getattr", "attrgetter", "methodcaller", "setattr", "delattr", "Formatter", "get_field", "update_wrapper",
    "__match_args__", "make_dataclass", "singledispatch", "singledispatchmethod", "wraps", "boolean_dispatch",
    "handle_torch_function", "has_torch_function", "has_torch_function_unary", "has_torch_function_variadic",
}  # fmt: skip
PLAIN_SUBMODULES = {
    "torch.nn", "torch.nn.functional", "torch.nn.init", "torch.linalg", "torch.special", "collections.abc",
}  # fmt: skip
# Methods that a solution may give its classes, and what it may set. Others are used where nobody names them.
PLAIN_TO_BIND = {
    "__init__", "__call__", "__len__", "__repr__", "__str__", "__getitem__", "__post_init__", "__doc__", "__all__",
    "__slots__",
}  # fmt: skip
PLAIN_DUNDERS = {"__init__", "__name__", "__doc__", "__len__", "__class__", "__call__", "__getitem__", "__version__"}
