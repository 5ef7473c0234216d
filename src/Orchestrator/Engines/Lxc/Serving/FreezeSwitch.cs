using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Engines.Lxc.Commands;
using LxcNative.Orchestrator.Monitoring;

namespace LxcNative.Orchestrator.Engines.Lxc.Serving;

/// <summary>Freezes and thaws the container. In version 1 LXC's tools do it themselves, and only tell the monitor; in version 2 they ask for it.</summary>
/// <param name="cgroups">The container's cgroups.</param>
/// <param name="loop">What looks again until it is done.</param>
/// <param name="enter">Told of the states on the way.</param>
internal sealed class FreezeSwitch(ServedCgroups cgroups, MonitorLoop loop, Action<LxcState> enter)
{
    private const string FreezeFile = "cgroup.freeze";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);
    // How long it is looked for a state that nobody waits for.
    private static readonly TimeSpan Unwatched = TimeSpan.FromSeconds(10);

    /// <summary>Freezes or thaws, and answers when all of the container stands still, or runs.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="freeze">Which.</param>
    /// <param name="seconds">How long it may take; negative for any time, 0 where nobody waits for it.</param>
    public void Answer(CommandClient client, bool freeze, int seconds)
    {
        if (!cgroups.IsUnified || cgroups.FreezerDirectory is not { } directory)
        {
            client.Answer(CommandMessage.Refusal(Errno.ENOENT));
            return;
        }

        try
        {
            KernelFile.WriteText($"{directory}/{FreezeFile}", freeze ? "1" : "0");
        }
        catch (SyscallException e)
        {
            client.Answer(CommandMessage.Refusal(e.Errno));
            return;
        }

        if (freeze)
            enter(LxcState.Freezing);
        if (seconds == 0)
            client.Answer(CommandMessage.Answer(0));
        else
            client.Keep();
        Await(client, directory, freeze, seconds < 0 ? null : Deadline.After(seconds == 0 ? Unwatched : TimeSpan.FromSeconds(seconds)));
    }

    /// <summary>Thaws it if it is frozen; what fails is of no interest where its end was asked for.</summary>
    public void Thaw()
    {
        if (cgroups.FreezerDirectory is not { } directory)
            return;
        try
        {
            new CgroupDirectory(directory).Thaw(cgroups.IsUnified);
        }
        catch (SyscallException)
        {
            // It has ended already.
        }
    }

    private void Await(CommandClient client, string directory, bool freeze, Deadline? deadline)
    {
        try
        {
            if (KernelFile.ReadText($"{directory}/cgroup.events").Contains(freeze ? "frozen 1" : "frozen 0", StringComparison.Ordinal))
            {
                enter(freeze ? LxcState.Frozen : LxcState.Thawed);
                client.Answer(CommandMessage.Answer(0));
            }
            else if (deadline is { IsOver: true })
                client.Answer(CommandMessage.Refusal(Errno.ETIMEDOUT));
            else
                loop.After(Interval, () => Await(client, directory, freeze, deadline));
        }
        catch (SyscallException e)
        {
            client.Answer(CommandMessage.Refusal(e.Errno));
        }
    }
}
