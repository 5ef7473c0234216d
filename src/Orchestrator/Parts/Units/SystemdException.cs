using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Parts.Units;

/// <summary>The container's systemd did not answer as it should.</summary>
internal sealed class SystemdException(string message, Exception? inner = null) : LxcNativeException(message, inner);
