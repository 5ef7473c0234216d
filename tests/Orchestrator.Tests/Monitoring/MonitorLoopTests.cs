using System.Runtime.InteropServices;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Native.Sockets;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Orchestrator.Tests.Engines;

namespace LxcNative.Orchestrator.Tests.Monitoring;

public class MonitorLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void ItEndsWhenInitHas()
    {
        using var init = SleepingChild.Run("/bin/sh", "sh", "-c", "exit 3");
        using var handle = ProcessHandle.Open(init.Pid);
        using var loop = new MonitorLoop();
        loop.Watch(handle);
        Run(loop);
        // It was not reaped.
        Assert.Equal(3, init.Wait().ExitStatus);
    }

    [Fact]
    public void WhoConnectsIsHandledOneAfterTheOther()
    {
        using var init = SleepingChild.Start();
        using var handle = ProcessHandle.Open(init.Pid);
        var address = System.Text.Encoding.UTF8.GetBytes($"lxcnative-test/{Guid.NewGuid():N}");
        using var listener = UnixSocket.ListenAbstract(address);
        using var loop = new MonitorLoop();
        loop.Watch(handle);
        var heard = new List<byte>();
        var threads = new HashSet<int>();
        using var first = UnixSocket.ConnectAbstract(address);
        using var second = UnixSocket.ConnectAbstract(address);
        loop.Listen(listener, connection =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            IDisposable? watch = null;
            watch = loop.Add(connection, () =>
            {
                threads.Add(Environment.CurrentManagedThreadId);
                var one = new byte[1];
                using (var message = UnixSocket.Receive(connection, one))
                    if (message.Length == 1)
                        heard.Add(one[0]);
                watch!.Dispose();
                connection.Dispose();
                if (heard.Count == 2)
                    UnixSocket.Send(first, [1]);
                if (heard.Count == 3)
                    handle.SendSignal(Signal.Kill);
            });
        });
        // The first says nothing until both others were heard, and holds nobody up.
        UnixSocket.Send(second, [2]);
        using var third = UnixSocket.ConnectAbstract(address);
        UnixSocket.Send(third, [3]);
        Run(loop);
        Assert.Equal([2, 3, 1], heard);
        Assert.Single(threads);
    }

    [Fact]
    public void AHandlerThatFailsEndsNothing()
    {
        using var init = SleepingChild.Start();
        using var handle = ProcessHandle.Open(init.Pid);
        var (mine, theirs) = UnixSocket.Pair(UnixSocketType.Stream);
        using (mine)
        using (theirs)
        {
            UnixSocket.Send(theirs, [1]);
            var failures = new List<Exception>();
            using var loop = new MonitorLoop(failures.Add);
            loop.Watch(handle);
            loop.Add(mine, () =>
            {
                if (failures.Count == 2)
                    handle.SendSignal(Signal.Kill);
                throw new IOException("no");
            });
            Run(loop);
            Assert.InRange(failures.Count, 2, 1000);
        }
    }

    [Fact]
    public void WhatIsDueLaterIsDoneOnceAndInOrderAndNotWhenItWasTakenBack()
    {
        using var init = SleepingChild.Start();
        using var handle = ProcessHandle.Open(init.Pid);
        using var loop = new MonitorLoop();
        loop.Watch(handle);
        var done = new List<int>();
        loop.After(TimeSpan.FromMilliseconds(60), () => done.Add(2));
        loop.After(TimeSpan.Zero, () => done.Add(1));
        var never = loop.After(TimeSpan.FromMilliseconds(10), () => done.Add(0));
        never.Dispose();
        loop.After(TimeSpan.FromMilliseconds(150), () => loop.After(TimeSpan.FromMilliseconds(10), () =>
        {
            done.Add(3);
            handle.SendSignal(Signal.Kill);
        }));
        Run(loop);
        Assert.Equal([1, 2, 3], done);
    }

    [Fact]
    public void ASignalIsHandledOnTheLoopsThreadAlsoWhenItCameBefore()
    {
        using var init = SleepingChild.Start();
        using var handle = ProcessHandle.Open(init.Pid);
        using var loop = new MonitorLoop();
        using var self = ProcessHandle.Open(Environment.ProcessId);
        var thread = 0;
        // What runs under nohup was told to ignore it, and so does the runtime.
        if ((Convert.ToUInt64(File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[7..].Trim(),
            16) & 1) != 0)
            Assert.Skip("this process was started with SIGHUP ignored");
        loop.OnSignal(PosixSignal.SIGHUP, () =>
        {
            thread = Environment.CurrentManagedThreadId;
            handle.SendSignal(Signal.Kill);
        });
        self.SendSignal(Signal.Hangup);
        loop.Watch(handle);
        var ran = Run(loop);
        Assert.Equal(ran, thread);
    }

    // A loop that does not end fails its test instead of holding all of them up.
    private static int Run(MonitorLoop loop)
    {
        var running = Task.Factory.StartNew(() =>
        {
            loop.Run();
            return Environment.CurrentManagedThreadId;
        }, TaskCreationOptions.LongRunning);
        Assert.True(running.Wait(Patience, TestContext.Current.CancellationToken), "the loop did not end");
        return running.Result;
    }
}
