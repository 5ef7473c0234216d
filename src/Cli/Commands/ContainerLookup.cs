using LxcNative.Orchestrator.Containers;

namespace LxcNative.Cli.Commands;

/// <summary>The container that a command line names.</summary>
internal static class ContainerLookup
{
    /// <summary>It is named by a pid, or else by its name.</summary>
    public static ContainerReference Reference(int? pid, string? name, string? lxcPath) =>
        pid is { } process ? ContainerReference.FromPid(process) : ContainerReference.FromName(name!, lxcPath);
}
