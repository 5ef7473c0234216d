namespace LxcNative.Cli.Output;

/// <summary>Messages for the person at the terminal, on standard error.</summary>
internal static class ErrorOutput
{
    /// <summary>Writes an error.</summary>
    public static void Write(string message) => Console.Error.WriteLine($"lxcnative: {Indented(message)}");

    /// <summary>Writes a warning.</summary>
    public static void Warn(string message) => Console.Error.WriteLine($"lxcnative: warning: {Indented(message)}");

    // The name of a process may have lines: one of them must not pass for a message of ours.
    private static string Indented(string message) => message.Replace("\n", "\n  ", StringComparison.Ordinal);
}
