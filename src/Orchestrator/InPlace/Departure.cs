using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Monitoring;

namespace LxcNative.Orchestrator.InPlace;

/// <summary>The end of the container that comes back in its own place, as the monitor waits for it.</summary>
internal static class Departure
{
    // criu has killed the init before it ends itself: the rest is the kernel's. One that runs on stays locked for so long.
    private static readonly TimeSpan KernelPatience = TimeSpan.FromMilliseconds(500), CriuPatience = TimeSpan.FromSeconds(2);

    /// <summary>Waits for it.</summary>
    /// <returns>False where it does not come: whoever asked takes it back, or is dead, and criu let the container go.</returns>
    /// <exception cref="Native.Errors.SyscallException">A process cannot be watched.</exception>
    public static bool Wait(Takeover takeover)
    {
        if (!HasEnded(takeover))
            return false;
        // It has the container's sockets open besides: in a network that is kept the same connections cannot be made twice.
        using var criu = takeover.Criu.TryOpen();
        criu?.WaitForExit(CriuPatience);
        return true;
    }

    private static bool HasEnded(Takeover takeover)
    {
        using var init = takeover.Init.TryOpen();
        if (init is null)
            return true;
        using var answer = Asker.Listener;
        // Nobody to answer to: that is how it is taken back.
        if (DescriptorPoll.WaitAny([init.Descriptor, answer])[0])
            return true;
        using (var checkpoint = takeover.Checkpoint.TryOpen())
            if (checkpoint is { HasExited: false })
                return false;
        using (var criu = takeover.Criu.TryOpen())
            if (criu is not null && DescriptorPoll.WaitAny([init.Descriptor, criu.Descriptor])[0])
                return true;
        return init.WaitForExit(KernelPatience);
    }
}
