using System.Runtime.InteropServices;
using LxcNative.Native.Errors;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Testing;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Tests.Sockets;

/// <summary>What a real kernel does seldom or never.</summary>
public class FakeKernelTests
{
    private const ushort Type = 16, Number = 1;

    [Fact]
    public void DumpIsReadToItsEndOverManyDatagrams()
    {
        var numbers = Dump(new FakeKernel(request =>
        [
            FakeReply.Join(Part(request, 1), Part(request, 2)),
            Part(request, 3),
            FakeReply.Join(Part(request, 4), FakeReply.Done(request)),
        ]));
        Assert.Equal([1, 2, 3, 4], numbers);
    }

    [Fact]
    public void DatagramBeyondTheBufferIsReadWhole()
    {
        using NetlinkSocket socket = new(new FakeKernel(request => [FakeReply.Of(request, Type, new byte[300_000]), FakeReply.Done(request)]));
        Assert.Equal([300_000], socket.Dump(Request(), message => (object)message.Payload.Length));
    }

    [Fact]
    public void InterruptedDumpIsMadeAgainFromTheBeginning()
    {
        var attempt = 0;
        FakeKernel kernel = new(request => attempt++ < 2
            ? [Part(request, 1, MessageFlags.DumpInterrupted), Part(request, 2), FakeReply.Done(request)]
            : [Part(request, 7), FakeReply.Done(request)]);
        Assert.Equal([7], Dump(kernel));
        Assert.Equal(3, kernel.Requests.Count);
    }

    [Fact]
    public void DumpInterruptedAtItsEndIsMadeAgain()
    {
        var attempt = 0;
        Assert.Equal([1], Dump(new FakeKernel(request =>
            [Part(request, attempt), FakeReply.Done(request, flags: attempt++ == 0 ? MessageFlags.DumpInterrupted : MessageFlags.None)])));
    }

    [Fact]
    public void DumpThatIsAlwaysInterruptedIsGivenUp()
    {
        FakeKernel kernel = new(request => [Part(request, 1, MessageFlags.DumpInterrupted), FakeReply.Done(request)]);
        var exception = Assert.Throws<NetlinkDumpInterruptedException>(() => Dump(kernel));
        Assert.Equal(4, exception.Attempts);
        Assert.Equal(4, kernel.Requests.Count);
    }

    [Fact]
    public void ErrnoAtTheEndOfADumpIsARefusal() => Assert.Equal(
        Errno.EMSGSIZE,
        Assert.Throws<NetlinkException>(() => Dump(new FakeKernel(request => [Part(request, 1), FakeReply.Done(request, Errno.EMSGSIZE)]))).Errno);

    [Fact]
    public void ErrorInsteadOfADumpIsARefusal() => Assert.Equal(
        Errno.EPERM, Assert.Throws<NetlinkException>(() => Dump(new FakeKernel(request => [FakeReply.Error(request, Errno.EPERM)]))).Errno);

