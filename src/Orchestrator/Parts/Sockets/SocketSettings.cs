namespace LxcNative.Orchestrator.Parts.Sockets;

/// <summary>The options of a socket that are not those of a new one.</summary>
/// <param name="Process">A process that has it open, by its id in the container.</param>
/// <param name="Descriptor">Its number there.</param>
/// <param name="Options">The options.</param>
internal sealed record SocketSettings(int Process, int Descriptor, IReadOnlyList<OptionValue> Options);
