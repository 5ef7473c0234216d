using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Parts.Tmpfs;

/// <summary>A mount cannot be captured as a tmpfs of the container's own; it is left to criu.</summary>
internal sealed class TmpfsCaptureException(string mountPoint, string reason) : LxcNativeException($"{mountPoint} cannot be captured: {reason}");
