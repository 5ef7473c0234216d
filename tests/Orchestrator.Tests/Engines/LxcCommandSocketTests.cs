using System.Text;
using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Native.Sockets;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Engines.Lxc;
using LxcNative.Orchestrator.Engines.Lxc.Commands;
using LxcNative.Orchestrator.Errors;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Engines;

public sealed class LxcCommandSocketTests : IDisposable
{
    private const string Path = "/nowhere";
    private readonly string _name = $"monitored-{Guid.NewGuid():N}";
    private readonly SleepingChild _init = SleepingChild.Start();

    // A monitor of this process answers when it gets a processor.
    private static readonly TimeSpan Hurried = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Unhurried = TimeSpan.FromMinutes(1);

    [Fact]
    public void AMonitorThatDoesNotAnswerIsNotTakenForNone()
    {
        Assert.Null(LxcCommandSocket.InitPid(Path, _name));
        using var monitor = Listen();
        Requirement.Root();
        var refusal = Assert.Throws<RefusedException>(() => LxcCommandSocket.InitPid(Path, _name, Hurried));
        Assert.Contains("does not answer", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneThatAnswersAByteAtATimeHasNoMoreTimeThanAnyOther()
    {
        Requirement.Root();
        using var monitor = Listen();
        using var over = new CancellationTokenSource();
        var sent = 0;
        var dripping = Task.Run(() =>
        {
            using var connection = UnixSocket.Accept(monitor);
            // A byte each half a second: no single wait is a long one.
            while (!over.IsCancellationRequested)
            {
                UnixSocket.Send(connection, [0]);
                Interlocked.Increment(ref sent);
                Thread.Sleep(500);
            }
        }, TestContext.Current.CancellationToken);
        Assert.Throws<RefusedException>(() => LxcCommandSocket.InitPid(Path, _name, Hurried));
        // It has not waited for a whole answer, however long that takes on a busy machine.
        Assert.InRange(Volatile.Read(ref sent), 0, CommandMessage.Answer(0).Header().Length - 1);
        over.Cancel();
        // What it sends to a closed connection fails.
        Assert.NotNull(Record.Exception(() => dripping.Wait(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)) ?? new TimeoutException());
    }

    [Fact]
    public void OneThatTakesNoConnectionHasNoMoreTimeEither()
    {
        Requirement.Root();
        using var monitor = UnixSocket.ListenAbstract(Encoding.UTF8.GetBytes(CommandAddress.Of(Path, _name)), backlog: 0);
        using var first = UnixSocket.ConnectAbstract(Encoding.UTF8.GetBytes(CommandAddress.Of(Path, _name)));
        Assert.Throws<RefusedException>(() => LxcCommandSocket.InitPid(Path, _name, Hurried));
    }

    [Fact]
    public async Task CredentialsAreSentToAMonitorThatAsksForThemLate()
    {
        Requirement.Root();
        using var monitor = Listen();
        var us = new UnixCredentials(Environment.ProcessId, CurrentProcess.EffectiveUserId, CurrentProcess.EffectiveGroupId);
        // LXC's: accept(2), then SO_PASSCRED. To a request that comes in between the kernel adds nothing; not each of these does.
        for (var i = 0; i < 500; i++)
        {
            var asking = Task.Run(() => LxcCommandSocket.InitPid(Path, _name, Unhurried), TestContext.Current.CancellationToken);
            using var connection = UnixSocket.Accept(monitor);
            var request = new byte[16];
            Assert.True(DescriptorPoll.WaitReadable(connection, TimeSpan.FromSeconds(10)));
            UnixSocket.PassCredentials(connection);
            using var message = UnixSocket.Receive(connection, request);
            Assert.Equal(us, message.Credentials);
            Assert.Equal(4, request[0]);
            UnixSocket.Send(connection, CommandMessage.Answer((ulong)_init.Pid).Header());
            Assert.Equal(_init.Pid, await asking);
        }
    }

    [Fact]
    public async Task InitIsTheChildOfWhoSaysSo()
    {
        Requirement.Root();
        using var monitor = Listen();
        Assert.Equal(_init.Pid, await Answered(monitor, _init.Pid));
        // Another's: of the process that started this one, and of nobody.
        Assert.Null(await Answered(monitor, Environment.ProcessId));
        Assert.Null(await Answered(monitor, 1));
        Assert.Null(await Answered(monitor, int.MaxValue));
        Assert.Null(await Answered(monitor, -1));
    }

    [Fact]
    public void AUserWhoListensInThePlaceOfAMonitorIsNotBelieved()
    {
        Requirement.Root();
        // The container that the attacker wants to be taken is somebody's child, of a process of theirs even.
        using var impostor = Impostor.Start(CommandAddress.Of(Path, _name), user: 65534);
        Assert.Null(LxcCommandSocket.InitPid(Path, _name));
        Assert.Null(LxcCommandSocket.State(Path, _name));
        Assert.Null(LxcCommandSocket.ConfigItem(Path, _name, "lxc.uts.name"));
        Assert.Equal(65534u, LxcCommandSocket.Stranger(Path, _name)?.UserId);
        var refusal = Assert.Throws<ContainerNotFoundException>(() => RunningContainers.InitOf(_name, Path));
        Assert.Contains("user 65534", refusal.Message, StringComparison.Ordinal);
        Assert.Null(RunningContainers.ByInit(impostor.Child, impostor.Pid));
    }

    [Fact]
    public void TheSameProcessAsRootIsBelieved()
    {
        Requirement.Root();
        using var monitor = Impostor.Start(CommandAddress.Of(Path, _name), user: 0);
        Assert.Equal(monitor.Child, LxcCommandSocket.InitPid(Path, _name));
        Assert.Equal((Path, _name), RunningContainers.ByInit(monitor.Child, monitor.Pid));
        // The question is put to the parent alone.
        Assert.Null(RunningContainers.ByInit(monitor.Child, Environment.ProcessId));
        Assert.Null(LxcCommandSocket.Stranger(Path, _name));
    }

    [Fact]
    public void CommandSocketsAreFoundInTheSocketTable()
    {
        const string Table = """
            Num       RefCount Protocol Flags    Type St Inode Path
            0000000000000000: 00000002 00000000 00010000 0001 01 1234 @/var/lib/lxc/one/command
            0000000000000000: 00000002 00000000 00010000 0001 01 1236 @/srv/ct/two words/command
            0000000000000000: 00000002 00000000 00010000 0001 01 1239 @lxc/0123456789abcdef/command
            0000000000000000: 00000002 00000000 00010000 0001 01 1237 /run/some/command
            0000000000000000: 00000002 00000000 00010000 0001 01 1240 @/command
            0000000000000000: 00000002 00000000 00010000 0001 01 x @/a/b/command
            0000000000000000: 00000002 00000000 00010000 0001 01 1238
            """;

        Assert.Equal([("/var/lib/lxc/one/command", 1234UL), ("/srv/ct/two words/command", 1236), ("lxc/0123456789abcdef/command", 1239)],
            RunningContainers.ParseSockets(Table));
    }

    [Theory]
    [InlineData("", "/var/lib/lxc")]
    [InlineData("# comment\nlxc.lxcpath = /srv/lxc/\n", "/srv/lxc")]
    [InlineData("lxc.lxcpath=/a b\nlxc.default_config=/x", "/a b")]
    public void TheLxcPathComesFromTheGlobalConfiguration(string text, string path) => Assert.Equal(path, LxcPath.Parse(text));

    public void Dispose() => _init.Dispose();

    private FileDescriptor Listen() => UnixSocket.ListenAbstract(Encoding.UTF8.GetBytes(CommandAddress.Of(Path, _name)));

    private async Task<int?> Answered(FileDescriptor monitor, int pid)
    {
        var asking = Task.Run(() => LxcCommandSocket.InitPid(Path, _name, Unhurried), TestContext.Current.CancellationToken);
        using var connection = CommandConnection.Accept(monitor, TimeSpan.FromSeconds(10));
        using var request = connection.Receive(CommandMessage.LongestRequest);
        Assert.Equal((int)LxcCommand.GetInitPid, request!.Message.Code);
        connection.Send(CommandMessage.Answer(unchecked((ulong)pid)));
        return await asking;
    }
}
