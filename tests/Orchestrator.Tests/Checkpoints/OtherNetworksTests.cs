using System.Net.Sockets;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Preflight.Snapshot;
using LxcNative.Orchestrator.Tests.Preflight;
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

        Assert.False(WithSocket(own, pid => OtherNetworks.HasOne(pid, [(5, 1)], _home, [])));
        Assert.True(WithSocket(other, pid => OtherNetworks.HasOne(pid, [(5, 1)], _home, [])));
    }

    [Fact]
    public void ProcessInAnotherNetworkIsFound()
    {
        var init = SampleSnapshot.Process();
        var nested = SampleSnapshot.Process(pid: 101);
        var empty = new SocketReading([], [], [], []);
        var networks = new[] { new NetworkObservation(init.Namespaces.Net, [], []) { Reading = empty } };
        Assert.False(OtherNetworks.Any(SampleSnapshot.Make(init, networks: networks), init.Namespaces.Net));
        nested.Namespaces = nested.Namespaces with { Net = init.Namespaces.Net + 1 };
        Assert.True(OtherNetworks.Any(SampleSnapshot.Make(nested, networks: networks), init.Namespaces.Net));
        // Nobody looked.
        Assert.True(OtherNetworks.Any(SampleSnapshot.Make(init), init.Namespaces.Net));
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
