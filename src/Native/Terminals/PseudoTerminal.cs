using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Terminals;

/// <summary>The master of a pseudo-terminal (pts(4)): its slave is there as long as this is open.</summary>
/// <param name="master">The open master; owned by this object.</param>
/// <param name="index">The slave's number in its devpts.</param>
public sealed class PseudoTerminal(FileDescriptor master, int index) : IDisposable
{
    /// <summary>The slave's number in its devpts.</summary>
    public int Index { get; } = index;

    /// <summary>Opens a new pseudo-terminal, unlocked, not the controlling terminal of anybody.</summary>
    /// <param name="multiplexer">The ptmx to open: each devpts has its own.</param>
    /// <exception cref="SyscallException">It cannot be opened (EIO, ENOSPC: the devpts has as many as it may).</exception>
    public static unsafe PseudoTerminal Open(string multiplexer)
    {
        var master = FileOpen.Open(multiplexer, OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal);
        try
        {
            int index, unlocked = 0;
            SyscallException.ThrowIfFailed(Libc.Ioctl(master, Ioctls.TIOCGPTN, &index), "ioctl TIOCGPTN", $"\"{multiplexer}\"");
            SyscallException.ThrowIfFailed(Libc.Ioctl(master, Ioctls.TIOCSPTLCK, &unlocked), "ioctl TIOCSPTLCK", $"\"{multiplexer}\"");
            return new PseudoTerminal(master, index);
        }
        catch
        {
            master.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => master.Dispose();
}
