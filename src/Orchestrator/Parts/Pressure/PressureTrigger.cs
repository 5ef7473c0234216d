namespace LxcNative.Orchestrator.Parts.Pressure;

/// <summary>What a process asked to be told of, by writing it to a file of the kernel's pressure stall information.</summary>
/// <param name="Process">The process, as the container sees it.</param>
/// <param name="Number">Its descriptor of the file.</param>
/// <param name="Written">What it wrote, the NUL at its end included.</param>
internal sealed record PressureTrigger(int Process, int Number, byte[] Written);
