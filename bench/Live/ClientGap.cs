using System.Net.Sockets;

namespace LxcNative.Bench.Live;

/// <summary>The longest silence on a TCP connection into a container that sends every millisecond.</summary>
internal static class ClientGap
{
    private const int Answers = 50;

    /// <summary>Connects, waiting until the payload listens.</summary>
    public static EchoClient Connect(BenchContainer container)
    {
        EchoClient? client = null;
        Wait.For($"{container.Name} listens", () =>
        {
            try
            {
                client = EchoClient.Start(container.Address, BenchContainer.Port, TimeSpan.FromMilliseconds(1));
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
        return client!;
    }

    /// <summary>Measures while something happens.</summary>
    /// <returns>The longest time without an answer, in milliseconds.</returns>
    public static double During(EchoClient client, Action action)
    {
        client.RequireAnswers(Answers);
        client.ResetGap();
        action();
        client.RequireAnswers(Answers);
        return client.Report().LongestGap.TotalMilliseconds;
    }
}
