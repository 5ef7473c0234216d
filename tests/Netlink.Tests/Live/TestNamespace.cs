using System.Diagnostics;
using System.Text.Json;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Routing;
using LxcNative.Testing;
using static Tmds.Linux.LibC;

namespace LxcNative.Netlink.Tests.Live;

/// <summary>A fresh network namespace, made on a thread that is thrown away; it goes when the descriptor is closed.</summary>
public sealed class TestNamespace : IDisposable
{
    public TestNamespace()
    {
        Requirement.Root();
        Descriptor = NamespaceThread.RunInNewNamespaces(NamespaceKind.Net, () => Open("/proc/thread-self/ns/net"));
        Socket = RouteSocket.OpenIn(Descriptor);
    }

    public FileDescriptor Descriptor { get; }

    /// <summary>Our own end.</summary>
    public RouteSocket Socket { get; }

    /// <summary>A path by which other processes reach the namespace.</summary>
    public string Path => $"/proc/{Environment.ProcessId}/fd/{Descriptor.Number}";

    /// <summary>Runs a command of iproute2 inside, and fails the test when it fails.</summary>
    public string Run(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("nsenter", $"--net={Path} {command}")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{command}: exit code {process.ExitCode}, {error.Result}");
        return output;
    }

    /// <summary>What <c>ip</c> says, as JSON.</summary>
    public JsonElement Ask(string command)
    {
        var text = Run(command);
        return JsonDocument.Parse(text.Length == 0 ? "[]" : text).RootElement;
    }

    public void Dispose()
    {
        Socket.Dispose();
        Descriptor.Dispose();
    }

    private static unsafe FileDescriptor Open(string path)
    {
        byte[] bytes = [.. System.Text.Encoding.UTF8.GetBytes(path), 0];
        fixed (byte* pointer = bytes)
            return new FileDescriptor(SyscallException.ThrowIfFailed(open(pointer, O_RDONLY | O_CLOEXEC, 0), "open", path));
    }
}
