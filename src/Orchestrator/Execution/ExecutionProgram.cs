using System.Runtime.InteropServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Monitoring;
using Signal = LxcNative.Native.Processes.Signal;

namespace LxcNative.Orchestrator.Execution;

/// <summary>The program as a process of its own that enters a container, starts a program there, and ends as that one does. Nobody else's process is ever in
/// the container's cgroups.</summary>
internal static class ExecutionProgram
{
    /// <summary>The first argument that makes a program this.</summary>
    public const string Argument = "execute";

    private const int SignalBase = 128;

    /// <summary>Does it if the arguments ask for it.</summary>
    public static bool RunIfAsked(ReadOnlySpan<string> arguments, out int exitCode)
    {
        exitCode = 0;
        if (arguments is not [Argument])
            return false;
        exitCode = Run();
        return true;
    }

    private static int Run()
    {
        if (Asker.Read(OrchestratorJson.Default.ExecutionRequest) is not { } request)
            return 1;
        int pid;
        CgroupVisit? visit = null;
        try
        {
            using var init = ProcessHandle.TryOpen(request.InitPid, request.InitStartTime) ?? throw new RefusedException($"{request.Name} has ended");
            using var confinement = ContainerConfinement.Read(request.InitPid);
            using (visit = CgroupVisit.Begin(request.Cgroups))
                pid = Start(request, confinement);
        }
        catch (Exception e) when (e is LinuxException or LxcNativeException or IOException or UnauthorizedAccessException)
        {
            visit?.RemoveLeaves();
            var reply = new ExecutionReply(0, e.Message, e is ProgramNotFoundException, visit?.Warnings ?? [])
            {
                NotExecutable = e is ProgramNotExecutableException,
            };
            Asker.Answer(reply, OrchestratorJson.Default.ExecutionReply);
            return 1;
        }

        // An asker that was killed meanwhile: what was started is waited for all the same.
        Asker.Answer(new ExecutionReply(pid, null, false, visit.Warnings), OrchestratorJson.Default.ExecutionReply);
        var code = Wait(pid);
        visit.RemoveLeaves();
        return code;
    }

    // Descriptors 0 to 2 are the asker's: the program has them, or its terminal.
    private static int Start(ExecutionRequest request, ContainerConfinement confinement)
    {
        var descriptors = request.Terminal is null ? Enumerable.Range(0, 3)
            .ToDictionary(number => number, number => new FileDescriptor(number, ownsHandle: false)) : [];
        using var spawn = new PreparedSpawn(new SpawnRequest
        {
            Path = request.Candidates[0],
            Arguments = request.Arguments,
            Environment = request.Environment,
            Descriptors = descriptors,
            WorkingDirectory = request.WorkingDirectory,
            Terminal = request.Terminal,
        }, request.Candidates.Skip(1));
        _ = spawn.Rehearse();
        // Where the kernel does not let a child of a program with threads have other clocks (before Linux 6.3), it has the host's.
        var hasClocks = confinement.HasClocks && NamespaceThread.RunInNewNamespaces(NamespaceKind.Time, spawn.Rehearse) == Errno.ENOENT;
        var (pid, failure) = (0, Errno.None);
        NamespaceThread.Run(() =>
        {
            confinement.TakeOn(request.UserId, request.GroupId, hasClocks);
            failure = spawn.TryStart(out pid);
        });
        return pid != 0 ? pid : throw Failure(request, failure);
    }

    private static Exception Failure(ExecutionRequest request, Errno errno) => errno switch
    {
        Errno.ENOENT =>
            new ProgramNotFoundException($"there is no program {request.Arguments[0]} in {request.Name}, or no directory {request.WorkingDirectory}"),
        Errno.EACCES or Errno.ENOEXEC or Errno.EISDIR => new ProgramNotExecutableException($"{request.Arguments[0]} in {request.Name} cannot be run ({errno}): "
            + $"it is no program, or user {request.UserId} may not run it"),
        Errno.EAGAIN => new RefusedException($"{request.Name} has as many processes as it may (EAGAIN): raise pids.max, or end some"),
        _ => new SyscallException("posix_spawn", $"\"{request.Candidates[0]}\" in {request.Name}", errno),
    };

    // What ends the one ends the other; keys of a terminal reach the program anyway.
    private static int Wait(int pid)
    {
        PosixSignalRegistration Pass(PosixSignal signal, Signal passed) => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            try
            {
                using var process = ProcessHandle.Open(pid);
                process.SendSignal(passed);
            }
            catch (SyscallException)
            {
                // It has ended.
            }
        });
        using var terminate = Pass(PosixSignal.SIGTERM, Signal.Terminate);
        using var hangUp = Pass(PosixSignal.SIGHUP, Signal.Hangup);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => context.Cancel = true);
        var end = ChildProcess.Wait(pid);
        return end.ExitStatus ?? SignalBase + (int)end.Signal!.Value;
    }
}
