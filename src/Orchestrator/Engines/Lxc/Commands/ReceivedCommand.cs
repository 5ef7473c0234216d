using LxcNative.Native.Handles;
using LxcNative.Native.Sockets;

namespace LxcNative.Orchestrator.Engines.Lxc.Commands;

/// <summary>A message as it came.</summary>
/// <param name="Message">The message.</param>
/// <param name="Sender">Who sent it, as the kernel says; null where it did not.</param>
/// <param name="Descriptors">What came along; closed by <see cref="Dispose"/>.</param>
internal sealed record ReceivedCommand(CommandMessage Message, UnixCredentials? Sender, IReadOnlyList<FileDescriptor> Descriptors) : IDisposable
{
    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var descriptor in Descriptors)
            descriptor.Dispose();
    }
}
