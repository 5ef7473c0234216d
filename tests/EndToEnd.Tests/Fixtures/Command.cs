using System.Diagnostics;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>
/// Runs a program to its end in a session of its own. Its output goes to files, not pipes: a daemon it leaves behind
/// (lxc-start's and lxc-checkpoint's monitors keep their standard error) would hold a pipe open for ever.
/// </summary>
public static class Command
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs <paramref name="file"/> and gives its result whatever the exit code is.</summary>
    public static CommandResult Run(string file, params IReadOnlyCollection<string> arguments) => Run(file, arguments, environment: null);

    /// <summary>Runs <paramref name="file"/> with variables added to the environment; a null value removes one.</summary>
    /// <exception cref="TimeoutException">It ran for more than a minute (or <paramref name="timeout"/>) and was killed.</exception>
    public static CommandResult Run(
        string file, IReadOnlyCollection<string> arguments, IReadOnlyDictionary<string, string?>? environment, string? input = null, TimeSpan? timeout = null)
    {
        var files = Directory.CreateTempSubdirectory("lxn-cmd-");
        try
        {
            string output = Path.Combine(files.FullName, "out"), error = Path.Combine(files.FullName, "err"),
            standardInput = Path.Combine(files.FullName, "in");
            if (input is not null)
                File.WriteAllText(standardInput, input);

            var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add("""in=$1 out=$2 err=$3; shift 3; exec setsid --wait "$@" <"$in" >"$out" 2>"$err" """);
            foreach (var argument in (string[])["sh", input is null ? "/dev/null" : standardInput, output, error, file, .. arguments])
                start.ArgumentList.Add(argument);
            foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
                start.Environment[name] = value;

            var line = string.Join(' ', [file, .. arguments]);
            using var process = Process.Start(start)!;
            if (!process.WaitForExit(timeout ?? _patience))
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"{line} did not end:\n{ReadIfThere(output)}{ReadIfThere(error)}");
            }
            return new CommandResult(line, process.ExitCode, ReadIfThere(output), ReadIfThere(error));
        }
        finally
        {
            files.Delete(recursive: true);
        }
    }

    /// <summary>Runs <paramref name="file"/> and gives what it printed.</summary>
    /// <exception cref="InvalidOperationException">The exit code is not 0.</exception>
    public static string Output(string file, params IReadOnlyCollection<string> arguments) => Run(file, arguments).OrThrow().Output;

    private static string ReadIfThere(string path) => File.Exists(path) ? File.ReadAllText(path) : "";
}
