namespace LxcNative.Cli.Output;

/// <summary>A container that was started or stopped.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Pid">The pid of its init on the host; null for one that was stopped.</param>
internal sealed record LifecycleReport(string Name, int? Pid);
