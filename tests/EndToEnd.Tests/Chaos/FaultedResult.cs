namespace LxcNative.EndToEnd.Tests.Chaos;

/// <summary>How a run of the command ended to which something happened.</summary>
/// <param name="WasHit">Whether it did happen: there may have been nobody yet, or any more.</param>
/// <param name="ExitCode">The command's; 128 and more for a signal.</param>
/// <param name="Text">What it wrote.</param>
/// <param name="Took">How long it ran.</param>
internal sealed record FaultedResult(bool WasHit, int ExitCode, string Text, TimeSpan Took);
