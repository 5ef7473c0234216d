namespace LxcNative.EndToEnd.Tests.Chaos;

/// <summary>Something is as it must never be.</summary>
internal sealed class ViolationException(string message) : Exception(message);
