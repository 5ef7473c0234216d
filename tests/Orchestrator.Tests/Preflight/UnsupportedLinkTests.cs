using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Parts.Network.Capturing;
using LxcNative.Orchestrator.Preflight.Rules;
using LxcNative.Orchestrator.Preflight.Snapshot;
using LxcNative.Orchestrator.Tests.Parts.Network;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Preflight;

/// <summary>What the rule refuses is what would fail: it asks who saves the namespace, and whether that one can.</summary>
public sealed class UnsupportedLinkTests
{
    private static readonly ObservedLink Known = new("eth0", 2, 1, "veth");
    private static readonly ObservedLink Unknown = new("ifb0", 3, 1, "ifb");

    [Theory]
    [InlineData(CaptureMode.Auto, false, false)]
    [InlineData(CaptureMode.Native, false, false)]
    [InlineData(CaptureMode.Criu, false, true)]
    [InlineData(CaptureMode.Auto, true, true)]
    [InlineData(CaptureMode.Criu, true, true)]
    public void DeviceIsRefusedWhereCriuHasToSaveIt(CaptureMode mode, bool isLeftToCriu, bool isRefused)
    {
        var network = new NetworkObservation(2, [], [Known, Unknown]) { LeftToCriu = isLeftToCriu ? ["the reason"] : [] };
        var findings = new UnsupportedLink().Check(SampleSnapshot.Make(networks: [network]), new CheckpointOptions { Network = mode }).ToList();

        Assert.Equal(isRefused ? 1 : 0, findings.Count);
        Assert.All(findings, finding => Assert.Equal("Unsupported link 3 (type 1 kind ifb)", finding.CriuMessage));
        Assert.All(findings, finding => Assert.Equal(isLeftToCriu, finding.Seen.Contains("the reason", StringComparison.Ordinal)));
    }

    [Fact]
    public void DeviceThatIsMadeAgainHereIsNoObstacleUntilSomethingElseIs()
    {
        Requirement.Root();
        using var network = new NamespaceFixture();
        network.Attempt("ip link add ifbx type ifb");
        Requirement.Feature("ifb", network.Shell("ip -br link").Contains("ifbx", StringComparison.Ordinal), "this kernel has no ifb devices");
        Assert.Empty(NetworkCapture.ObstaclesOf(network.Descriptor, SampleContainer.Make(), []));
        network.Shell("ip tuntap add dev t0 mode tun");
        Assert.Contains("kind tun", Assert.Single(NetworkCapture.ObstaclesOf(network.Descriptor, SampleContainer.Make(), [])), StringComparison.Ordinal);
    }
}
