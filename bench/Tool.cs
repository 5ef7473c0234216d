using System.Diagnostics;

namespace LxcNative.Bench;

/// <summary>Runs a program to its end: the baseline.</summary>
internal static class Tool
{
    public static void Run(string file, string arguments, string input = "")
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{file} {arguments}: exit code {process.ExitCode}: {process.StandardError.ReadToEnd()}");
    }
}
