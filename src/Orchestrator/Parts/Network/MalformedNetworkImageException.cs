using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>The file of a captured network namespace is cut short, damaged, or of a version that this one does not read.</summary>
internal sealed class MalformedNetworkImageException(string message, Exception? inner = null) : LxcNativeException(message, inner);
