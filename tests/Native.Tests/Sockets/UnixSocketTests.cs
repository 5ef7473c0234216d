using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Native.Sockets;
using LxcNative.Testing;

namespace LxcNative.Native.Tests.Sockets;

public class UnixSocketTests
{
    [Fact]
    public void DescriptorsArriveAsTheSameOpenFiles()
    {
        var (first, second) = UnixSocket.Pair(UnixSocketType.SequencedPacket);
        using (first)
        using (second)
        using (var zero = FileOpen.Open("/dev/zero", OpenFlags.ReadOnly))
        using (var full = FileOpen.Open("/dev/full", OpenFlags.WriteOnly))
        {
            UnixSocket.Send(first, "data"u8, [zero, full, zero]);
            var buffer = new byte[16];
            using var message = UnixSocket.Receive(second, buffer, maximumDescriptors: 3);
            Assert.Equal("data", Encoding.UTF8.GetString(buffer, 0, message.Length));
            Assert.Equal(["/dev/zero", "/dev/full", "/dev/zero"],
                message.Descriptors.Select(descriptor => SymbolicLink.Read($"/proc/self/fd/{descriptor.Number}")));
            Assert.DoesNotContain(zero.Number, message.Descriptors.Select(descriptor => descriptor.Number));
            Assert.All(message.Descriptors, descriptor =>
                Assert.Equal(1, Mono.Unix.Native.Syscall.fcntl(descriptor.Number, Mono.Unix.Native.FcntlCommand.F_GETFD)));
            Assert.Equal((false, false, null), (message.IsTruncated, message.IsControlTruncated, message.Credentials));
        }
    }

    [Fact]
    public void MessageClosesWhatWasNotTakenOut()
    {
        var (first, second) = UnixSocket.Pair(UnixSocketType.SequencedPacket);
        using (first)
        using (second)
        {
            UnixSocket.Send(first, "x"u8, [first, second]);
            var message = UnixSocket.Receive(second, new byte[1], maximumDescriptors: 2);
            var descriptors = message.Descriptors;
            message.Dispose();
            Assert.All(descriptors, descriptor => Assert.True(descriptor.IsClosed));
            UnixSocket.Send(first, "x"u8, [first]);
            IReadOnlyList<FileDescriptor> taken;
            using (var second1 = UnixSocket.Receive(second, new byte[1], maximumDescriptors: 2))
                taken = second1.TakeDescriptors();
            using var only = Assert.Single(taken);
            Assert.False(only.IsClosed);
        }
    }

    [Fact]
    public void LostBytesAndLostDescriptorsAreTold()
    {
        var (first, second) = UnixSocket.Pair(UnixSocketType.SequencedPacket);
        using (first)
        using (second)
        {
            UnixSocket.Send(first, "long"u8, [first, first, first, first, first, first, first, first, first, first, first, first]);
            using var message = UnixSocket.Receive(second, new byte[2], maximumDescriptors: 1);
            Assert.Equal((2, true, true), (message.Length, message.IsTruncated, message.IsControlTruncated));
        }
    }

    [Fact]
    public void CredentialsAreTheSenders()
    {
        var (first, second) = UnixSocket.Pair(UnixSocketType.Stream);
        using (first)
        using (second)
        {
            var me = new UnixCredentials(CurrentProcess.Id, CurrentProcess.EffectiveUserId, Mono.Unix.Native.Syscall.getegid());
            Assert.Equal(me, UnixSocket.PeerCredentials(first));
            UnixSocket.PassCredentials(second);
            UnixSocket.Send(first, "1"u8, [first], me);
            using (var message = UnixSocket.Receive(second, new byte[8], maximumDescriptors: 1))
            {
                Assert.Equal(me, message.Credentials);
                Assert.Single(message.Descriptors);
            }

            // Not sent, added by the kernel.
            UnixSocket.Send(first, "2"u8);
            using (var message = UnixSocket.Receive(second, new byte[8]))
                Assert.Equal(me, message.Credentials);
        }
    }

    [Fact]
    public void RootMayClaimAnother()
    {
        Requirement.Root();
        var (first, second) = UnixSocket.Pair(UnixSocketType.Stream);
        using (first)
        using (second)
        {
            UnixSocket.PassCredentials(second);
            var claimed = new UnixCredentials(CurrentProcess.ParentId, 65534, 7);
            UnixSocket.Send(first, "1"u8, default, claimed);
            using var message = UnixSocket.Receive(second, new byte[8]);
            Assert.Equal(claimed, message.Credentials);
        }
    }

