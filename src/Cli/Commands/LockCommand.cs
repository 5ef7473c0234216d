using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Locking;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative lock (--pid PID | NAME)</c>.</summary>
internal static class LockCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var selection = new ContainerSelection();
        var json = new Option<bool>("--json") { Description = "Write one JSON object, for programs." };
        var command = new Command("lock", "Lock a container's network: nothing passes in, out, or inside, until `lxcnative unlock`.") { json };
        selection.AddTo(command);
        command.SetAction(parsed => CommandAction.Run(parsed.GetValue(json), () =>
        {
            var container = selection.Find(parsed);
            if (container.SharesHostNetwork)
                throw new RefusedException($"{container.Name} shares the host's network: locking it would cut off the host");
            using var network = Namespace.Open(container.InitPid, NamespaceKind.Net);
            using var networkLock = Locked(container.Name, network);
            LockOutput.Write(new LockReport(container.InitPid, container.Name, true, networkLock.Method.ToString().ToLowerInvariant()), parsed.GetValue(json));
            return ExitCode.Done;
        }));
        return command;
    }

    private static NetworkLock Locked(string name, FileDescriptor network)
    {
        NetworkLock? prepared = null;
        try
        {
            prepared = NetworkLock.Prepare(network, new NetworkLockOptions { DiesWithOwner = false });
            prepared.Engage();
            return prepared;
        }
        catch (NetworkLockHeldException held)
        {
            prepared?.Dispose();
            throw held.Of(name);
        }
    }
}
