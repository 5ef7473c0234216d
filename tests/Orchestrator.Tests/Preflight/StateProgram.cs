using System.Diagnostics;

namespace LxcNative.Orchestrator.Tests.Preflight;

/// <summary>The program that makes states (states.c), built once by gcc for all tests.</summary>
internal static class StateProgram
{
    private static readonly Lazy<string> Built = new(Build);

    /// <summary>Its directory: <c>states</c>, and <c>bin32</c> where the compiler can make a 32-bit program.</summary>
    public static string Directory => Built.Value;

    /// <summary>The repository's root.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Runs a program to its end.</summary>
    public static (int ExitCode, string Output) Run(TimeSpan patience, string file, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (process.WaitForExit(patience))
            return (process.ExitCode, output.Result + error.Result);
        process.Kill();
        process.WaitForExit();
        return (-1, "did not end");
    }

    private static string Build()
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("lxcnative-states-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.Directory.Delete(directory, recursive: true);
        var source = Path.Combine(Repository, "tests/Orchestrator.Tests/Preflight/states.c");
        var (code, output) = Run(TimeSpan.FromMinutes(2), "gcc", "-O1", "-w", "-static", "-o", $"{directory}/states", source, "-lpthread");
        Assert.True(code == 0, output);
        // pause(2) by its i386 number, for ever. Not every gcc can make it.
        File.WriteAllText($"{directory}/bin32.s", ".globl _start\n_start: mov $29, %eax\nint $0x80\njmp _start\n");
        Run(TimeSpan.FromMinutes(1), "gcc", "-m32", "-nostdlib", "-static", "-o", $"{directory}/bin32", $"{directory}/bin32.s");
        return directory;
    }

    private static string FindRepository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "LxcNative.sln")))
                return at.FullName;
        throw new DirectoryNotFoundException($"no LxcNative.sln above {AppContext.BaseDirectory}");
    }
}
