using System.Diagnostics;

namespace LxcNative.Testing;

/// <summary>Programs that make what a test looks at, or that it is compared with.</summary>
internal static class TestProgram
{
    /// <summary>Runs one to its end.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">Its exit code is not 0; the message has all that it said.</exception>
    public static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{output}{error.Result}");
    }
}
