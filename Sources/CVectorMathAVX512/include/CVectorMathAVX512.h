// Nothing to call: the kernels of this target are reached through CVectorMath. It is a target of
// its own because its file must be compiled for its instruction set.
