using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Parts.Tmpfs.Format;

/// <summary>The file of a captured tmpfs is cut short, damaged, or of a version that this one does not read.</summary>
internal sealed class MalformedTmpfsImageException(string message, Exception? inner = null) : LxcNativeException($"tmpfs image: {message}", inner);
