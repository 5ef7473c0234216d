using System.Diagnostics;

namespace LxcNative.Bench.Live;

/// <summary>Runs a program to its end: the baseline.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // lxc-checkpoint takes the criu that it finds there.
    private static readonly Dictionary<string, string?> Search =
        new() { ["PATH"] = $"{Criu.Directory}:{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin" };

    /// <summary>Runs it, its arguments in one string, as directly as can be: this is what is measured.</summary>
    public static void Run(string file, string arguments, string input = "")
    {
        using var process =
            Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{file} {arguments}: exit code {process.ExitCode}: {process.StandardError.ReadToEnd()}");
    }

    /// <summary>Runs it and gives what it wrote.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Output(string file, params string[] arguments) => Try(file, arguments).OrThrow().Output;

    /// <summary>Runs it, whatever becomes of it.</summary>
    public static CommandResult Try(string file, params string[] arguments) => Command.Run(file, arguments, Search, timeout: Patience);
}
