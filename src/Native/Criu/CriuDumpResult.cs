namespace LxcNative.Native.Criu;

/// <summary>A dump that succeeded.</summary>
/// <param name="LateFailure">What the handler threw where criu could not be refused any more; usually null.</param>
public sealed record CriuDumpResult(Exception? LateFailure);
