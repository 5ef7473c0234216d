using System.Buffers.Binary;
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
    [InlineData(false, false, NetworkLockMode.Drop)]
    [InlineData(true, false, NetworkLockMode.Drop)]
    [InlineData(false, true, NetworkLockMode.Drop)]
    [InlineData(false, false, NetworkLockMode.Hold)]
    [InlineData(false, true, NetworkLockMode.Hold)]
    public async Task AConnectionWithDataInFlightGoesOnWithoutALostByte(bool isXtables, bool isLoopback, NetworkLockMode mode)
    {
        using NamespacePair pair = new();
        (var here, var there) = isLoopback
            ? Connect(pair.Container, pair.Container, IPAddress.Loopback)
            : Connect(pair.Container, pair.Peer, NamespacePair.Peer4);
        using (here)
        using (there)
        {
            byte[] up = RandomNumberGenerator.GetBytes(Length), down = RandomNumberGenerator.GetBytes(Length);
            long received = 0;
            var upReceived = Receive(there, count => Interlocked.Add(ref received, count));
            var downReceived = Receive(here, _ => { });
            var sending = Task.WhenAll(Send(here, up), Send(there, down));
            for (var cycle = 0; cycle < 3; cycle++)
            {
                long target = Length / 8 * (cycle + 1);
                while (Interlocked.Read(ref received) < target)
                    await Task.Delay(1, TestContext.Current.CancellationToken);
                using var held = NetworkLock.Prepare(pair.Container, new NetworkLockOptions { Mode = mode },
                    isXtables ? [LockCandidate.Xtables] : LockCandidate.All);
                held.Engage();

                // What had arrived before the lock is still being read for a moment, or longer on a busy machine.
                long standing;
                do
                {
                    standing = Arrived(there);
                    await Task.Delay(250, TestContext.Current.CancellationToken);
                }
                while (standing != Arrived(there) || standing != Interlocked.Read(ref received));
                await Task.Delay(250, TestContext.Current.CancellationToken);
                Assert.Equal(standing, Arrived(there));
                Assert.True(standing < Length || cycle > 0, "nothing was in flight");
                held.Release();
            }

            await sending.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            Assert.Equal(up, await upReceived);
            Assert.Equal(down, await downReceived);
        }
    }

    private static (Socket Client, Socket Server) Connect(FileDescriptor from, FileDescriptor to, IPAddress address)
    {
        using var listener = NamespacePair.Socket(to, address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(address, 0));
        listener.Listen();
        var client = NamespacePair.Socket(from, address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        return (client, listener.Accept());
    }

    // By the kernel's count, which no reader that is held up can be behind of (tcpi_bytes_received of linux/tcp.h).
    private static long Arrived(Socket socket)
    {
        const int ipprotoTcp = 6, tcpInfo = 11, bytesReceived = 128;
        var info = new byte[bytesReceived + sizeof(long)];
        socket.GetRawSocketOption(ipprotoTcp, tcpInfo, info);
        var value = info.AsSpan(bytesReceived);
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReadInt64LittleEndian(value) : BinaryPrimitives.ReadInt64BigEndian(value);
    }

    private static async Task Send(Socket socket, byte[] data)
    {
        for (var at = 0; at < data.Length; at += 32 * 1024)
        {
            await socket.SendAsync(data.AsMemory(at, Math.Min(32 * 1024, data.Length - at)));
            await Task.Delay(1);
        }
    }

    private static async Task<byte[]> Receive(Socket socket, Action<int> progress)
    {
        var data = new byte[Length];
        for (var at = 0; at < data.Length;)
        {
            var count = await socket.ReceiveAsync(data.AsMemory(at));
            Assert.NotEqual(0, count);
            at += count;
            progress(count);
        }

        return data;
    }
}
