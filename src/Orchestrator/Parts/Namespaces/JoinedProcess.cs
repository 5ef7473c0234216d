namespace LxcNative.Orchestrator.Parts.Namespaces;

/// <summary>A process that was in a namespace of its own, which said what the container's does, and comes back in the container's.</summary>
/// <param name="Pid">Its pid in the container.</param>
/// <param name="Name">Its command name.</param>
/// <param name="Kinds">Of which kinds, as <see cref="Native.Namespaces.NamespaceKind"/> writes them.</param>
internal sealed record JoinedProcess(int Pid, string Name, string Kinds);
