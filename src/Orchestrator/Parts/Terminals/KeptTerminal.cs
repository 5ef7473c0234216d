using LxcNative.Native.Handles;

namespace LxcNative.Orchestrator.Parts.Terminals;

/// <summary>A terminal of the container whose master the monitor keeps.</summary>
/// <param name="Master">The master.</param>
/// <param name="Number">What LXC calls it: 0 for the console, N for /dev/ttyN; null for one that was not given a name in the container's /dev.</param>
internal sealed record KeptTerminal(FileDescriptor Master, int? Number);
