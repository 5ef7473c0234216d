using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;
using static Tmds.Linux.LibC;

namespace LxcNative.Native.Terminals;

/// <summary>Standard output or standard error of this process, by write(2) alone: what cannot be written is dropped and remembered, never thrown.</summary>
/// <remarks><see cref="Console"/> sets the terminal up before its first character (escape codes that stay there), and throws where a stream is closed or full:
/// for a program that has just ended a container, the one is dirt and the other a lie.</remarks>
public sealed unsafe class StandardStream : Stream
{
    private readonly int _number;
    private readonly bool _isOpen;

    private StandardStream(int number)
    {
        _number = number;
        _isOpen = Claim(number);
        var size = default(winsize);
        using var descriptor = new FileDescriptor(number, ownsHandle: false);
        IsTerminal = _isOpen && Libc.Ioctl(descriptor, Ioctls.TIOCGWINSZ, (int*)&size) == 0;
        Columns = IsTerminal ? size.ws_col : 0;
    }

    /// <summary>Standard output.</summary>
    public static StandardStream Output { get; } = new(1);

    /// <summary>Standard error.</summary>
    public static StandardStream Error { get; } = new(2);

    /// <summary>Whether a terminal is behind it.</summary>
    public bool IsTerminal { get; }

    /// <summary>The terminal's width; 0 where there is none, or it does not tell (a serial console).</summary>
    public int Columns { get; }

    /// <summary>Why something was dropped: EBADF (it was closed when this process started), EPIPE, ENOSPC, EIO; none where nothing was.</summary>
    public Errno Failure { get; private set; }

    /// <inheritdoc />
    public override bool CanRead => false;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => true;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>To be called before anything else is opened: keeps the numbers 0 to 2, where they are free, from becoming those of images and
    /// sockets.</summary>
    public static void Reserve()
    {
        Claim(0);
        _ = (Output, Error);
    }

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!_isOpen && buffer.Length > 0)
            Failure = Errno.EBADF;
        while (_isOpen && buffer.Length > 0)
        {
            long written;
            fixed (byte* bytes = buffer)
                written = (long)write(_number, bytes, buffer.Length);
            if (written >= 0)
                buffer = buffer[(int)written..];
            else if (errno == (int)Errno.EAGAIN)
                Thread.Sleep(1); // Made non-blocking by somebody who shares it.
            else if (errno != (int)Errno.EINTR)
            {
                Failure = (Errno)errno;
                return;
            }
        }
    }

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    // What was inherited is never close-on-exec: a number that is has been taken by the runtime already, for a file of its own.
    private static bool Claim(int number)
    {
        var flags = fcntl(number, F_GETFD);
        if (flags != -1)
            return (flags & FD_CLOEXEC) == 0;
        var nothing = FileOpen.Open("/dev/null", OpenFlags.ReadWrite);
        if (nothing.Number == number)
            nothing.SetHandleAsInvalid(); // For ever.
        else
            nothing.Dispose();
        return false;
    }
}
