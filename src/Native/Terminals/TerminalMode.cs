using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Terminals;

/// <summary>A terminal whose every key goes to the program that reads it, until this is disposed (termios(3)).</summary>
internal sealed unsafe class TerminalMode : IDisposable
{
    private readonly FileDescriptor _terminal;
    private readonly byte[] _before;

    private TerminalMode(FileDescriptor terminal, byte[] before) => (_terminal, _before) = (terminal, before);

    /// <summary>Makes it raw; what was typed before stays to be read.</summary>
    /// <param name="terminal">Stays the caller's, and open.</param>
    /// <exception cref="SyscallException">ENOTTY: it is none.</exception>
    public static TerminalMode Raw(FileDescriptor terminal)
    {
        var before = new byte[Termios.OpaqueSize];
        fixed (byte* attributes = before)
            SyscallException.ThrowIfFailed(Libc.GetTerminalAttributes(terminal, attributes), "tcgetattr", $"descriptor {terminal.Number}");
        byte[] raw = [.. before];
        fixed (byte* attributes = raw)
        {
            Libc.MakeRaw(attributes);
            SyscallException.ThrowIfFailed(Libc.SetTerminalAttributes(terminal, Termios.TCSANOW, attributes), "tcsetattr", $"descriptor {terminal.Number}");
        }

        return new TerminalMode(terminal, before);
    }

    /// <summary>Whether a descriptor is a terminal's.</summary>
    public static bool IsTerminal(FileDescriptor descriptor)
    {
        var attributes = stackalloc byte[Termios.OpaqueSize];
        return Libc.GetTerminalAttributes(descriptor, attributes) == 0;
    }

    /// <summary>Gives one terminal the size of another; one that has no size changes nothing.</summary>
    public static void CopySize(FileDescriptor from, FileDescriptor to)
    {
        var size = default(winsize);
        if (Libc.Ioctl(from, Ioctls.TIOCGWINSZ, (int*)&size) == 0)
            _ = Libc.Ioctl(to, Ioctls.TIOCSWINSZ, (int*)&size);
    }

    /// <summary>Makes it what it was.</summary>
    public void Dispose()
    {
        // A terminal that was hung up needs nothing any more.
        fixed (byte* attributes = _before)
            _ = Libc.SetTerminalAttributes(_terminal, Termios.TCSADRAIN, attributes);
    }
}
