namespace LxcNative.Native.Lxc;

/// <summary>liblxc is not on this machine, or cannot be loaded.</summary>
/// <param name="inner">What the loader said.</param>
public sealed class LiblxcNotFoundException(Exception inner)
    : Exception($"{Liblxc.Soname} cannot be loaded ({inner.Message}): install LXC (Debian: apt install lxc)", inner);
