namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>A mapping that is neither memory of the process's own nor an ordinary file.</summary>
/// <param name="Start">Its first address.</param>
/// <param name="Target">What /proc/PID/maps calls it.</param>
/// <param name="IsCharacterDevice">Whether it maps a character device.</param>
internal readonly record struct ObservedMapping(ulong Start, string Target, bool IsCharacterDevice);
