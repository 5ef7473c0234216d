using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Native.Terminals;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Monitoring;

namespace LxcNative.Orchestrator.Execution;

/// <summary>Runs programs inside containers: in all of their namespaces and cgroups, with their init's capabilities, seccomp filters, no_new_privs and security
/// label, by system calls.
/// It is the same for one that LXC started and for one that was restored.</summary>
public static class ContainerExecution
{
    private static readonly string[] s_kept = ["TERM", "LANG"];

    /// <summary>Runs a program with this process's standard input, output and error, and waits for its end.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="options">What to run; null for a shell.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="ProgramNotFoundException">There is no such program inside.</exception>
    /// <exception cref="ProgramNotExecutableException">It is there, and is no program that the user may run.</exception>
    /// <exception cref="RefusedException">There is no such container, it is frozen or being checkpointed, or it is confined by what cannot be taken
    /// on.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static ExecutionResult Run(ContainerReference reference, ExecutionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        options ??= new ExecutionOptions();
        var container = reference.FindWithoutSockets();
        FrozenContainer.Refuse(container);
        using var input = new FileDescriptor(0, ownsHandle: false);
        using var output = new FileDescriptor(1, ownsHandle: false);
        var wantsTerminal = options.Terminal ?? (TerminalMode.IsTerminal(input) && TerminalMode.IsTerminal(output));
        using var terminal = wantsTerminal ? LookLimit.Run($"/dev/pts of {container.Name}", () => ContainerTerminal.TryOpen(container.InitPid)) : null;
        var warnings = new List<string>();
        if (wantsTerminal && terminal is null)
            warnings.Add($"{container.Name} has no devpts: the program has this terminal itself, whose name it cannot find");
        var program = Program(options);
        using var pipes = new RequestPipes();
        ExecutionReply reply;
        int helper;
        // A checkpoint that began meanwhile would find a process that is none of the container's.
        using (ContainerClaim.TryTake(ContainerClaim.Checkpoint, container.Name)
            ?? throw new RefusedException($"a checkpoint of {container.Name} is under way: try again when it has ended"))
        {
            helper = Start(program, terminal is not null, pipes);
            pipes.Ask(Request(container, options, terminal), OrchestratorJson.Default.ExecutionRequest);
            reply = pipes.Receive(OrchestratorJson.Default.ExecutionReply)
                ?? new ExecutionReply(0, "the process that enters the container ended without an answer", false, []);
        }

        if (reply.Error is { } error)
        {
            ChildProcess.Wait(helper);
            throw reply switch
            {
                { NotFound: true } => new ProgramNotFoundException(error),
                { NotExecutable: true } => new ProgramNotExecutableException(error),
                _ => new RefusedException(error),
            };
        }

        return new ExecutionResult(Finish(helper, input, output, terminal), [.. warnings, .. reply.Warnings]);
    }

    private static int Finish(int helper, FileDescriptor input, FileDescriptor output, PseudoTerminal? terminal)
    {
        using var process = ProcessHandle.Open(helper);
        using (ForwardedSignals.To(process))
        {
            if (terminal is not null)
            {
                using var raw = TerminalMode.IsTerminal(input) ? TerminalMode.Raw(input) : null;
                TerminalRelay.Run(input, output, terminal.Master, process.Descriptor);
            }

            return ChildProcess.Wait(helper).ExitStatus
                ?? throw new FailedException($"the process {helper} that waits for the program was killed; the program may run on", ContainerState.RunsOn);
        }
    }

    private static ExecutionRequest Request(Container container, ExecutionOptions options, PseudoTerminal? terminal)
    {
        var account = LookLimit.Run($"/etc/passwd of {container.Name}", () => ContainerAccount.Read(container.InitPid, options.UserId));
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = SystemPath.Value,
            ["HOME"] = account.Home,
            ["USER"] = account.Name,
            ["container"] = "lxc",
        };
        foreach (var name in s_kept)
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
                environment[name] = value;
        foreach (var (name, value) in options.Environment)
            environment[name] = value;
        var file = options.Command.Count > 0 ? options.Command[0] : account.Shell;
        return new ExecutionRequest(
            container.Name, container.InitPid, container.InitStartTime,
                [.. container.Cgroups.Where(one => one.Path != "/").Select(one => one.Directory).OfType<string>()],
            file.Contains('/', StringComparison.Ordinal) ? [file] : [.. environment["PATH"].Split(':', StringSplitOptions.RemoveEmptyEntries)
                .Select(directory => $"{directory.TrimEnd('/')}/{file}")],
            options.Command.Count > 0 ? options.Command : [$"-{Path.GetFileName(account.Shell)}"], environment, options.UserId, options.GroupId
                ?? account.GroupId, options.WorkingDirectory ?? "/", terminal is null ? null
                : ContainerTerminal.PathOf(terminal));
    }

    private static IReadOnlyList<string> Program(ExecutionOptions options)
    {
        try
        {
            return MonitorProgram.Find(options.HelperProgram);
        }
        catch (FileNotFoundException e)
        {
            throw new RefusedException(e.Message, e);
        }
    }

    private static int Start(IReadOnlyList<string> program, bool hasTerminal, RequestPipes pipes)
    {
        var descriptors = new Dictionary<int, FileDescriptor>(pipes.ChildEnds)
        {
            [2] = new FileDescriptor(2, ownsHandle: false),
        };
        if (!hasTerminal)
        {
            descriptors[0] = new FileDescriptor(0, ownsHandle: false);
            descriptors[1] = new FileDescriptor(1, ownsHandle: false);
        }

        var request = new SpawnRequest
        {
            Path = program[0],
            Arguments = [.. program, ContainerMonitor.Argument, ExecutionProgram.Argument],
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = SystemPath.Value, ["LANG"] = "C" },
            Descriptors = descriptors,
            // Ctrl-C of this terminal is a key for the program's.
            NewSession = hasTerminal,
        };
        var pid = NamespaceThread.RunInNewNamespaces(NamespaceKind.Mount, () =>
        {
            UnwritableHost.Make();
            return Spawn.Start(request);
        });
        pipes.Started();
        return pid;
    }
}
