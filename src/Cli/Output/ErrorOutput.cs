namespace LxcNative.Cli.Output;

/// <summary>Messages for the person at the terminal, on standard error.</summary>
internal static class ErrorOutput
{
    /// <summary>Writes an error.</summary>
    public static void Write(string message) => Console.Error.WriteLine($"lxcnative: {message}");

    /// <summary>Writes a warning.</summary>
    public static void Warn(string message) => Console.Error.WriteLine($"lxcnative: warning: {message}");
}
