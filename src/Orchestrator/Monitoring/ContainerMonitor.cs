using LxcNative.Native.Errors;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Engines.Lxc;
using LxcNative.Orchestrator.Execution;
using LxcNative.Orchestrator.InPlace;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Restores.Rehearsals;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Monitoring;

/// <summary>The monitor: a process that restores a container on its main thread and stays its parent until it ends.</summary>
/// <remarks>LXC's init has a parent-death signal, which the kernel ties to the <i>thread</i> that is its parent: it would be killed when a
/// pool thread went away.</remarks>
public static class ContainerMonitor
{
    /// <summary>The first argument that makes a program a monitor.</summary>
    public const string Argument = "monitor";

    /// <summary>The second argument, where it is to rehearse a restore only.</summary>
    internal const string Rehearses = "rehearsal";

    /// <summary>Whether this program said, by calling <see cref="RunIfAsked"/>, that it can become a monitor.</summary>
    internal static bool ThisProgramOffers { get; private set; }

    /// <summary>Becomes a monitor if the arguments ask for it. To be called first thing in <c>Main</c>, on the main thread.</summary>
    /// <param name="arguments">Main's.</param>
    /// <param name="exitCode">What Main shall return when this returns true.</param>
    /// <returns>Whether the program was a monitor, which has ended now.</returns>
    public static bool RunIfAsked(ReadOnlySpan<string> arguments, out int exitCode)
    {
        ThisProgramOffers = true;
        // A monitor starts its container again, after a reboot, by its own program.
        if (LiblxcProgram.RunIfAsked(arguments, out exitCode))
            return true;
        if (arguments.Length is < 1 or > 2 || arguments[0] != Argument)
            return false;
        if (arguments.Length == 1)
            exitCode = Run();
        else if (arguments[1] == Rehearses)
            exitCode = Rehearse();
        else if (ExecutionProgram.RunIfAsked(arguments[1..], out exitCode))
            return true;
        else
            return false;
        return true;
    }

    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(1);

    // Root's usual one, not the caller's.
    private const uint Umask = 0x12;

    private static int Run()
    {
        CurrentProcess.SetName("lxcnative");
        CurrentProcess.SetUmask(Umask);
        using var empty = EmptyNetwork.Begin();
        var asked = Asker.Read(OrchestratorJson.Default.MonitorRequest, out var cues);
        using var told = cues;
        if (asked is not { } request)
            return 0;
        using var kept = request.Takeover?.Network is { } network ? TakenNetwork.Take(network) : null;
        using var loop = new MonitorLoop();
        using var runner = new RestoreRunner(request, empty, kept, loop);
        var reply = runner.Run(told);
        told.Dispose();
        if (reply.IsCancelled)
            GoHome(request.Takeover!);
        // Where it failed before the container ended, the network is that of one that runs.
        if (reply.Error is not null && runner.TookOver && kept is not null)
            reply = reply with { Error = CutOff(kept, reply.Error) };
        Asker.Answer(reply, OrchestratorJson.Default.MonitorReply);
        if (reply.Error is not null || reply.IsCancelled)
            return reply.Error is null ? 0 : 1;
        runner.Release();
        empty.Dispose();
        if (request.Plan.Detached)
            return 0;
        Shrink();
        // What begins to watch the container needs code, too, that what watches it does not.
        _ = loop.After(s_settled, Shrink);
        runner.Supervise();
        return 0;
    }

    // Whoever asked may be dead: what it had changed of the container, which runs on, is given back.
    private static void GoHome(Takeover takeover)
    {
        using (var checkpoint = takeover.Checkpoint.TryOpen())
            if (checkpoint is { HasExited: false })
                return;
        Recovery.Run();
    }

    private static string CutOff(TakenNetwork kept, string error)
    {
        var left = new List<string>();
        Attempt.Run(left, "its network is not cut off", kept.CutOff);
        return left.Count == 0 ? error : $"{error}\n{left[0]}";
    }

    // It may wait for years: what the restore alone needed is given back.
    private static void Shrink()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        try
        {
            ProcessMemory.ReleaseFilePages();
        }
        catch (Exception e) when (e is LinuxException or IOException)
        {
            // It is as large as it was.
        }
    }

    private static int Rehearse()
    {
        RehearsalHost.Enter();
        CurrentProcess.SetUmask(Umask);
        CurrentProcess.SetName("lxcnative");
        using var empty = EmptyNetwork.Begin();
        if (Asker.Read(OrchestratorJson.Default.MonitorRequest) is not { } request)
            return 0;
        Asker.Answer(new RehearsalRunner(request, empty).Run(), OrchestratorJson.Default.MonitorReply);
        return 0;
    }
}
