using System.Net.Sockets;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Checkpoints;

public class OtherNetworksTests
{
    private readonly ulong _home = NamespaceId.ReadSelf(NamespaceKind.Net).Inode;

    [Theory]
    [InlineData(AddressFamily.InterNetwork)]
    [InlineData(AddressFamily.InterNetworkV6)]
    [InlineData(AddressFamily.Unix)]
    public void SocketOfAnotherNetworkThatNoListShowsIsFound(AddressFamily family)
    {
        Requirement.Root();
        Socket Make() => new(family, SocketType.Stream, ProtocolType.Unspecified);
        using var own = Make();
        using var other = NamespaceThread.RunInNewNamespaces(NamespaceKind.Net, Make);

        Assert.False(WithSocket(own, pid => OtherNetworks.HasOne(pid, _home, [])));
        Assert.True(WithSocket(other, pid => OtherNetworks.HasOne(pid, _home, [])));
    }

    [Fact]
    public void ProcessInAnotherNetworkIsFound()
    {
        Requirement.Root();
        Assert.True(OtherNetworks.HasOne(Environment.ProcessId, _home + 1, []));
    }

    private static T WithSocket<T>(Socket socket, Func<int, T> check)
    {
        using var held = new FileDescriptor((int)socket.Handle, ownsHandle: false);
        var pid = Spawn.Start(new SpawnRequest
        {
            Path = "/bin/sleep",
            Arguments = ["sleep", "600"],
            Descriptors = new Dictionary<int, FileDescriptor> { [5] = held },
        });
        try
        {
            return check(pid);
        }
        finally
        {
            using var handle = ProcessHandle.Open(pid);
            handle.SendSignal(Signal.Kill);
            ChildProcess.Wait(pid);
        }
    }
}
