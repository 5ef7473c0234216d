using LxcNative.Native.Handles;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Monitoring;
using Microsoft.Win32.SafeHandles;

namespace LxcNative.Orchestrator.InPlace;

/// <summary>The end of the container that comes back in its own place, as the monitor waits for it.</summary>
internal static class Departure
{
    // criu has killed the init before it ends itself: the rest is the kernel's. One that runs on stays locked for so long.
    private static readonly TimeSpan KernelPatience = TimeSpan.FromMilliseconds(500), CriuPatience = TimeSpan.FromSeconds(2);

    /// <summary>Waits for it.</summary>
    /// <param name="takeover">What is taken over.</param>
    /// <param name="cues">Where the asker tells that the container is about to be let go, or runs on; stays the caller's.</param>
    /// <returns>False where it does not come, or was not let go: an init may end by itself.</returns>
    /// <exception cref="Native.Errors.SyscallException">A process cannot be watched.</exception>
    public static bool Wait(Takeover takeover, FileDescriptor cues)
    {
        if (!IsOver(takeover, cues))
        {
            // Who is dying has closed its end before it is dead; what it had changed is given back after that.
            using var asker = takeover.Checkpoint.TryOpen();
            if (!DescriptorPoll.WaitReadable(cues, TimeSpan.Zero))
                return false;
            asker?.WaitForExit(CriuPatience);
            return false;
        }

        // It has the container's sockets open besides: in a network that is kept the same connections cannot be made twice.
        using var criu = takeover.Criu.TryOpen();
        criu?.WaitForExit(CriuPatience);
        return true;
    }

    private static bool IsOver(Takeover takeover, FileDescriptor cues)
    {
        using var init = takeover.Init.TryOpen();
        using var told = new FileStream(new SafeFileHandle(cues.Number, ownsHandle: false), FileAccess.Read, bufferSize: 0);
        var isLetGo = false;
        // The cue comes first: it is looked for first.
        while (init is null ? DescriptorPoll.WaitReadable(cues, TimeSpan.Zero) : DescriptorPoll.WaitAny([init.Descriptor, cues])[1])
        {
            switch (told.ReadByte())
            {
                case (int)MonitorCue.Go:
                    isLetGo = true;
                    break;
                case (int)MonitorCue.Cancel:
                    return isLetGo && HasEnded(takeover, init);
                default:
                    // The asker is dead, or past caring.
                    return isLetGo && HasEndedAlone(takeover, init);
            }
        }

        return isLetGo;
    }

    // One that was killed does not run on, however late the kernel gets to it.
    private static bool HasEnded(Takeover takeover, ProcessHandle? init)
    {
        while (init is { HasExited: false })
        {
            if (!ProcessGlance.IsEnding(takeover.Init.Pid))
                return false;
            init.WaitForExit(KernelPatience);
        }

        return true;
    }

    // criu has been told to let it go, or it never will be.
    private static bool HasEndedAlone(Takeover takeover, ProcessHandle? init)
    {
        if (init is null)
            return true;
        using (var criu = takeover.Criu.TryOpen())
            if (criu is not null && DescriptorPoll.WaitAny([init.Descriptor, criu.Descriptor])[0])
                return true;
        return init.WaitForExit(KernelPatience) || HasEnded(takeover, init);
    }
}
