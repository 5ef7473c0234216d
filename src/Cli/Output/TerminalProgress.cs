namespace LxcNative.Cli.Output;

/// <summary>Shows each step on the terminal while it works.</summary>
internal sealed class TerminalProgress<T> : IProgress<T>
    where T : struct, Enum
{
    /// <inheritdoc />
    public void Report(T value) => Console.Error.WriteLine($"{value.ToString().ToLowerInvariant()} ...");
}
