using System.Text.Json;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Parts;
using LxcNative.Orchestrator.Parts.Cgroups;
using LxcNative.Orchestrator.Parts.HostEnds;
using LxcNative.Orchestrator.Parts.Mounts;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Tests.Preflight;

namespace LxcNative.Orchestrator.Tests.Parts;

/// <summary>What each part keeps, and what options make of it.</summary>
public class PartStatesTests
{
    private static readonly SavingContext Context = new(SampleContainer.Make(), new CheckpointOptions(), new FileDescriptor(-1, ownsHandle: false),
        SampleSnapshot.Make(), LockTable: "");

    [Fact]
    public void EachMountOfTheHostIsAnExternalUnderAKeyOfItsOwn() => Assert.Equal(["mnt[/lib]:lxcnative-mnt-71"], new MountsPart().Prepare(Context).Externals);

    [Fact]
    public void WhereEachComesFromIsKept() => Assert.Equal([new ExternalMount("lxcnative-mnt-71", "/lib", "/usr/lib", "ro,relatime")],
        Mounts().External.Select(mount => mount with { Source = null }));

    [Fact]
    public void FileSystemsThatCriuMountsOnlyWhenToldAreTold() => Assert.Equal(["hugetlbfs"], Mounts().EnabledFileSystems);

    [Fact]
    public void CgroupRootsAreThePathsThatWereRead() =>
        Assert.Equal([("name=systemd", "/lxc.payload.web-1"), ("cpu,cpuacct", "/lxc.payload.web-1"), (null, "/lxc.payload.web-1")],
            CgroupRoots.Of(SampleContainer.Make().Cgroups));

    [Fact]
    public void NamesOfPartsAreDistinct() => Assert.Equal(PartList.All.Count, PartList.All.Select(part => part.Name).Distinct().Count());

    [Fact]
    public void WithoutOptionsTheHostEndIsWhatItWas()
    {
        var end = Assert.Single(Planned(new RestoreOptions()).Ends);

        Assert.Equal(("vethAB", 17, "fe:00:00:00:00:01", "br0"), (end.Host.Name, end.Host.Index, end.Host.Address, end.Host.Bridge));
    }

    [Fact]
    public void AnotherNameIsAnotherDeviceOnTheSameBridge()
    {
        var end = Assert.Single(Planned(new RestoreOptions { VethPairs = [new VethPairOption("eth0", "other", null)] }).Ends);

        Assert.Equal(("other", 0, "br0"), (end.Host.Name, end.Host.Index, end.Host.Bridge));
    }

    [Fact]
    public void AHostEndThatWasDownComesUpWhereItIsAPortOfABridge()
    {
        var part = new HostEndsPart();
        var down = SampleContainer.Make().Nics[1].Host! with { IsUp = false, Bridge = null };
        var states =
            new PartStates(new Dictionary<string, JsonElement> { [part.Name] = part.Write(new HostEndsState { Ends = [new HostEnd("eth0", down, null)] }) });

        Assert.False(Plan(part, states, new RestoreOptions()).Ends[0].Host.IsUp);
        Assert.True(Plan(part, states, new RestoreOptions { VethPairs = [new VethPairOption("eth0", "vethAB", "br1")] }).Ends[0].Host.IsUp);
    }

    [Fact]
    public void AnUnknownDeviceInAVethPairIsNamedWithThoseThatAreThere()
    {
        var refusal = Assert.Throws<RefusedException>(() => Planned(new RestoreOptions { VethPairs = [new VethPairOption("eth7", "veth7", null)] }));

        Assert.Contains("no veth device eth7", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("it has eth0", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherRootIsAnOptionOfTheRestore()
    {
        var part = new MountsPart();
        var states = new PartStates(new Dictionary<string, JsonElement> { [part.Name] = part.Write(Mounts()) });
        var planned = part.Plan(states, new PlanContext("web", "/images", new RestoreOptions { Root = "/srv/copy/" }));

        Assert.Equal("/srv/copy", part.Read(new PartStates(new Dictionary<string, JsonElement> { [part.Name] = planned })).Root!.HostPath);
    }

    [Fact]
    public void APartThatTheImagesDoNotKnowIsEmpty() =>
        Assert.Empty(new HostEndsPart().Read(new PartStates(new Dictionary<string, JsonElement>())).Ends);

    [Theory]
    [InlineData("""{"version":99}""", "version 99")]
    [InlineData("""{"version":0}""", "version 0")]
    [InlineData("""{"ends":7}""", "is damaged")]
    [InlineData("null", "says nothing")]
    public void AStateThatCannotBeReadIsRefused(string json, string why)
    {
        var states = new PartStates(new Dictionary<string, JsonElement> { ["hostEnds"] = JsonDocument.Parse(json).RootElement });

        Assert.Contains(why, Assert.Throws<RefusedException>(() => new HostEndsPart().Read(states)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TemporaryNamesFitIntoALinkName() => Assert.True(CriuNetworkReturn.TemporaryName(int.MaxValue, int.MaxValue).Length <= 15);

    private static MountsState Mounts() => (MountsState)new MountsPart().Prepare(Context).State;

    private static HostEndsState Planned(RestoreOptions options)
    {
        var part = new HostEndsPart();
        var ends = SampleContainer.Make().Nics.Where(nic => nic.Host is not null).Select(nic => new HostEnd(nic.Name, nic.Host!, null));
        return Plan(part, new PartStates(new Dictionary<string, JsonElement> { [part.Name] = part.Write(new HostEndsState { Ends = [.. ends] }) }), options);
    }

    private static HostEndsState Plan(HostEndsPart part, PartStates states, RestoreOptions options) =>
        part.Read(new PartStates(new Dictionary<string, JsonElement> { [part.Name] = part.Plan(states, new PlanContext("web", "/images", options)) }));
}
