using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Locking;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative unlock (--pid PID | NAME)</c>.</summary>
internal static class UnlockCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var selection = new ContainerSelection();
        var json = new Option<bool>("--json") { Description = "Write one JSON object, for programs." };
        var command = new Command("unlock", "Remove the lock that `lxcnative lock` put on a container's network.") { json };
        selection.AddTo(command);
        command.SetAction(parsed => CommandAction.Run(parsed.GetValue(json), () =>
        {
            var container = selection.Find(parsed);
            using var network = Namespace.Open(container.InitPid, NamespaceKind.Net);
            if (!Removed(container.Name, network))
                throw new RefusedException($"the network of {container.Name} is not locked");
            LockOutput.Write(new LockReport(container.InitPid, container.Name, false, null), parsed.GetValue(json));
            return ExitCode.Done;
        }));
        return command;
    }

    private static bool Removed(string name, FileDescriptor network)
    {
        try
        {
            return NetworkLock.Remove(network);
        }
        catch (NetworkLockHeldException held)
        {
            throw held.Of(name);
        }
    }
}
