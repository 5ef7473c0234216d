using System.Text;
using System.Text.Json;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>A copy of the libcriu in use that lacks a function, as an older one does.</summary>
internal static class OlderLibCriu
{
    /// <summary>Writes it.</summary>
    /// <param name="directory">Where to.</param>
    /// <param name="function">What it shall lack: its name in the table of symbols becomes another one of the same length.</param>
    /// <returns>The copy's path.</returns>
    public static string Without(string directory, string function)
    {
        var version = LxcNativeCommand.Run("version", "--json").OrThrow().Output;
        using var report = JsonDocument.Parse(version);
        var bytes = File.ReadAllBytes(report.RootElement.GetProperty("libcriu").GetProperty("path").GetString()!);
        var at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"\0{function}\0"));
        Assert.True(at >= 0, $"this libcriu has no {function}");
        bytes[at + function.Length] = (byte)'_';
        var path = Path.Combine(directory, "libcriu.so.2");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
