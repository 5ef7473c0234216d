namespace LxcNative.Orchestrator.TmpfsState;

/// <summary>A mount cannot be captured as a tmpfs of the container's own; it is left to criu.</summary>
internal sealed class TmpfsCaptureException(string mountPoint, string reason) : Exception($"{mountPoint} cannot be captured: {reason}");
