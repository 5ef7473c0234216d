using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Native.Sockets;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Tests.Containers;

public class LxcCommandSocketTests
{
    [Fact]
    public void TheAddressIsPathNameAndCommand() => Assert.Equal("/var/lib/lxc/test-lxc/command", LxcCommandSocket.Address("/var/lib/lxc", "test-lxc"));

    // python3 -c 'h=0xcbf29ce484222325
    // for b in ("/var/lib/lxc/"+"n"*95).encode(): h=((h^b)*0x100000001b3)%2**64
    // print("%016x"%h)'
    [Fact]
    public void ALongAddressIsHashed() =>
        Assert.Equal("lxc/HASH/command".Replace("HASH", Fnv("/var/lib/lxc/" + new string('n', 95)), StringComparison.Ordinal), LxcCommandSocket.Address("/var/lib/lxc", new string('n', 95)));

    [Fact]
    public void AMonitorThatDoesNotAnswerIsNotTakenForNone()
    {
        var name = $"silent-{Environment.ProcessId}";
        Assert.Null(LxcCommandSocket.InitPid("/nowhere", name));
        using var monitor = Listen(name);
        Assert.Contains("does not answer", Assert.Throws<ContainerException>(() => LxcCommandSocket.InitPid("/nowhere", name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CredentialsAreSentToAMonitorThatAsksForThemLate()
    {
        var name = $"late-{Environment.ProcessId}";
        using var monitor = Listen(name);
        var us = new UnixCredentials(Environment.ProcessId, CurrentProcess.EffectiveUserId, CurrentProcess.EffectiveGroupId);
        // LXC's: accept(2), then SO_PASSCRED. To a request that comes in between the kernel adds nothing; not each of these does.
        for (var i = 0; i < 500; i++)
        {
            var asking = Task.Run(() => LxcCommandSocket.InitPid("/nowhere", name), TestContext.Current.CancellationToken);
            using var connection = UnixSocket.Accept(monitor);
            var request = new byte[16];
            Assert.True(DescriptorPoll.WaitReadable(connection, TimeSpan.FromSeconds(10)));
            UnixSocket.PassCredentials(connection);
            using var message = UnixSocket.Receive(connection, request);
            Assert.Equal(us, message.Credentials);
            Assert.Equal(4, request[0]);
            UnixSocket.Send(connection, [0, 0, 0, 0, 0, 0, 0, 0, 57, 48, 0, 0, 0, 0, 0, 0]);
            Assert.Equal(12345, await asking);
        }
    }

    [Fact]
    public void CommandSocketsAreFoundInTheSocketTable()
    {
        const string Table = """
            Num       RefCount Protocol Flags    Type St Inode Path
            0000000000000000: 00000002 00000000 00010000 0001 01 1234 @/var/lib/lxc/one/command
            0000000000000000: 00000003 00000000 00000000 0001 03 1235 @/var/lib/lxc/one/command
            0000000000000000: 00000002 00000000 00010000 0001 01 1236 @/srv/ct/two words/command
            0000000000000000: 00000002 00000000 00010000 0001 01 1237 /run/some/command
            0000000000000000: 00000002 00000000 00010000 0001 01 1238
            """;

        Assert.Equal([("/var/lib/lxc", "one"), ("/srv/ct", "two words")], RunningContainers.ParseSockets(Table));
    }

    [Theory]
    [InlineData("", "/var/lib/lxc")]
    [InlineData("# comment\nlxc.lxcpath = /srv/lxc/\n", "/srv/lxc")]
    [InlineData("lxc.lxcpath=/a b\nlxc.default_config=/x", "/a b")]
    public void TheLxcPathComesFromTheGlobalConfiguration(string text, string path) => Assert.Equal(path, LxcPath.Parse(text));

    private static FileDescriptor Listen(string name) => UnixSocket.ListenAbstract(System.Text.Encoding.UTF8.GetBytes(LxcCommandSocket.Address("/nowhere", name)));

    private static string Fnv(string text)
    {
        System.Numerics.BigInteger hash = 0xcbf29ce484222325;
        foreach (var octet in System.Text.Encoding.ASCII.GetBytes(text))
            hash = ((hash & ~0xFF) | ((hash & 0xFF) ^ octet)) * 0x100000001b3 % System.Numerics.BigInteger.Pow(2, 64);
        return ((ulong)hash).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }
}
