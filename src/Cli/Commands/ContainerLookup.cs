using LxcNative.Orchestrator.Containers;

namespace LxcNative.Cli.Commands;

/// <summary>Finds the container that a command line names, where naming one is not compulsory.</summary>
internal static class ContainerLookup
{
    /// <summary>Finds it by a pid, or else by its name.</summary>
    public static Container Find(int? pid, string? name, string? lxcPath) =>
        pid is { } process ? Container.FromPid(process) : Container.FromName(name!, lxcPath);
}
