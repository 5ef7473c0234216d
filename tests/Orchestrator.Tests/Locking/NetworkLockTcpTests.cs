using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Locking;

namespace LxcNative.Orchestrator.Tests.Locking;

/// <summary>Established connections over a lock.</summary>
public sealed class NetworkLockTcpTests
{
    private const int Length = 8 << 20;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task AConnectionWithDataInFlightGoesOnWithoutALostByte(bool isXtables, bool isLoopback)
    {
        using NamespacePair pair = new();
        using NetworkLock held = NetworkLock.Prepare(pair.Container, new(), isXtables ? [LockCandidate.Xtables] : LockCandidate.All);
        (Socket here, Socket there) = isLoopback ? Connect(pair.Container, pair.Container, IPAddress.Loopback) : Connect(pair.Container, pair.Peer, NamespacePair.Peer4);
        using (here)
        using (there)
        {
            byte[] up = RandomNumberGenerator.GetBytes(Length), down = RandomNumberGenerator.GetBytes(Length);
            long received = 0;
            Task<byte[]> upReceived = Receive(there, count => Interlocked.Add(ref received, count));
            Task<byte[]> downReceived = Receive(here, _ => { });
            Task sending = Task.WhenAll(Send(here, up), Send(there, down));
            for (int cycle = 0; cycle < 3; cycle++)
            {
                long target = Length / 8 * (cycle + 1);
                while (Interlocked.Read(ref received) < target)
                    await Task.Delay(1, TestContext.Current.CancellationToken);
                held.Engage();

                // What had arrived before the lock is still being read for a moment.
                long standing;
                do
                {
                    standing = Interlocked.Read(ref received);
                    await Task.Delay(250, TestContext.Current.CancellationToken);
                }
                while (standing != Interlocked.Read(ref received));
                await Task.Delay(250, TestContext.Current.CancellationToken);
                Assert.Equal(standing, Interlocked.Read(ref received));
                Assert.True(standing < Length, "nothing was in flight");
                held.Release();
            }

            await sending.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            Assert.Equal(up, await upReceived);
            Assert.Equal(down, await downReceived);
        }
    }

    private static (Socket Client, Socket Server) Connect(FileDescriptor from, FileDescriptor to, IPAddress address)
    {
        using Socket listener = NamespacePair.Socket(to, address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(address, 0));
        listener.Listen();
        Socket client = NamespacePair.Socket(from, address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        return (client, listener.Accept());
    }

    private static async Task Send(Socket socket, byte[] data)
    {
        for (int at = 0; at < data.Length; at += 32 * 1024)
        {
            await socket.SendAsync(data.AsMemory(at, Math.Min(32 * 1024, data.Length - at)));
            await Task.Delay(1);
        }
    }

    private static async Task<byte[]> Receive(Socket socket, Action<int> progress)
    {
        byte[] data = new byte[Length];
        for (int at = 0; at < data.Length;)
        {
            int count = await socket.ReceiveAsync(data.AsMemory(at));
            Assert.NotEqual(0, count);
            at += count;
            progress(count);
        }

        return data;
    }
}
