namespace LxcNative.Native.Criu;

/// <summary>One line of criu's log.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Time">Seconds since criu started; null for a line that continues the one before.</param>
/// <param name="Pid">The task that wrote it, at a restore; null for criu itself.</param>
/// <param name="Level">How serious it is.</param>
/// <param name="Text">What it says, without stamp and pid.</param>
public sealed record CriuLogEntry(int Line, double? Time, int? Pid, CriuLogLevel Level, string Text);
