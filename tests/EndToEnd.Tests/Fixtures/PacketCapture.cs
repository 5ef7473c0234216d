using System.Collections.Concurrent;
using System.Diagnostics;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>tcpdump on an interface of the host or inside a container: what really was on the wire.</summary>
public sealed class PacketCapture : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ManualResetEventSlim _isListening = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private PacketCapture(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null)
                _lines.Enqueue(line.Data);
        };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
                return;
            _errors.Enqueue(line.Data);
            if (line.Data.Contains("listening on", StringComparison.Ordinal))
                _isListening.Set();
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Begins to capture and returns when packets are seen from now on.</summary>
    /// <param name="interfaceName">The interface.</param>
    /// <param name="filter">A pcap filter; empty for everything.</param>
    /// <param name="namespacePid">A process in whose network namespace to capture; the host's without it.</param>
    /// <exception cref="TimeoutException">tcpdump did not start; the message has what it said.</exception>
    public static PacketCapture Start(string interfaceName, string filter = "", int? namespacePid = null)
    {
        var start = new ProcessStartInfo(namespacePid is null ? "tcpdump" : "nsenter")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        string[] enter = namespacePid is { } pid ? ["--target", $"{pid}", "--net", "tcpdump"] : [];
        foreach (var argument in (string[])[.. enter, "-i", interfaceName, "-n", "-tt", "-l", "-U", "--immediate-mode",
            .. filter.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
            start.ArgumentList.Add(argument);
        var capture = new PacketCapture(Process.Start(start)!);
        if (capture._isListening.Wait(TimeSpan.FromSeconds(10)))
            return capture;
        var said = string.Join('\n', capture._errors);
        capture.Dispose();
        throw new TimeoutException($"tcpdump does not listen on {interfaceName}: {said}");
    }

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>Ends the capture and gives all its lines.</summary>
    public IReadOnlyList<string> Stop()
    {
        if (!_process.HasExited)
        {
            Command.Run("kill", "-INT", $"{_process.Id}");
            if (!_process.WaitForExit(10_000))
                _process.Kill();
        }
        // Without a limit this waits for the readers' last lines too.
        _process.WaitForExit();
        return Lines;
    }

    public void Dispose()
    {
        Stop();
        _process.Dispose();
        _isListening.Dispose();
    }
}
