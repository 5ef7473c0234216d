using System.Diagnostics;
using System.Net.Sockets;

namespace LxcNative.Bench.Live;

/// <summary>When a container that is being restored answers for the first time: a datagram is sent every millisecond.</summary>
internal static class FirstAnswer
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1);

    /// <summary>Runs the restore, and gives the milliseconds from its start to the first answer.</summary>
    public static double After(BenchContainer container, Action restore)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        socket.Connect(container.Address, BenchContainer.Port + 1);
        var start = Stopwatch.GetTimestamp();
        long answered = 0;
        var hasFailed = false;
        var client = new Thread(() =>
        {
            var buffer = new byte[16];
            while (!Volatile.Read(ref hasFailed) && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30))
            {
                // ICMP errors of a container that is not there come back as errors of either call, and wake the poll.
                socket.Send([1], SocketFlags.None, out _);
                if (!socket.Poll(Interval, SelectMode.SelectRead))
                    continue;
                if (socket.Receive(buffer, SocketFlags.None, out var error) > 0 && error == SocketError.Success)
                {
                    answered = Stopwatch.GetTimestamp();
                    return;
                }

                // Not at once again: the restore needs every processor.
                Thread.Sleep(Interval);
            }
        });
        client.Start();
        try
        {
            restore();
        }
        catch
        {
            Volatile.Write(ref hasFailed, true);
            throw;
        }
        finally
        {
            client.Join();
        }

        return answered == 0
            ? throw new TimeoutException($"{container.Name}, restored, does not answer")
            : Stopwatch.GetElapsedTime(start, answered).TotalMilliseconds;
    }
}
