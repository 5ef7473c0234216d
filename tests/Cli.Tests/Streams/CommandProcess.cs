using System.Diagnostics;

namespace LxcNative.Cli.Tests.Streams;

/// <summary>The command as a process of its own, below a shell that opens and closes its streams.</summary>
internal static class CommandProcess
{
    private static readonly string Command = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "lxcnative.dll")}'";

    /// <summary>Runs <paramref name="line"/>, in which COMMAND stands for the command.</summary>
    public static (int ExitCode, string Output, string Error) Run(string line)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", line.Replace("COMMAND", Command, StringComparison.Ordinal)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        shell.StandardInput.Close();
        var error = shell.StandardError.ReadToEndAsync();
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return (shell.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
