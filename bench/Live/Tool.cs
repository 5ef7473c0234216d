using System.Diagnostics;

namespace LxcNative.Bench.Live;

/// <summary>Runs a program to its end: the baseline.</summary>
internal static class Tool
{
    /// <summary>Runs it, its arguments in one string.</summary>
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

    /// <summary>Runs it in a session of its own and gives what it wrote. Its output goes to files: a daemon that it leaves behind would hold a pipe open for ever.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Output(string file, params string[] arguments)
    {
        var (code, output, error) = Try(file, arguments);
        return code == 0 ? output : throw new InvalidOperationException($"{file} {string.Join(' ', arguments)}: exit code {code}: {output}{error}");
    }

    /// <summary>Runs it, whatever becomes of it.</summary>
    public static (int ExitCode, string Output, string Error) Try(string file, params string[] arguments)
    {
        var place = Directory.CreateTempSubdirectory("lxn-bench-");
        try
        {
            var (output, error) = (Path.Combine(place.FullName, "out"), Path.Combine(place.FullName, "err"));
            var start = new ProcessStartInfo("/bin/sh");
            foreach (var argument in (string[])["-c", """out=$1 err=$2; shift 2; exec setsid --wait "$@" </dev/null >"$out" 2>"$err" """, "sh", output, error, file, .. arguments])
                start.ArgumentList.Add(argument);
            start.Environment["PATH"] = $"{Criu.Directory}:{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin";
            using var process = Process.Start(start)!;
            process.WaitForExit();
            return (process.ExitCode, File.ReadAllText(output), File.ReadAllText(error));
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }
}
