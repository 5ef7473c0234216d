using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Parts.Engine;
using LxcNative.Orchestrator.Parts.HostEnds;
using LxcNative.Orchestrator.Parts.Mounts;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Restores.Clones;
using LxcNative.Orchestrator.Steps.Undoing;
using LxcNative.Orchestrator.Tests.Checkpoints;

namespace LxcNative.Orchestrator.Tests.Restores;

/// <summary>What a container under another name has of its own, decided from the manifest and the options alone.</summary>
public sealed class CloneTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("10.0.3.7/24", null, "10.0.3.7/24")]
    [InlineData("eth1=fd00::7/64", "eth1", "fd00::7/64")]
    public void AddressesAreRead(string text, string? inside, string prefix) =>
        Assert.Equal((inside, prefix), CloneAddress.Parse(text) is var address ? (address.Inside, address.Prefix.ToString()) : default);

    [Theory]
    [InlineData("")]
    [InlineData("10.0.3.7")]
    [InlineData("=10.0.3.7/24")]
    [InlineData("10.0.3.7/33")]
    [InlineData("eth0=x/24")]
    public void OthersAreNone(string text) => Assert.Throws<FormatException>(() => CloneAddress.Parse(text));

    [Fact]
    public void ItHasAllThatIsToBeItsOwn()
    {
        var plan = Plan(new RestoreOptions { Name = "twin", Addresses = [CloneAddress.Parse("10.0.3.7/24")] });

        Assert.Equal(("twin", "/var/lib/lxc", "restore-twin.log", true), (plan.Name, plan.LxcPath, plan.LogFile, plan.Options.TcpClose));
        var end = Assert.Single(new HostEndsPart().Read(plan.States).Ends);
        Assert.Matches("^veth[A-Za-z0-9]{6}$", end.Host.Name);
        Assert.Matches("^fe(:[0-9a-f]{2}){5}$", end.Host.Address);
        Assert.Equal((0, "lxnc-no-such"), (end.Host.Index, end.Host.Bridge));
        var device = Assert.Single(plan.Cloned!.Devices);
        Assert.Equal(("eth0", "12:34:56:78:9a:bc"), (device.Inside, device.FormerAddress));
        Assert.Matches("^00:16:3e(:[0-9a-f]{2}){3}$", device.Address);
        Assert.Equal(["10.0.3.7/24"], device.Prefixes);
        var root = new MountsPart().Read(plan.States).Root!;
        Assert.Equal((null, "lowerdir=/var/lib/lxc/web/rootfs,upperdir=/var/lib/lxc/twin/delta0,workdir=/var/lib/lxc/twin/olwork"),
            (root.HostPath, root.Options));
    }

    [Fact]
    public void TwoHaveNothingInCommon()
    {
        var (one, other) = (Plan(new RestoreOptions { Name = "one" }), Plan(new RestoreOptions { Name = "other" }));

        Assert.NotEqual(one.Cloned!.Devices[0].Address, other.Cloned!.Devices[0].Address);
        Assert.NotEqual(new HostEndsPart().Read(one.States).Ends[0].Host.Name, new HostEndsPart().Read(other.States).Ends[0].Host.Name);
    }

    [Fact]
    public void WhatIsNamedIsTaken()
    {
        var plan = Plan(new RestoreOptions
        {
            Name = "twin",
            HardwareAddress = "02:00:00:AB:CD:EF",
            HostName = "host",
            Root = "/srv/copy",
            VethPairs = [VethPairOption.Parse("eth0=vethtwin@br9")],
        });

        Assert.Equal(("host", "dir:/srv/copy", "02:00:00:ab:cd:ef"), (plan.Cloned!.HostName, plan.Cloned.RootItem, plan.Cloned.Devices[0].Address));
        Assert.Equal("/srv/copy", new MountsPart().Read(plan.States).Root!.HostPath);
        Assert.Equal(("vethtwin", "br9"), new HostEndsPart().Read(plan.States).Ends[0].Host is var host ? (host.Name, host.Bridge) : default);
    }

    [Theory]
    [InlineData("/lxc.payload.web", "/lxc.payload.twin")]
    [InlineData("/lxc.payload.web-1", "/lxc.payload.twin-1")]
    [InlineData("/a/lxc.payload.web/inner", "/a/lxc.payload.twin/inner")]
    [InlineData("/lxc.payload/web", "/lxc.payload/twin")]
    [InlineData("/machine/fixed", "/machine/fixed-twin")]
    [InlineData("/webs/fixed", "/webs/fixed-twin")]
    [InlineData("/a/lxc.payload.web/web.slice", "/a/lxc.payload.twin/web.slice")]
    [InlineData("/lxc.payload.cobweb", "/lxc.payload.cobweb-twin")]
    [InlineData("/lxc.payload.web-b", "/lxc.payload.web-b-twin")]
    [InlineData("/", "/")]
    public void ItsCgroupsAreBesideTheOthers(string path, string expected)
    {
        var clone = Plan(new RestoreOptions { Name = "twin" }).Cloned!;

        var placed = clone.Cgroups.Of(new ContainerCgroup([], path, path == "/" ? null : $"/sys/fs/cgroup{path}"));

        Assert.Equal((expected, path == "/" ? null : $"/sys/fs/cgroup{expected}"), (placed.Path, placed.Directory));
        Assert.Equal($"{(path == "/" ? "" : expected)}/x", clone.Cgroups.Below($"{(path == "/" ? "" : path)}/x", [new ContainerCgroup([], path, null)]));
    }

    [Fact]
    public void WhatAMountOfAHierarchyDoesNotShowIsNotInTheDirectory()
    {
        var clone = Plan(new RestoreOptions { Name = "twin" }).Cloned!;

        var placed = clone.Cgroups.Of(new ContainerCgroup([], "/web/lxc.payload.web", "/sys/fs/web/lxc.payload.web"));

        Assert.Equal(("/web/lxc.payload.twin", "/sys/fs/web/lxc.payload.twin"), (placed.Path, placed.Directory));
    }

    [Fact]
    public void ARootThatIsInUseIsKnown()
    {
        File.CreateSymbolicLink(_place["link"], "/");

        Assert.Equal(Environment.ProcessId, RootUse.Of(_place["link"], [int.MaxValue, Environment.ProcessId]));
        Assert.Null(RootUse.Of(_place.Path, [Environment.ProcessId]));
        Assert.Null(RootUse.Of(_place["absent"], [Environment.ProcessId]));
    }

    [Fact]
    public void AHostNameThatIsTheHostsIsKnown() => Assert.True(EngineReturn.IsOwn(Environment.ProcessId));

    [Fact]
    public void ItsConfigurationIsTheOthersWithWhatIsItsOwn()
    {
        var items = new Dictionary<string, string>
        {
            ["lxc.uts.name"] = "web",
            ["lxc.net.0.type"] = "veth",
            ["lxc.net.0.veth.pair"] = "vethAB",
            ["lxc.net.0.ipv4.address"] = "10.0.3.2/24\n",
            ["lxc.net.1.type"] = "empty",
            ["lxc.tty.max"] = "4",
        };
        var clone = Plan(new RestoreOptions { Name = "twin", Addresses = [CloneAddress.Parse("10.0.3.7/24"), CloneAddress.Parse("10.0.3.8/24")] }).Cloned!;

        Assert.Equal(
            [
                ("lxc.rootfs.path", "overlay:/var/lib/lxc/web/rootfs:/var/lib/lxc/twin/delta0"), ("lxc.uts.name", "twin"),
                ("lxc.net.0.hwaddr", clone.Devices[0].Address), ("lxc.net.0.veth.pair", ""), ("lxc.net.0.ipv4.address", "10.0.3.7/24\n10.0.3.8/24"),
            ],
            CloneKeys.Of(clone, items.GetValueOrDefault));
    }

    [Fact]
    public void WhatTheContainerHasNotIsRefused()
    {
        Assert.Contains("eth7", Refusal(new RestoreOptions { Name = "twin", Addresses = [CloneAddress.Parse("eth7=10.0.3.7/24")] }), StringComparison.Ordinal);
        Assert.Contains("is the name that the container has", Refusal(new RestoreOptions { Name = "web" }), StringComparison.Ordinal);
        var manifest = ManifestTests.Manifest();
        var overlay = new MountsPart().Write(new MountsState { Root = new RootFileSystem(null, "overlay", "overlay", "lowerdir=/a", "/", false) });
        manifest = manifest with { Parts = manifest.Parts.ToDictionary(part => part.Key, part => part.Key == "mounts" ? overlay : part.Value) };
        Assert.Contains("no plain directory", Assert.Throws<RefusedException>(() => RestorePlan.For(manifest, _place.Path, new RestoreOptions { Name = "x" }))
            .Message, StringComparison.Ordinal);
        Assert.Equal("/copy", RestorePlan.For(manifest, _place.Path, new RestoreOptions { Name = "x", Root = "/copy" }).Cloned!.Root);
    }

    [Fact]
    public void ADirectoryWithoutItsMarkIsNotRemoved()
    {
        Directory.CreateDirectory(_place["web/delta0"]);
        File.WriteAllText(_place["web/config"], "x");
        var undo = new CloneHomeUndo(_place["web"], 4711);

        undo.Run();
        Assert.True(File.Exists(_place["web/config"]));
        CloneHomeUndo.Mark(_place["web"], 4712);
        undo.Run();
        Assert.True(File.Exists(_place["web/config"]));
        CloneHomeUndo.Mark(_place["web"], 4711);
        undo.Run();
        undo.Run();
        Assert.False(Directory.Exists(_place["web"]));
    }

    private RestorePlan Plan(RestoreOptions options) => RestorePlan.For(ManifestTests.Manifest(), _place.Path, options);

    private string Refusal(RestoreOptions options) => Assert.Throws<RefusedException>(() => Plan(options)).Message;
}
