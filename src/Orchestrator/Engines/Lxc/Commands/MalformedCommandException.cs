using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Engines.Lxc.Commands;

/// <summary>What came over a command socket is not what LXC writes.</summary>
internal sealed class MalformedCommandException(string message) : LxcNativeException(message);
