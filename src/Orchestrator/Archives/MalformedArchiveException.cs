using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Archives;

/// <summary>An archive that is damaged, or that would lead out of where it is extracted to.</summary>
/// <param name="message">What is wrong, at which entry.</param>
/// <param name="inner">What was behind it.</param>
public sealed class MalformedArchiveException(string message, Exception? inner = null) : RefusedException(message, inner);
