namespace LxcNative.Orchestrator.Parts.Devices;

/// <summary>The rules of a version 1 devices cgroup.</summary>
/// <param name="Path">The cgroup's path in its hierarchy.</param>
/// <param name="Lines">The lines of devices.list: type, major:minor, access.</param>
internal sealed record DeviceRules(string Path, IReadOnlyList<string> Lines);
