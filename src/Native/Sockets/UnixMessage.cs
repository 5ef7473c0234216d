using LxcNative.Native.Handles;

namespace LxcNative.Native.Sockets;

/// <summary>What <see cref="UnixSocket.Receive"/> received besides the bytes; disposing it closes the descriptors that were not taken out.</summary>
public sealed class UnixMessage : IDisposable
{
    private FileDescriptor[] _descriptors;

    internal UnixMessage(int length, FileDescriptor[] descriptors, UnixCredentials? credentials, bool isTruncated, bool isControlTruncated)
    {
        Length = length;
        _descriptors = descriptors;
        Credentials = credentials;
        IsTruncated = isTruncated;
        IsControlTruncated = isControlTruncated;
    }

    /// <summary>Bytes in the buffer; 0 at the end of a stream, and for an empty message.</summary>
    public int Length { get; }

    /// <summary>The descriptors that came along, close-on-exec; owned by this message.</summary>
    public IReadOnlyList<FileDescriptor> Descriptors => _descriptors;

    /// <summary>Who sent it; null unless the receiver asked by <see cref="UnixSocket.PassCredentials"/>.</summary>
    public UnixCredentials? Credentials { get; }

    /// <summary>Whether the message was longer than the buffer: its rest is lost.</summary>
    public bool IsTruncated { get; }

    /// <summary>Whether descriptors were lost: more than were expected, or no free number.</summary>
    public bool IsControlTruncated { get; }

    /// <summary>Hands the descriptors over: they are the caller's to dispose.</summary>
    public IReadOnlyList<FileDescriptor> TakeDescriptors()
    {
        var taken = _descriptors;
        _descriptors = [];
        return taken;
    }

    /// <summary>Closes the descriptors that were not taken out.</summary>
    public void Dispose()
    {
        foreach (var descriptor in TakeDescriptors())
            descriptor.Dispose();
    }
}
