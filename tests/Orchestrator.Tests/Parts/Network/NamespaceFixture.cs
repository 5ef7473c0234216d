using System.Diagnostics;
using System.Text.Json.Nodes;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Parts.Network;

/// <summary>A network namespace made for a test, and the programs that look at it from inside.</summary>
internal sealed class NamespaceFixture : IDisposable
{
    private readonly bool _isOwned;

    public NamespaceFixture()
    {
        Descriptor = NamespaceThread.RunInNewNamespaces(NamespaceKind.Net, () => Namespace.OpenSelf(NamespaceKind.Net));
        _isOwned = true;
    }

    public NamespaceFixture(FileDescriptor descriptor) => Descriptor = descriptor;

    public FileDescriptor Descriptor { get; }

    /// <summary>Runs shell lines inside.</summary>
    public string Shell(string script) => NamespaceThread.Run(() => Execute("sh", ["-e", "-c", script], null), Descriptor);

    /// <summary>Runs shell lines inside; those that are refused do not matter.</summary>
    public void Attempt(string script) => NamespaceThread.Run(() => Execute("sh", ["-c", $"({script}) 2>/dev/null || true"], null), Descriptor);

    /// <summary>Waits until the kernel knows every carrier, and has looked for duplicates of every address.</summary>
    public void WaitForAddresses()
    {
        SpinWait.SpinUntil(() => !JsonNode.Parse(Shell("ip -j link"))!.AsArray().Any(IsBehind), TimeSpan.FromSeconds(20));
        while (Shell("ip -6 addr show tentative").Length > 0)
            Thread.Sleep(50);
    }

    // A link's state follows its carrier when a worker gets to it.
    private static bool IsBehind(JsonNode? link)
    {
        var hasCarrier = link!["flags"]!.AsArray().Any(flag => (string?)flag == "LOWER_UP");
        return hasCarrier ? (string?)link["operstate"] is "DOWN" or "LOWERLAYERDOWN" : (string?)link["operstate"] == "UP";
    }

    /// <summary>Loads an nft script inside.</summary>
    public void Nft(string script) => NamespaceThread.Run(() => Execute("nft", ["-f", "-"], script), Descriptor);

    public void Dispose()
    {
        if (_isOwned)
            Descriptor.Dispose();
    }

    public static string Execute(string program, string[] arguments, string? input)
    {
        var start = new ProcessStartInfo(Requirement.Tool(program), (IEnumerable<string>)arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {error.Result}\n{input}\n{arguments[^1]}");
        return output;
    }
}
