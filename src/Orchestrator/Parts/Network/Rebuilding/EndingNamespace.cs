using LxcNative.Native.Errors;
using LxcNative.Native.Processes;
using LxcNative.Netlink.Errors;

namespace LxcNative.Orchestrator.Parts.Network.Rebuilding;

/// <summary>Waits for the network namespace of the container that ended. The kernel takes it down in a worker of its own (cleanup_net), after the
/// container's last process, and on a busy host much later: until then its macvlan keeps the hardware address, its ipvlan the addresses, its VLAN
/// the number on the host's link.</summary>
internal static class EndingNamespace
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Makes a change, again and again while the kernel answers that what it needs is in use.</summary>
    /// <param name="change">The change.</param>
    /// <param name="inUse">The answers that say so, besides EADDRINUSE.</param>
    /// <exception cref="NetlinkException">The kernel refused it; with one of those answers: something else has it.</exception>
    public static void Await(Action change, params Errno[] inUse)
    {
        for (var deadline = Deadline.After(Patience); ; Thread.Sleep(Pause))
        {
            try
            {
                change();
                return;
            }
            catch (NetlinkException e) when ((e.Errno == Errno.EADDRINUSE || inUse.Contains(e.Errno)) && !deadline.IsOver)
            {
                // Tried again.
            }
        }
    }
}