    [Fact]
    public void AnswerToNobodyIsAProtocolError()
    {
        FakeKernel kernel = new(request => [Patched(Part(request, 1), at: 8, 0xdeadbeef), FakeReply.Done(request)]);
        Assert.Contains("answers no request", Assert.Throws<NetlinkProtocolException>(() => Dump(kernel)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnswerForAnotherPortIsAProtocolError()
    {
        FakeKernel kernel = new(request => [Patched(Part(request, 1), at: 12, 4712), FakeReply.Done(request)]);
        Assert.Contains("port id 4712 is not ours", Assert.Throws<NetlinkProtocolException>(() => Dump(kernel)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DatagramOfAnotherProcessIsPassedOver()
    {
        FakeKernel kernel = new(request => [FakeReply.Acknowledgement(request)]) { SenderPortId = 99 };
        using NetlinkSocket socket = new(kernel, new NetlinkSocketOptions { ReplyTimeout = TimeSpan.FromMilliseconds(1) });
        Assert.Throws<TimeoutException>(() => socket.Execute(Request()));
    }

    [Fact]
    public void LeftoversOfAnAbandonedRequestArePassedOver()
    {
        var requests = 0;
        FakeKernel kernel = new(request => requests++ == 0
            ? [FakeReply.Error(request, Errno.EBUSY), Part(request, 66), FakeReply.Done(request)]
            : [Part(request, 7), FakeReply.Done(request)]);
        using NetlinkSocket socket = new(kernel);
        Assert.Throws<NetlinkException>(() => socket.Dump(Request(), Parse));
        Assert.Equal([7], socket.Dump(Request(), Parse));
    }

    [Fact]
    public void DumpIsDrainedWhenTheParserThrows()
    {
        FakeKernel kernel = new(request => [Part(request, 1), Part(request, 2), FakeReply.Done(request)]);
        using NetlinkSocket socket = new(kernel);
        var seen = 0;
        Assert.Throws<NetlinkProtocolException>(() => socket.Dump<object>(Request(), _ =>
        {
            seen++;
            throw new NetlinkProtocolException("bad");
        }));
        Assert.Equal(1, seen);
        Assert.False(kernel.TryReceive([], true, TimeSpan.Zero, out _));
        Assert.Equal([1, 2], socket.Dump(Request(), Parse));
    }

    [Fact]
    public void ReceiveBufferIsNotReusedWhileAMessageIsLookedAt()
    {
        FakeKernel kernel = new(request => [Part(request, 1), FakeReply.Done(request)]);
        using NetlinkSocket socket = new(kernel);
        Assert.Throws<InvalidOperationException>(() => socket.Dump<object>(Request(), _ =>
        {
            socket.Dump(Request(), Parse);
            return null;
        }));
        Assert.Equal([1], socket.Dump(Request(), Parse));
    }

    /// <summary>An exception filter runs before the blocks that the exception leaves are closed.</summary>
    [Fact]
    public void AnExceptionFilterMayAskOnTheSocketThatRefused()
    {
        var requests = 0;
        FakeKernel kernel = new(request => requests++ % 2 == 0
            ? [FakeReply.Error(request, Errno.EEXIST)]
            : [Part(request, 7), FakeReply.Done(request)]);
        using NetlinkSocket socket = new(kernel);
        List<Action> refused = [() => socket.Execute(Request()), () => socket.Dump(Request(), Parse), () => socket.ExecuteBatch(AcknowledgedRequest())];
        foreach (var ask in refused)
        {
            var isSeen = false;
            try
            {
                ask();
            }
            catch (NetlinkException e) when (e.Errno == Errno.EEXIST && socket.Dump(Request(), Parse) is [7])
            {
                isSeen = true;
            }

            Assert.True(isSeen);
        }
    }

    [Fact]
    public void LostMessagesAreASystemCallError()
    {
        FakeKernel kernel = new(request => []);
        using NetlinkSocket socket = new(kernel);
        kernel.QueueFailure(Errno.ENOBUFS);
        Assert.Equal(Errno.ENOBUFS, Assert.Throws<SyscallException>(() => socket.TryReceive(_ => { }, TimeSpan.Zero)).Errno);
        kernel.QueueFailure(Errno.ENOBUFS);
        Assert.Equal(Errno.ENOBUFS, Assert.Throws<SyscallException>(() => socket.Dump(Request(), Parse)).Errno);
    }

    [Fact]
    public void OverrunIsAProtocolError() =>
        Assert.Throws<NetlinkProtocolException>(() => Dump(new FakeKernel(request => [FakeReply.Of(request, 4, new byte[4])])));

    [Fact]
    public void NoopIsPassedOver() =>
        Assert.Equal([1], Dump(new FakeKernel(request => [FakeReply.Of(request, 1, []), Part(request, 1), FakeReply.Done(request)])));

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(19)]
    public void ShortErrorIsAProtocolError(int length) => Assert.Throws<NetlinkProtocolException>(() => Dump(new FakeKernel(request =>
        [FakeReply.Of(request, 2, new byte[length])])));

    [Fact]
    public void MalformedExplanationDoesNotMaskTheErrno()
    {
        FakeKernel kernel = new(request =>
        {
            var reply = FakeReply.Error(request, Errno.EINVAL, "text", offset: 20);
            reply[36] = 200; // The length of the first explaining attribute.
            return [reply];
        });
        using NetlinkSocket socket = new(kernel);
        var refusal = Assert.Throws<NetlinkException>(() => socket.Execute(Request()));
        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.Null(refusal.Text);
    }

    [Fact]
    public void GetWithoutAnAnswerIsAProtocolError()
    {
        using NetlinkSocket socket = new(new FakeKernel(request => [FakeReply.Acknowledgement(request)]));
        Assert.Throws<NetlinkProtocolException>(() => socket.Get(Request(), Parse));
    }

    [Fact]
    public void BatchReportsEveryRefusalWithItsMessage()
    {
        FakeKernel kernel = new(request => request.Header.Flags.HasFlag(MessageFlags.Acknowledge)
            ? [request.Header.Type == 18
            ? FakeReply.Error(request, Errno.EEXIST)
            : request.Header.Type == 19 ? FakeReply.Error(request, Errno.ENOENT) : FakeReply.Acknowledgement(request)]
            : []);
        using NetlinkSocket socket = new(kernel);
        MessageBuffer batch = new();
        foreach (var type in new ushort[] { 16, 17, 18, 19, 20 })
        {
            using (batch.Begin(type, type is 16 or 20 ? MessageFlags.None : MessageFlags.Acknowledge))
                batch.WriteFixedHeader(0);
        }

        var refusal = Assert.Throws<NetlinkException>(() => socket.ExecuteBatch(batch));
        Assert.Equal((18, Errno.EEXIST), (refusal.MessageType, refusal.Errno));
        Assert.Equal((19, Errno.ENOENT), (Assert.Single(refusal.Others).MessageType, refusal.Others[0].Errno));
        Assert.Equal(5, kernel.Requests.Count);
    }

    [Fact]
    public void UnfinishedMessageIsNotSent()
    {
        FakeKernel kernel = new(_ => []);
        using NetlinkSocket socket = new(kernel);
        MessageBuffer request = new();
        _ = request.Begin(Type, MessageFlags.None);
        Assert.Throws<InvalidOperationException>(() => socket.Execute(request));
        Assert.Empty(kernel.Requests);
    }

    [Fact]
    public void MessagesArePrintedInTheLayoutOfLibmnl()
    {
        using StringWriter trace = new();
        using NetlinkSocket socket = new(
            new FakeKernel(request => []),
            new NetlinkSocketOptions { Trace = trace, ReplyTimeout = TimeSpan.Zero, Schema = new FamilySchema("test", _ => new MessageSchema("TEST", 4)) });
        MessageBuffer request = new();
        using (request.Begin(Type, MessageFlags.None))
        {
            request.WriteFixedHeader(0x04030201);
            using (request.Attributes.Nest((ushort)2))
                request.Attributes.Write((ushort)3, "eth0");
        }

        Assert.Throws<TimeoutException>(() => socket.Execute(request));
        var lines = trace.ToString().Split(Environment.NewLine);
        Assert.Equal("|  0000000036  |\t| message length |", lines[1]);
        Assert.Equal("| 00016 | R-A- |\t|  type | flags  |", lines[2]);
        Assert.Equal("|  0000004711  |\t|     port ID    |", lines[4]);
        Assert.Equal(
            [
                "| 01 02 03 04  |\t|  extra header  |",
                "|00016|N-|00002|\t|len |flags| type|",
                "|00009|--|00003|\t|len |flags| type|",
                "| 65 74 68 30  |\t|      data      |\t e t h 0",
                "| 00 00 00 00  |\t|      data      |\t        ",
                "----------------\t------------------",
            ],
            lines[6..12]);
    }

    private static List<int> Dump(FakeKernel kernel)
    {
        using NetlinkSocket socket = new(kernel, new NetlinkSocketOptions { DumpRetries = 3 });
        return [.. socket.Dump(Request(), Parse).Cast<int>()];
    }

    private static object? Parse(Message message) => message.Attributes(4).TryFind(Number, out var number) ? number.AsInt32() : null;

    private static MessageBuffer AcknowledgedRequest()
    {
        MessageBuffer batch = new();
        using (batch.Begin(Type, MessageFlags.Acknowledge))
            batch.WriteFixedHeader(0);
        return batch;
    }

    private static MessageBuffer Request()
    {
        MessageBuffer request = new();
        using (request.Begin(Type, MessageFlags.None))
            request.WriteFixedHeader(0);
        return request;
    }

    private static byte[] Part(FakeRequest request, int number, MessageFlags flags = MessageFlags.None)
    {
        MessageBuffer payload = new();
        payload.WriteFixedHeader(0);
        payload.Attributes.Write(Number, number);
        return FakeReply.Of(request, Type, payload.Written, MessageFlags.Multipart | flags);
    }

    private static byte[] Patched(byte[] message, int at, uint value)
    {
        MemoryMarshal.Write(message.AsSpan(at), in value);
        return message;
    }
}
