using LxcNative.Native.Errors;
using LxcNative.Netlink.Errors;

namespace LxcNative.Netlink.Netfilter;

/// <summary>The kernel refused a batch, and none of its changes was made. The message names the change that was refused first.</summary>
public sealed class BatchException : LinuxException
{
    internal BatchException(Batch batch, int index, NetlinkException refusal)
        : base($"{(index >= 0 ? batch.Operations[index] : "commit")}: {refusal.Message}", refusal.Errno, refusal)
    {
        Index = index;
        Refusal = refusal;
    }

    /// <summary>Which of <see cref="Batch.Operations"/> was refused; -1 when it was the commit of them all.</summary>
    public int Index { get; }

    /// <summary>What the kernel said, with the path of the offending attribute, and the other refusals.</summary>
    public NetlinkException Refusal { get; }
}
