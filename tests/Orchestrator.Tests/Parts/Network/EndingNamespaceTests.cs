using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Parts.Network.Capturing;
using LxcNative.Orchestrator.Parts.Network.Rebuilding;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Parts.Network;

/// <summary>The kernel takes the namespace of a container that ended down when it gets to it.</summary>
public sealed class EndingNamespaceTests
{
    [Fact]
    public void AMacvlanComesBackWhenTheOneThatHasItsAddressIsGone()
    {
        Requirement.Root();
        using var host = new NamespaceFixture();
        using var inside = new NamespaceFixture();
        host.Shell($"""
            ip link add br0 up type bridge
            ip link add m0 link br0 address 02:00:00:00:00:07 netns /proc/{Environment.ProcessId}/fd/{inside.Descriptor.Number} type macvlan mode bridge
            """);
        inside.Shell("ip link set m0 up; ip addr add 10.0.0.7/24 dev m0");
        using var capture = NetworkCapture.Prepare(inside.Descriptor,
            new NetworkCaptureOptions { Below = new Dictionary<string, string> { ["m0"] = "br0" } });
        Assert.Empty(capture.Obstacles);
        var image = NetworkImageFile.Read(NetworkImageFile.Write(capture.Capture().Complete()));
        var end = new Thread(() =>
        {
            Thread.Sleep(200);
            inside.Shell("ip link del m0");
        });
        NamespaceThread.Run(
            () =>
            {
                using var rebuild = NetworkRebuild.In(NetworkRebuild.MakeNamespace(), image);
                rebuild.MakeLinks(new Dictionary<string, HostNic>());
                end.Start();
                Assert.Empty(rebuild.Configure());
                Assert.True(SpinWait.SpinUntil(() => new NamespaceFixture(rebuild.Namespace).Shell("ip link show m0")
                    .Contains("state UP", StringComparison.Ordinal), TimeSpan.FromSeconds(20)));
            },
            host.Descriptor);
        end.Join();
    }
}
