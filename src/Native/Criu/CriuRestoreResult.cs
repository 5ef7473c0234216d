namespace LxcNative.Native.Criu;

/// <summary>A restore that succeeded: the tasks run.</summary>
/// <param name="Pid">The root task, as criu sees it.</param>
/// <param name="LateFailure">What the handler threw where criu could not be refused any more; usually null.</param>
public sealed record CriuRestoreResult(int Pid, Exception? LateFailure);
