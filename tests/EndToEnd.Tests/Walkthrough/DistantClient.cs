using System.Diagnostics;

namespace LxcNative.EndToEnd.Tests.Walkthrough;

/// <summary>One TCP connection to the payload's control port, from another network namespace.</summary>
internal sealed class DistantClient : IDisposable
{
    private readonly Process _socat;
    private Task<string?>? _reading;

    public DistantClient(int namespaceOf, string address, int port) =>
        _socat = Process.Start(new ProcessStartInfo("nsenter",
            ["--target", $"{namespaceOf}", "--net", "socat", "-", $"TCP:{address}:{port},retry=200,interval=0.1"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    /// <summary>The payload's counter, asked for over the connection.</summary>
    public long Counter()
    {
        Ask();
        return Answer() ?? throw new TimeoutException("no answer within 20 s");
    }

    /// <summary>Sends the question without waiting for its answer.</summary>
    public void Ask()
    {
        _socat.StandardInput.Write("counter\n");
        _socat.StandardInput.Flush();
    }

    /// <summary>The answer to the oldest question, null when none comes within the time (20 s by default).</summary>
    public long? Answer(TimeSpan? patience = null)
    {
        _reading ??= _socat.StandardOutput.ReadLineAsync();
        if (!_reading.Wait(patience ?? TimeSpan.FromSeconds(20)))
            return null;
        var line = _reading.Result ?? throw new EndOfStreamException("the connection ended");
        _reading = null;
        return long.Parse(line.Split(' ')[1]);
    }

    public void Dispose()
    {
        _socat.Kill();
        _socat.WaitForExit();
        _socat.Dispose();
    }
}
