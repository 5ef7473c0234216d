using System.Buffers.Binary;
using System.Text;
using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Native.Sockets;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Engines.Lxc;
using LxcNative.Orchestrator.Engines.Lxc.Commands;
using LxcNative.Orchestrator.Engines.Lxc.Serving;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Engines;

/// <summary>The server of the command socket with a sleeping child for an init, asked by this project's own client.</summary>
public sealed class CommandServerTests : IDisposable
{
    private const string Path = "/nowhere";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly string _name = $"served-{Guid.NewGuid():N}";
    private readonly SleepingChild _init = SleepingChild.Start();
    private readonly ProcessHandle _handle;
    private readonly MonitorLoop _loop = new();
    private readonly List<FileDescriptor> _taken = [];
    private readonly (FileDescriptor Ours, FileDescriptor Theirs) _terminal = UnixSocket.Pair(UnixSocketType.Stream);
    private readonly CommandServer _server;
    private readonly Task _running;

    public CommandServerTests()
    {
        Requirement.Root();
        _handle = ProcessHandle.Open(_init.Pid);
        var items = new Dictionary<string, string> { ["lxc.uts.name"] = "served", ["lxc.cap.drop"] = "one\ntwo\n", ["lxc.signal.stop"] = "15" };
        var container = new ServedContainer(
            _name, Path, _handle, (int)NamespaceKind.Net,
            new ServedCgroups([new ContainerCgroup(["pids"], "/one/inner", "/tmp")], CgroupLayout.Legacy, "inner"), new RunningConfiguration(items),
            new ServedTerminals(new Dictionary<int, FileDescriptor> { [0] = _terminal.Ours, [1] = _terminal.Ours }, _taken.Add,
                master => _taken.Remove(master)));
        _server = new CommandServer(CommandSocket.TryBind(Path, _name, TimeSpan.Zero)!, container, _loop);
        _loop.Watch(_handle);
        _running = Task.Factory.StartNew(_loop.Run, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    [Fact]
    public void OurOwnClientBelievesIt()
    {
        Assert.Equal(_init.Pid, LxcCommandSocket.InitPid(Path, _name));
        Assert.Equal(LxcState.Running, LxcCommandSocket.State(Path, _name));
        Assert.Equal("served", LxcCommandSocket.ConfigItem(Path, _name, "lxc.uts.name"));
        Assert.Equal("one\ntwo\n", LxcCommandSocket.WholeConfigItem(Path, _name, "lxc.cap.drop"));
        Assert.Null(LxcCommandSocket.ConfigItem(Path, _name, "lxc.nothing"));
        Assert.Equal("/one", LxcCommandSocket.LimitCgroup(Path, _name, "pids"));
        Assert.Null(LxcCommandSocket.LimitCgroup(Path, _name, "memory"));
        Assert.Equal((Path, _name), RunningContainers.ByInit(_init.Pid, Environment.ProcessId));
        // As long as it is there nobody else can be.
        Assert.Null(CommandSocket.TryBind(Path, _name, TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public void ATerminalIsOnesAloneAsLongAsItsConnectionIsThere()
    {
        var first = Send(CommandMessage.Request(LxcCommand.GetTerminal, 1));
        using (var answer = first.Receive(0, 1))
            Assert.Equal((0, 1UL, 1), (answer!.Message.Code, answer.Message.Value, answer.Descriptors.Count));
        Assert.Single(_taken);
        foreach (var number in (ulong[])[1, ulong.MaxValue, 2])
            Assert.Equal(-(int)Errno.EBADF, Ask(CommandMessage.Request(LxcCommand.GetTerminal, number)).Code);
        using (var console = Send(CommandMessage.Request(LxcCommand.GetTerminal)))
        using (var answer = console.Receive(0, 1))
            Assert.Equal(0, answer!.Message.Code);

        first.Dispose();

        Assert.True(SpinWait.SpinUntil(() => Ask(CommandMessage.Request(LxcCommand.GetTerminal, ulong.MaxValue)) is { Code: 0, Value: 1 }, Patience));
    }

    [Fact]
    public void WhoWaitsForAStateIsTold()
    {
        using var waiting = Send(new CommandMessage((int)LxcCommand.AddStateClient, 0, States((LxcState.Frozen, 1))));
        Assert.Equal((8, 8UL), Numbers(waiting));
        using (var already = Send(new CommandMessage((int)LxcCommand.AddStateClient, 0, States((LxcState.Running, 1)))))
            Assert.Equal((2, 2UL), Numbers(already));
        using var later = Send(new CommandMessage((int)LxcCommand.AddStateClient, 0, States((LxcState.Running, 2))));
        Assert.Equal((8, 8UL), Numbers(later));

        Assert.Equal(0, Ask(CommandMessage.Request(LxcCommand.ServeStateClients, (ulong)LxcState.Frozen)).Code);

        Assert.Equal((_name, LxcState.Frozen), Told(waiting));
        Assert.Equal(LxcState.Frozen, LxcCommandSocket.State(Path, _name));
        Assert.Equal(0, Ask(CommandMessage.Request(LxcCommand.ServeStateClients, (ulong)LxcState.Thawed)).Code);
        Assert.Equal(LxcState.Running, LxcCommandSocket.State(Path, _name));
        Assert.Equal(-(int)Errno.EINVAL, Ask(CommandMessage.Request(LxcCommand.ServeStateClients, 8)).Code);
        Assert.Equal(-(int)Errno.EINVAL, Ask(CommandMessage.Request(LxcCommand.ServeStateClients, ulong.MaxValue)).Code);
    }

    [Fact]
    public async Task AStopIsAnsweredByTheEndOfTheConnection()
    {
        using var later = Send(new CommandMessage((int)LxcCommand.AddStateClient, 0, States((LxcState.Running, 2))));
        Assert.Equal((8, 8UL), Numbers(later));
        using var stopping = Send(CommandMessage.Request(LxcCommand.Stop));
        await _running.WaitAsync(Patience, TestContext.Current.CancellationToken);
        // Its own signal, not a kill.
        Assert.Equal(Signal.Terminate, _init.Wait().Signal);

        _server.Stopping();
        _server.Stopped(keepReboot: true);

        Assert.Null(stopping.Receive(0));
        Assert.Null(LxcCommandSocket.State(Path, _name));
        // Whoever waits for it to run again is told when it does.
        _server.RunsAgain();
        Assert.Equal((_name, LxcState.Running), Told(later));
    }

    [Fact]
    public void CgroupsAreOpenedForWhoAsks()
    {
        using var all = Send(new CommandMessage((int)LxcCommand.GetCgroupContext, 0, new byte[96]));
        using var answer = all.Receive(96, 20);
        Assert.Equal((0, 96, 1), (answer!.Message.Code, answer.Message.Data.Length, answer.Descriptors.Count));
        Assert.Equal(1, BinaryPrimitives.ReadInt32LittleEndian(answer.Message.Data.AsSpan(8)));
        // A longer structure of a newer client is fine as long as nothing is asked in it.
        Assert.Equal(0, Ask(new CommandMessage((int)LxcCommand.GetCgroupContext, 0, new byte[200])).Code);
        Assert.Equal(-(int)Errno.EINVAL, Ask(new CommandMessage((int)LxcCommand.GetCgroupContext, 0, [.. new byte[199], 1])).Code);
        Assert.Equal(-(int)Errno.EINVAL, Ask(new CommandMessage((int)LxcCommand.GetCgroup, 0, "pids"u8.ToArray())).Code);
        Assert.Equal(-(int)Errno.EINVAL, Ask(new CommandMessage((int)LxcCommand.GetCgroup, 0, "pi\0ds\0"u8.ToArray())).Code);
        Assert.Equal("/one/inner", Ask(CommandMessage.Request(LxcCommand.GetCgroup, "pids")).Text);
    }

    public void Dispose()
    {
        _init.Dispose();
        ((IAsyncResult)_running).AsyncWaitHandle.WaitOne(Patience);
        _server.Dispose();
        _loop.Dispose();
        _handle.Dispose();
        _terminal.Ours.Dispose();
        _terminal.Theirs.Dispose();
    }

    private CommandConnection Send(CommandMessage request)
    {
        var connection = CommandConnection.Connect(CommandAddress.Of(Path, _name), Deadline.After(Patience));
        connection.Send(request);
        return connection;
    }

    private CommandMessage Ask(CommandMessage request)
    {
        using var connection = Send(request);
        using var answer = connection.Receive(CommandMessage.LongestAnswer, 20);
        return answer!.Message;
    }

    private static (int Code, ulong Value) Numbers(CommandConnection connection)
    {
        using var answer = connection.Receive(0);
        return (answer!.Message.Code, answer.Message.Value);
    }

    private static (string Name, LxcState State) Told(CommandConnection connection)
    {
        var bytes = new byte[264];
        for (var filled = 0; filled < bytes.Length;)
        {
            Assert.True(DescriptorPoll.WaitReadable(connection.Descriptor, Patience));
            using var message = UnixSocket.Receive(connection.Descriptor, bytes.AsSpan(filled));
            Assert.NotEqual(0, message.Length);
            filled += message.Length;
        }

        return (Encoding.UTF8.GetString(bytes.AsSpan(4, 256)).TrimEnd('\0'), (LxcState)BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(260)));
    }

    private static byte[] States(params (LxcState State, int How)[] wanted)
    {
        var states = new byte[32];
        foreach (var (state, how) in wanted)
            BinaryPrimitives.WriteInt32LittleEndian(states.AsSpan((int)state * sizeof(int)), how);
        return states;
    }
}
