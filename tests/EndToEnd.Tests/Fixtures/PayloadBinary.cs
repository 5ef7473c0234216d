using System.Security.Cryptography;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>A program of Payload/ compiled into one static file, once per content.</summary>
public static class PayloadBinary
{
    private static readonly Lock _gate = new();

    /// <summary>The program's path, compiling it when its source has changed.</summary>
    /// <param name="name">Its source's name, without .c.</param>
    public static string Build(string name = "payload")
    {
        var source = Path.Combine(Repository.Root, "tests", "EndToEnd.Tests", "Payload", $"{name}.c");
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(source)))[..16];
        var directory = Path.Combine(Repository.Root, "tests", "EndToEnd.Tests", "obj", "payload");
        var program = Path.Combine(directory, $"{name}-{hash}");
        lock (_gate)
        {
            if (File.Exists(program))
                return program;
            Directory.CreateDirectory(directory);
            // Several test runs may compile at the same time: the rename makes the last one win.
            var fresh = $"{program}.{Environment.ProcessId}";
            Command.Output("gcc", "-static", "-O2", "-Wall", "-Wextra", "-Werror", "-pthread", "-o", fresh, source);
            File.Move(fresh, program, overwrite: true);
            return program;
        }
    }
}
