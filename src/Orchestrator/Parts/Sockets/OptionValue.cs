namespace LxcNative.Orchestrator.Parts.Sockets;

/// <summary>An option's value, as the kernel has it.</summary>
/// <param name="Level">Whose option it is (SOL_*, IPPROTO_*).</param>
/// <param name="Name">Its number there.</param>
/// <param name="Value">Its bytes.</param>
internal sealed record OptionValue(int Level, int Name, byte[] Value);
