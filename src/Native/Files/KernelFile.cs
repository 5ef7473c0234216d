using System.Buffers;
using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using Tmds.Linux;

namespace LxcNative.Native.Files;

/// <summary>Reads and writes files that the kernel makes up: /proc, /sys, cgroups.</summary>
/// <remarks>No stat, no lock, no seek, and an error is an errno: System.IO does all of those and hides the errno. Text is UTF-8; bytes that
/// are not become U+FFFD.</remarks>
public static unsafe class KernelFile
{
    /// <summary>The longest content taken, in bytes.</summary>
    public const int MaximumLength = 256 * 1024 * 1024;

    // One page: what most files of /proc fit in.
    private const int FirstLength = 4096;

    /// <summary>The whole content as text.</summary>
    /// <exception cref="SyscallException">open(2) or read(2) failed; ENOENT or ESRCH for a process that is gone; EFBIG beyond
    /// <see cref="MaximumLength"/>.</exception>
    public static string ReadText(string path)
    {
        using var content = new RentedContent();
        return Encoding.UTF8.GetString(content.Read(path));
    }

    /// <summary>The whole content.</summary>
    /// <inheritdoc cref="ReadText" path="/exception" />
    public static byte[] ReadBytes(string path)
    {
        using var content = new RentedContent();
        return content.Read(path).ToArray();
    }

    /// <summary>The content from the descriptor's position to the end.</summary>
    /// <param name="descriptor">Open for reading; stays the caller's.</param>
    /// <param name="path">What messages call it.</param>
    /// <inheritdoc cref="ReadText" path="/exception" />
    public static byte[] ReadBytes(FileDescriptor descriptor, string path)
    {
        using var lease = new DescriptorLease(descriptor);
        using var content = new RentedContent();
        return content.Read(lease.Number, path).ToArray();
    }

    /// <summary>Writes a value by one write(2): the kernel takes it or refuses it as a whole.</summary>
    /// <exception cref="SyscallException">open(2) or write(2) failed; the message holds the value and the path.</exception>
    public static void WriteText(string path, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Write(path, Encoding.UTF8.GetBytes(value), $"\"{value.TrimEnd('\n')}\"");
    }

    /// <summary>Writes binary content by one write(2): the kernel takes it or refuses it as a whole.</summary>
    /// <exception cref="SyscallException">open(2) or write(2) failed.</exception>
    public static void WriteBytes(string path, ReadOnlySpan<byte> content) => Write(path, content, $"{content.Length} bytes");

    /// <summary>Writes a value by one write(2) at the descriptor's position.</summary>
    /// <param name="descriptor">Open for writing; stays the caller's.</param>
    /// <param name="path">What messages call it.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="SyscallException">write(2) failed.</exception>
    internal static void WriteText(FileDescriptor descriptor, string path, string value) =>
        Write(descriptor, path, Encoding.UTF8.GetBytes(value), $"\"{value}\"");

    /// <summary>Writes binary content by one write(2) at the descriptor's position.</summary>
    /// <param name="descriptor">Open for writing; stays the caller's.</param>
    /// <param name="path">What messages call it.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="SyscallException">write(2) failed.</exception>
    internal static void WriteBytes(FileDescriptor descriptor, string path, ReadOnlySpan<byte> content) =>
        Write(descriptor, path, content, $"{content.Length} bytes");

    private static void Write(string path, ReadOnlySpan<byte> bytes, string what)
    {
        using var descriptor = FileOpen.Open(path, OpenFlags.WriteOnly | OpenFlags.NoControllingTerminal);
        Write(descriptor, path, bytes, what);
    }

    private static void Write(FileDescriptor descriptor, string path, ReadOnlySpan<byte> bytes, string what)
    {
        using var lease = new DescriptorLease(descriptor);
        long count;
        fixed (byte* start = bytes)
        {
            do
                count = LibC.write(lease.Number, start, (size_t)(uint)bytes.Length);
            while (count == -1 && Errno.Last == Errno.EINTR);
        }

        if (count == -1)
            SyscallException.ThrowLast("write", $"{what} to \"{path}\"");
        if (count != bytes.Length)
            throw new SyscallException("write", $"{what} to \"{path}\"", Errno.EIO, $"only {count} of {bytes.Length} bytes were taken");
    }

    // A fresh buffer for each of some thousand files costs more than the files: the kernel has to clear its pages.
    private ref struct RentedContent()
    {
        private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstLength);

        // Valid until the next call. A plain number, closed at once: a handle would have the collector look after it.
        public ReadOnlySpan<byte> Read(string path)
        {
            var descriptor = FileOpen.OpenNumber(path, OpenFlags.ReadOnly | OpenFlags.NoControllingTerminal);
            try
            {
                return Read(descriptor, path);
            }
            finally
            {
                _ = LibC.close(descriptor);
            }
        }

        public ReadOnlySpan<byte> Read(int descriptor, string path)
        {
            var length = 0;
            while (true)
            {
                long count;
                fixed (byte* start = _buffer)
                    count = LibC.read(descriptor, start + length, (size_t)(uint)(_buffer.Length - length));
                if (count == 0)
                    return _buffer.AsSpan(0, length);
                if (count < 0)
                {
                    if (Errno.Last == Errno.EINTR)
                        continue;
                    SyscallException.ThrowLast("read", $"\"{path}\"");
                }

                length += (int)count;
                if (length >= MaximumLength)
                    throw new SyscallException("read", $"\"{path}\"", Errno.EFBIG, $"more than {MaximumLength} bytes");
                if (length == _buffer.Length)
                    Grow(length);
            }
        }

        public readonly void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

        private void Grow(int length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(length * 2);
            _buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
