using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Engines.Lxc.Commands;
using Microsoft.Win32.SafeHandles;

namespace LxcNative.Orchestrator.Engines.Lxc.Serving;

/// <summary>The pipe into which the monitors of all containers tell their states: lxc-monitor reads them there, by way of lxc-monitord, which makes
/// it.</summary>
internal static class MonitorFifo
{
    private const string Runtime = "/run/lxc";

    /// <summary>Tells a state; nothing is done where nobody reads, which is nearly always.</summary>
    /// <param name="lxcPath">Where LXC keeps the container.</param>
    /// <param name="name">Its name.</param>
    /// <param name="state">The state that it has come into.</param>
    public static void Tell(string lxcPath, string name, LxcState state)
    {
        try
        {
            // Without a reader the open fails, and a full pipe keeps nobody waiting.
            using var fifo = FileOpen.Open($"{Runtime}/{lxcPath}/monitor-fifo", OpenFlags.WriteOnly | OpenFlags.NonBlocking | OpenFlags.NoFollow);
            // What a checkpoint calls its LXC path may lead anywhere.
            if (FileStatus.Read(fifo).Type != FileType.Fifo)
                return;
            using var lease = new DescriptorLease(fifo);
            using var stream = new FileStream(new SafeFileHandle(lease.Number, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            stream.Write(StateMessage.Of(name, state));
        }
        catch (Exception e) when (e is LinuxException or IOException)
        {
            // Nobody is there.
        }
    }
}
