using LxcNative.Native.Handles;

namespace LxcNative.Orchestrator.InPlace;

/// <summary>The end of the container that comes back in its own place, as the monitor waits for it.</summary>
internal static class Departure
{
    // criu has killed the init before it ends itself: the rest is the kernel's. One that runs on stays locked for so long.
    private static readonly TimeSpan KernelPatience = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits for it.</summary>
    /// <returns>False where it does not come: whoever checkpointed the container is dead, and the container was let go.</returns>
    /// <exception cref="Native.Errors.SyscallException">A process cannot be watched.</exception>
    public static bool Wait(Takeover takeover)
    {
        using var init = takeover.Init.TryOpen();
        if (init is null)
            return true;
        // As long as the checkpoint's process lives it ends this one where the container runs on. Without it, criu decides alone.
        foreach (var deciding in (ProcessIdentity[])[takeover.Checkpoint, takeover.Criu])
        {
            using var process = deciding.TryOpen();
            if (process is not null && DescriptorPoll.WaitAny([init.Descriptor, process.Descriptor])[0])
                return true;
        }

        return init.WaitForExit(KernelPatience);
    }
}
