using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Terminals;

/// <summary>The master of a pseudo-terminal (pts(4)): its slave is there as long as this is open.</summary>
/// <param name="master">The open master; owned by this object.</param>
/// <param name="index">The slave's number in its devpts.</param>
internal sealed class PseudoTerminal(FileDescriptor master, int index) : IDisposable
{
    /// <summary>The slave's number in its devpts.</summary>
    public int Index { get; } = index;

    /// <summary>The open master; owned by this object.</summary>
    public FileDescriptor Master => master;

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

    /// <summary>Takes a master that somebody else opened; it is this object's from now on.</summary>
    /// <exception cref="SyscallException">It is none.</exception>
    public static unsafe PseudoTerminal Adopt(FileDescriptor master)
    {
        int index;
        SyscallException.ThrowIfFailed(Libc.Ioctl(master, Ioctls.TIOCGPTN, &index), "ioctl TIOCGPTN", $"descriptor {master.Number}");
        return new PseudoTerminal(master, index);
    }

    /// <summary>Opens the slave, wherever its devpts is mounted (TIOCGPTPEER, Linux 4.13); not as the controlling terminal of anybody.</summary>
    /// <returns>The caller's to dispose. As long as it is open the master does not hang up when the last process in the terminal closes it.</returns>
    /// <exception cref="SyscallException">It cannot be opened.</exception>
    public unsafe FileDescriptor OpenSlave() =>
        new(SyscallException.ThrowIfFailed(
            Libc.Ioctl(master, Ioctls.TIOCGPTPEER, (int*)(nint)(int)(OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal | OpenFlags.CloseOnExec)),
            "ioctl TIOCGPTPEER", $"descriptor {master.Number}"));

    /// <inheritdoc />
    public void Dispose() => master.Dispose();
}
