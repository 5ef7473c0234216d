using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Engines.Lxc.Ending;
using LxcNative.Orchestrator.Engines.Lxc.Scripts;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Orchestrator.Parts.HostEnds;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Restores;

/// <summary>The end of a restored container, in the order in which LXC's monitor has it: the administrator's scripts, what it leaves, its address, and perhaps
/// its next start.</summary>
/// <param name="plan">What was restored.</param>
/// <param name="init">Its init, a child of this process.</param>
/// <param name="hostMounts">The host's mount namespace; stays the caller's.</param>
internal sealed class ContainerEnd(RestorePlan plan, int init, FileDescriptor hostMounts)
{
    /// <summary>Waits for it, and does what follows. Nobody is there to be told of a failure: what can be done is done.</summary>
    /// <param name="watch">What watches over the container; null where there is none, and its end alone is waited for.</param>
    /// <param name="clear">Clears away what it leaves.</param>
    /// <param name="free">Lets others restore it.</param>
    public void Run(ContainerWatch? watch, Action clear, Action free)
    {
        EndScripts? scripts = null;
        NetworkScripts? network = null;
        Try(() =>
        {
            var all = plan.ScriptsIn(hostMounts);
            (scripts, network) = (new EndScripts(all), new NetworkScripts(all, new HostEndsPart().Read(plan.States).NameOf));
        });
        var exit = watch is null ? ChildProcess.Wait(init) : watch.Wait();
        // reboot(2) in a pid namespace ends its init by this signal; a halt ends it by SIGINT.
        var reboots = exit.Signal == Signal.Hangup;
        Try(() => network?.Down());
        Try(() => scripts?.Stop(reboots));
        clear();
        watch?.Stopped(reboots);
        // The record is the first to be taken back: whoever waits for its end, to restore the container again, waits for this then.
        free();
        Try(() => reboots &= scripts?.PostStop(reboots) ?? true);
        if (reboots)
            Try(() =>
            {
                if (StartAgain.Run(plan.Name, plan.LxcPath, hostMounts))
                    watch?.RunsAgain();
            });
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (StepFailures.IsExpected(e))
        {
            // A script that cannot be run, or a container that cannot be started, holds up nothing else.
        }
    }
}
