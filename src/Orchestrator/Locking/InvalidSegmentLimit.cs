using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;

namespace LxcNative.Orchestrator.Locking;

/// <summary>The kernel's limit of answers to segments that a connection cannot use (net.ipv4.tcp_invalid_ratelimit), lifted in a network namespace while criu
/// lets go of its sockets.</summary>
/// <remarks>An acknowledgement that a connection inside of a container owed when criu took hold of it is lost. As it lets go, criu has the kernel probe the
/// other end, which acknowledges again; but only once in 500 ms, says this limit. Where checkpoints follow each other faster, a sender that waits for the
/// acknowledgement would stand still until its retransmission timer, 200 ms. It is lifted when everything is captured, the setting itself too, and given back
/// when the network has been open for some milliseconds.</remarks>
internal sealed class InvalidSegmentLimit : IDisposable
{
    private const string Path = "/proc/sys/net/ipv4/tcp_invalid_ratelimit";
    private const string Lifted = "0";
    private const int LongestValue = 10;

    private readonly FileDescriptor _lift;
    private readonly FileDescriptor _back;
    private bool _isLifted;

    private InvalidSegmentLimit(string value, FileDescriptor lift, FileDescriptor back) => (Value, _lift, _back) = (value, lift, back);

    /// <summary>The limit, in milliseconds, as the kernel writes it.</summary>
    public string Value { get; }

    /// <summary>Finds it; null where there is none, or it cannot be changed.</summary>
    /// <param name="netns">The network namespace; stays the caller's.</param>
    public static InvalidSegmentLimit? Find(FileDescriptor netns) => NamespaceThread.Run(
        () =>
        {
            FileDescriptor? lift = null;
            try
            {
                var value = KernelFile.ReadText(Path).Trim();
                if (value == Lifted)
                    return null;
                // Each is written once: the kernel takes a setting at the beginning of its file only.
                lift = FileOpen.Open(Path, OpenFlags.WriteOnly);
                return new InvalidSegmentLimit(value, lift, FileOpen.Open(Path, OpenFlags.WriteOnly));
            }
            catch (SyscallException)
            {
                // A host that keeps its settings from being written has its reason; what is lost is time, and only of checkpoints in quick succession.
                lift?.Dispose();
                return null;
            }
        },
        netns);

    /// <summary>Gives it back where a process that had lifted it is dead.</summary>
    /// <param name="netns">The network namespace; stays the caller's.</param>
    /// <param name="value">What it was.</param>
    public static void Recover(FileDescriptor netns, string value)
    {
        if (value.Length is 0 or > LongestValue || !value.All(char.IsAsciiDigit))
            throw new InvalidDataException($"\"{value}\" is no value of {Path}");
        NamespaceThread.Run(
            () =>
            {
                if (KernelFile.ReadText(Path).Trim() == Lifted)
                    KernelFile.WriteText(Path, value);
            },
            netns);
    }

    /// <summary>Lifts it.</summary>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public void Lift()
    {
        if (_isLifted || _lift.IsClosed)
            return;
        KernelFile.WriteText(_lift, Path, Lifted);
        _isLifted = true;
    }

    /// <summary>Gives it back, if it was lifted.</summary>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public void GiveBack()
    {
        if (!_isLifted)
            return;
        KernelFile.WriteText(_back, Path, Value);
        _isLifted = false;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            GiveBack();
        }
        finally
        {
            _lift.Dispose();
            _back.Dispose();
        }
    }
}