    [Theory]
    [InlineData(UnixSocketType.Stream)]
    [InlineData(UnixSocketType.SequencedPacket)]
    public void AbstractAddressIsAnyBytes(UnixSocketType type)
    {
        byte[] name = [.. "lxcnative/"u8, 0, 0xff, .. Guid.NewGuid().ToByteArray(), 0];
        Assert.Equal(Errno.ECONNREFUSED, Assert.Throws<SyscallException>(() => UnixSocket.ConnectAbstract(name, type)).Errno);
        using var listener = UnixSocket.ListenAbstract(name, type);
        Assert.Equal(Errno.EADDRINUSE, Assert.Throws<SyscallException>(() => UnixSocket.ListenAbstract(name, type)).Errno);
        using var client = UnixSocket.ConnectAbstract(name, type);
        using var server = UnixSocket.Accept(listener);
        UnixSocket.Send(client, "hello"u8);
        var buffer = new byte[16];
        using var message = UnixSocket.Receive(server, buffer);
        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, message.Length));
        // A name that is a prefix is another name: the length counts.
        Assert.Equal(Errno.ECONNREFUSED, Assert.Throws<SyscallException>(() => UnixSocket.ConnectAbstract(name.AsSpan(0, name.Length - 1), type)).Errno);
    }

    [Fact]
    public void AddressOf107BytesIsTheLongest()
    {
        byte[] name = [.. Guid.NewGuid().ToByteArray(), .. new byte[91]];
        UnixSocket.ListenAbstract(name).Dispose();
        Assert.Throws<ArgumentException>(() => UnixSocket.ListenAbstract([.. name, 1]));
    }

    [Fact]
    public async Task LongStreamIsSentWhole()
    {
        var (first, second) = UnixSocket.Pair(UnixSocketType.Stream);
        using (first)
        using (second)
        {
            var sent = new byte[3_000_000];
            Random.Shared.NextBytes(sent);
            var sender = Task.Run(() => UnixSocket.Send(first, sent, [first]), TestContext.Current.CancellationToken);
            var received = new byte[sent.Length];
            var length = 0;
            var descriptors = 0;
            while (length < received.Length)
            {
                using var message = UnixSocket.Receive(second, received.AsSpan(length), maximumDescriptors: 1);
                length += message.Length;
                descriptors += message.Descriptors.Count;
            }

            await sender;
            Assert.Equal(sent, received);
            Assert.Equal(1, descriptors);
        }
    }

    [Fact]
    public void ClosedEndIsAnErrorAndNoSignal()
    {
        var (first, second) = UnixSocket.Pair(UnixSocketType.SequencedPacket);
        using (first)
        {
            second.Dispose();
            Assert.Equal(Errno.EPIPE, Assert.Throws<SyscallException>(() => UnixSocket.Send(first, "x"u8)).Errno);
            using var message = UnixSocket.Receive(first, new byte[1]);
            Assert.Equal(0, message.Length);
        }
    }

    [Fact]
    public void EmptySocketIsEAGAINWithoutWaitAndAfterTheTimeout()
    {
        var (first, second) = UnixSocket.Pair(UnixSocketType.Stream);
        using (first)
        using (second)
        {
            Assert.False(DescriptorPoll.WaitReadable(first, TimeSpan.Zero));
            Assert.Equal(Errno.EAGAIN, Assert.Throws<SyscallException>(() => UnixSocket.Receive(first, new byte[1], wait: false)).Errno);
            UnixSocket.SetTimeout(first, TimeSpan.FromMilliseconds(20));
            Assert.Equal(Errno.EAGAIN, Assert.Throws<SyscallException>(() => UnixSocket.Receive(first, new byte[1])).Errno);
            UnixSocket.Send(second, "x"u8);
            Assert.True(DescriptorPoll.WaitReadable(first));
        }
    }

    [Fact]
    public void ClosedDescriptorIsNotSent()
    {
        var (first, second) = UnixSocket.Pair(UnixSocketType.Stream);
        using (first)
        using (second)
        {
            var file = FileOpen.Open("/dev/null", OpenFlags.ReadOnly);
            file.Dispose();
            Assert.Throws<ObjectDisposedException>(() => UnixSocket.Send(first, "x"u8, [first, file]));
        }
    }
}
