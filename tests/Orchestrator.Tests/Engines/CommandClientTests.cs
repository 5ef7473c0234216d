using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;
using LxcNative.Native.Sockets;
using LxcNative.Orchestrator.Engines.Lxc.Commands;
using LxcNative.Orchestrator.Engines.Lxc.Serving;
using LxcNative.Orchestrator.Monitoring;

namespace LxcNative.Orchestrator.Tests.Engines;

/// <summary>Who asks, where the request was there before the kernel was told to say who sent it: in the moment between the connection and that.</summary>
public sealed class CommandClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, -(int)Errno.EPERM)]
    public void ARequestThatWasThereAtOnceIsOfWhoConnected(bool mayAsk, int code)
    {
        using var init = SleepingChild.Start();
        using var handle = ProcessHandle.Open(init.Pid);
        using var loop = new MonitorLoop();
        loop.Watch(handle);
        var (ours, theirs) = UnixSocket.Pair(UnixSocketType.Stream);
        using (theirs)
        {
            UnixSocket.Send(theirs, CommandMessage.Request(LxcCommand.GetState).Header());
            UnixCredentials? asked = null;
            using var client = new CommandClient(ours, loop, peer => mayAsk && (asked = peer).Value.ProcessId == Environment.ProcessId,
                (who, _) => who.Answer(CommandMessage.Answer(7)), _ => { })
            {
                MayAsk = true,
            };
            var running = Task.Factory.StartNew(loop.Run, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

            var header = new byte[CommandMessage.HeaderSize];
            UnixSocket.SetTimeout(theirs, Patience);
            using var answer = UnixSocket.Receive(theirs, header);

            Assert.Equal(CommandMessage.HeaderSize, answer.Length);
            Assert.Equal(code, CommandMessage.ParseHeader(header, 0).Code);
            init.Dispose();
            Assert.True(((IAsyncResult)running).AsyncWaitHandle.WaitOne(Patience));
        }
    }
}
