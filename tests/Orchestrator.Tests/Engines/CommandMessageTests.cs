using System.Text;
using CsCheck;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Native.Sockets;
using LxcNative.Orchestrator.Engines.Lxc.Commands;

namespace LxcNative.Orchestrator.Tests.Engines;

public class CommandMessageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // strace -f -e sendmsg,sendto -xx lxc-info -n t -p; ... -c lxc.uts.name
    [Theory]
    [InlineData(4, "", "04000000" + "00000000" + "0000000000000000")]
    [InlineData(7, "lxc.uts.name", "07000000" + "0d000000" + "0000000000000000")]
    public void ARequestIsWhatLxcWrites(int command, string text, string header)
    {
        var message = text.Length == 0 ? CommandMessage.Request((LxcCommand)command) : CommandMessage.Request((LxcCommand)command, text);
        Assert.Equal(header, Convert.ToHexStringLower(message.Header()));
        Assert.Equal(text.Length == 0 ? "" : text + "\0", Encoding.UTF8.GetString(message.Data));
    }

    [Fact]
    public void AnAnswerIsWhatLxcWrites()
    {
        Assert.Equal("0000000000000000" + "6a1e000000000000", Convert.ToHexStringLower(CommandMessage.Answer(7786).Header()));
        Assert.Equal("dafffffF00000000".ToLowerInvariant() + "0000000000000000", Convert.ToHexStringLower(CommandMessage.Refusal(Errno.ENOSYS).Header()));
        Assert.Equal("/lxc.payload.t", CommandMessage.Answer("/lxc.payload.t").Text);
    }

    [Fact]
    public void WhatOneSideSendsTheOtherReceives() =>
        Gen.Select(Gen.Int, Gen.ULong, Gen.Byte.Array[0, 3000]).Sample((code, value, data) =>
        {
            using var place = new Place();
            var sent = new CommandMessage(code, value, data);
            place.Client.Send(sent);
            using (var request = place.Server.Receive(CommandMessage.LongestRequest)!)
            {
                Require(sent, request.Message);
                Assert.Equal(CurrentProcess.Id, request.Sender?.ProcessId);
            }

            place.Server.Send(sent);
            using var answer = place.Client.Receive(CommandMessage.LongestAnswer)!;
            Require(sent, answer.Message);
            Assert.Equal(CurrentProcess.Id, answer.Sender?.ProcessId);
        }, iter: 200, threads: 1);

    [Fact]
    public void DescriptorsComeAlong()
    {
        using var place = new Place();
        using var file = FileOpen.Open("/dev/zero", OpenFlags.ReadOnly);
        place.Server.Send(CommandMessage.Answer(1), file, file);
        using var answer = place.Client.Receive(CommandMessage.LongestAnswer, maximumDescriptors: 4)!;
        Assert.Equal(2, answer.Descriptors.Count);
        Assert.All(answer.Descriptors, one => Assert.Equal(FileStatus.Read(file).Inode, FileStatus.Read(one).Inode));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(CommandMessage.LongestRequest + 1)]
    [InlineData(int.MaxValue)]
    public void AnAnnouncedLengthIsNotBelieved(int length)
    {
        using var place = new Place();
        var header = new byte[16];
        BitConverter.TryWriteBytes(header.AsSpan(4), length);
        UnixSocket.Send(place.Client.Descriptor, header);
        Assert.Throws<MalformedCommandException>(() => place.Server.Receive(CommandMessage.LongestRequest));
    }

    [Fact]
    public void AnEndInTheMiddleIsNoMessage()
    {
        using var place = new Place();
        UnixSocket.Send(place.Client.Descriptor, [4, 0, 0, 0]);
        place.Client.Dispose();
        Assert.Null(place.Server.Receive(CommandMessage.LongestRequest));
    }

    [Fact]
    public void TheDeadlineIsOfTheWholeExchange()
    {
        using var place = new Place(TimeSpan.FromMilliseconds(300));
        UnixSocket.Send(place.Client.Descriptor, [4, 0, 0, 0]);
        Assert.Equal(Errno.EAGAIN, Assert.Throws<SyscallException>(() => place.Server.Receive(CommandMessage.LongestRequest)).Errno);
    }

    private static void Require(CommandMessage expected, CommandMessage found)
    {
        Assert.Equal((expected.Code, expected.Value), (found.Code, found.Value));
        Assert.Equal(expected.Data, found.Data);
    }

    /// <summary>Both ends of a connection.</summary>
    private sealed class Place : IDisposable
    {
        private readonly FileDescriptor _listener;

        public Place(TimeSpan? patience = null)
        {
            var address = $"lxcnative-test/{Guid.NewGuid():N}/command";
            _listener = UnixSocket.ListenAbstract(Encoding.UTF8.GetBytes(address));
            Client = CommandConnection.Connect(address, Deadline.After(Patience));
            Server = CommandConnection.Accept(_listener, patience ?? Patience);
        }

        public CommandConnection Client { get; }

        public CommandConnection Server { get; }

        public void Dispose()
        {
            Client.Dispose();
            Server.Dispose();
            _listener.Dispose();
        }
    }
}
