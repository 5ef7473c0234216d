using System.Text;
using System.Text.Json;
using LxcNative.Native.Criu;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Parts;
using LxcNative.Orchestrator.Parts.Cgroups;
using LxcNative.Orchestrator.Parts.Confinement;
using LxcNative.Orchestrator.Parts.Devices;
using LxcNative.Orchestrator.Parts.HostEnds;
using LxcNative.Orchestrator.Parts.Mounts;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Parts.Tmpfs;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Restores;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Checkpoints;

public sealed class ManifestTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void AManifestComesBackAsItWasWritten()
    {
        var manifest = Manifest();
        File.WriteAllBytes(_place[CheckpointManifest.FileName], manifest.ToJson());

        Assert.Equal(Encoding.UTF8.GetString(manifest.ToJson()), Encoding.UTF8.GetString(CheckpointManifest.Read(_place.Path).ToJson()));
    }

    [Fact]
    public void AnEmptyDirectoryIsNoCheckpoint() => Assert.Contains("is empty", ReadRefusal(), StringComparison.Ordinal);

    [Fact]
    public void ImagesWithoutAManifestAreForeign()
    {
        File.WriteAllText(_place["inventory.img"], "x");

        Assert.Contains("made by another tool", ReadRefusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"version\":1}")]
    [InlineData("{\"version\":3}")]
    [InlineData("{\"version\":0}")]
    [InlineData("[]")]
    public void ADamagedManifestIsRefused(string text)
    {
        File.WriteAllText(_place[CheckpointManifest.FileName], text);

        Assert.Contains(CheckpointManifest.FileName, ReadRefusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"container\":", "\"container\": null, \"former\":")]
    [InlineData("\"files\": [", "\"files\": [ null,")]
    [InlineData("\"files\": [", "\"files\": [ { \"size\": 5 },")]
    [InlineData("\"files\": [", "\"files\": [], \"files\": [")]
    [InlineData("\"core-1.img\"", "null")]
    [InlineData("\"name\": \"web\"", "\"name\": \"../web\"")]
    [InlineData("\"name\": \"web\"", "\"name\": \"w\\u0000eb\"")]
    [InlineData("\"name\": \"web\"", "\"name\": \"w\\u001beb\"")]
    [InlineData("\"lxcPath\": \"/var/lib/lxc\"", "\"lxcPath\": \"/var/../lxc\"")]
    [InlineData("\"size\": 5", "\"size\": -5")]
    [InlineData("\"size\": 5", "\"size\": 5, \"sha256\": \"12\"")]
    public void AManifestThatThisLibraryDoesNotWriteIsRefused(string there, string instead)
    {
        var text = Encoding.UTF8.GetString(Manifest().ToJson());
        Assert.Contains(there, text, StringComparison.Ordinal);
        File.WriteAllText(_place[CheckpointManifest.FileName], text.Replace(there, instead, StringComparison.Ordinal));

        Assert.Matches("damaged", ReadRefusal());
    }

    [Theory]
    [InlineData(new byte[] { (byte)'"', 0xff, (byte)'\\', (byte)'n', (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', (byte)'\\', (byte)'u', (byte)'d', (byte)'8', (byte)'0', (byte)'0', (byte)'"' })]
    public void ATextThatIsNoneIsRefused(byte[] text)
    {
        File.WriteAllBytes(_place[CheckpointManifest.FileName], [.. "{\"version\":3,\"kernel\":"u8, .. text, (byte)'}']);
        Assert.Contains("damaged", ReadRefusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mkfifo")]
    [InlineData("mknod", "c", "1", "5")]
    [InlineData("truncate", "-s", "1G")]
    [InlineData("ln", "-s", "/dev/zero")]
    public void AManifestThatIsNoFileOfItsSizeIsRefusedAtOnce(string program, params string[] arguments)
    {
        string[] all = program is "mknod" ? [_place[CheckpointManifest.FileName], .. arguments] : [.. arguments, _place[CheckpointManifest.FileName]];
        TestProgram.Run(program, all);

        Assert.Contains("cannot be read", ReadRefusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/lxc.payload.web-1/../..")]
    [InlineData("lxc.payload.web-1")]
    public void ACgroupOfNoPathIsRefused(string path)
    {
        var state = new CgroupsState { Cgroups = [new ContainerCgroup([], path, "/etc")] };
        Assert.Contains("forged", Assert.Throws<RefusedException>(() => Planned(new CgroupsPart(), state)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DirectoriesOfCgroupsAreThisHosts()
    {
        var state = new CgroupsState
        {
            Cgroups = [new ContainerCgroup(["name=systemd"], "/x", "/etc"), new ContainerCgroup(["nothing"], "/x", "/etc")],
            Monitor = [new ContainerCgroup(["nothing"], "/lxc.monitor.x", "/etc")],
        };
        var planned = Planned(new CgroupsPart(), state).Deserialize(CgroupsPartJson.Default.CgroupsState)!;
        Assert.All(planned.Cgroups, cgroup => Assert.DoesNotContain("/etc", cgroup.Directory ?? "", StringComparison.Ordinal));
        Assert.Null(planned.Cgroups[1].Directory);
        Assert.Empty(planned.Monitor);
    }

    [Theory]
    [InlineData("lib", "/lib")]
    [InlineData("/usr/../etc", "/lib")]
    [InlineData("/usr/lib", "/a/../../etc")]
    [InlineData("/usr/lib", "/lib", "a]:b")]
    public void AMountThatLeadsElsewhereIsRefused(string from, string to, string key = "k")
    {
        var state = new MountsState { Root = SampleContainer.Make().Root, External = [new ExternalMount(key, to, from, "rw")] };
        Assert.Contains("forged", Assert.Throws<RefusedException>(() => Planned(new MountsPart(), state)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("sixteen-letters-")]
    public void ADeviceOfNoNameIsRefused(string name)
    {
        var host = SampleContainer.Make().Nics[1].Host!;
        foreach (var strange in (HostNic[])[host with { Name = name }, host with { Bridge = name }])
            Assert.Throws<RefusedException>(() => Planned(new HostEndsPart(), new HostEndsState { Ends = [new HostEnd("eth0", strange, null)] }));
    }

    [Fact]
    public void AManifestOfALaterVersionIsRefused()
    {
        File.WriteAllBytes(_place[CheckpointManifest.FileName], (Manifest() with { Version = 99 }).ToJson());

        Assert.Contains("version 99", ReadRefusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void APartOfALaterVersionIsRefused()
    {
        var manifest = Manifest() with { Parts = new Dictionary<string, JsonElement> { ["wormholes"] = JsonDocument.Parse("{}").RootElement } };

        Assert.Contains("wormholes", Assert.Throws<RefusedException>(() => RestorePlan.For(manifest, _place.Path, new RestoreOptions())).Message,
            StringComparison.Ordinal);
    }

    // Version 2 is what 0.1.0 wrote: its fields, filled with the sample's.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ManifestsFromBeforeThePartsAreRead(int version)
    {
        var today = JsonDocument.Parse(Manifest().ToJson()).RootElement;
        var former = new Dictionary<string, object?>
        {
            ["version"] = version,
            ["created"] = today.GetProperty("created"),
            ["kernel"] = "6.1",
            ["criu"] = "4.2.1",
            ["container"] = today.GetProperty("container"),
            ["externalMounts"] = new[] { new { key = "k", mountPoint = "/lib", hostPath = "/usr/lib", options = "ro" } },
            ["bridgePorts"] = new[] { new { device = "vethAB", hairpin = true, vlans = Array.Empty<object>() } },
            ["devices"] = new[] { new { path = "/lxc.payload.web-1", lines = new[] { "c 1:3 rwm" } } },
            ["network"] = "native",
            ["criuInNetwork"] = version == 2,
            ["tmpfs"] = new[] { new { key = "t", file = "lxcnative-tmpfs-7.img", source = "none", superOptions = "rw",
                places = new[] { new { mountPoint = "/dev", options = "rw" } } } },
            ["options"] = today.GetProperty("options"),
            ["files"] = new[] { new { name = "lxcnative-apparmor.json", size = 3 } },
        };
        File.WriteAllText(_place[CheckpointManifest.FileName], JsonSerializer.Serialize(former));

        var states = new PartStates(CheckpointManifest.Read(_place.Path).Parts);

        var end = Assert.Single(new HostEndsPart().Read(states).Ends);
        Assert.Equal(("eth0", "vethAB", true), (end.Inside, end.Host.Name, end.Port!.Hairpin));
        Assert.Equal((CaptureMode.Native, version == 2), (new NetworkPart().Read(states).SavedBy, new NetworkPart().Read(states).CriuInside));
        Assert.Equal("/usr/lib", Assert.Single(new MountsPart().Read(states).External).HostPath);
        Assert.Equal("/var/lib/lxc/web/rootfs", new MountsPart().Read(states).Root!.HostPath);
        Assert.Equal("t", Assert.Single(new TmpfsPart().Read(states).Mounts).Key);
        Assert.Equal(["c 1:3 rwm"], Assert.Single(new DevicesPart().Read(states).Rules).Lines);
        Assert.Equal(SampleContainer.Make().Cgroups.Count, new CgroupsPart().Read(states).Cgroups.Count);
        Assert.True(new ConfinementPart().Read(states).HasPolicy);
    }

    [Fact]
    public void ImagesOfTheRightSizeAreAccepted()
    {
        File.WriteAllText(_place["core-1.img"], "12345");

        Assert.Empty(ImagesTrust.Check(_place.Path, Manifest()));
    }

    [Fact]
    public void ATruncatedImageIsRefused()
    {
        File.WriteAllText(_place["core-1.img"], "1234");

        Assert.Contains("has 4 bytes instead of 5", Seen(Manifest()), StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingImageIsRefused() => Assert.Contains("is missing", Seen(Manifest()), StringComparison.Ordinal);

    [Fact]
    public void AnImageThatIsALinkIsRefused()
    {
        File.WriteAllText(_place["real"], "12345");
        File.CreateSymbolicLink(_place["core-1.img"], _place["real"]);

        Assert.Contains("is missing", Seen(Manifest()), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileOutsideTheDirectoryIsRefused() =>
        Assert.Contains("outside", Seen(Manifest() with { Files = [new ImageFile("../x", 1)] }), StringComparison.Ordinal);

    [Fact]
    public void ImagesThatOthersCanWriteAreRefused()
    {
        File.WriteAllText(_place["core-1.img"], "12345");
        File.SetUnixFileMode(_place.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite);

        Assert.Contains("root's alone", Seen(Manifest()), StringComparison.Ordinal);
    }

    [Fact]
    public void AnImageThatOthersCanWriteIsRefused()
    {
        File.WriteAllText(_place["core-1.img"], "12345");
        File.SetUnixFileMode(_place["core-1.img"], UnixFileMode.UserRead | UnixFileMode.GroupWrite);

        Assert.Contains("root's alone", Seen(Manifest()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("core-7.img")]
    [InlineData("lxcnative-net.json")]
    public void AnImageThatTheCheckpointDidNotWriteIsRefused(string name)
    {
        File.WriteAllText(_place["core-1.img"], "12345");
        File.WriteAllText(_place["dump.log"], "");
        File.WriteAllText(_place[name], "");

        Assert.Contains($"{name} is not of this checkpoint", Seen(Manifest()), StringComparison.Ordinal);
    }

    [Fact]
    public void AnImageOfTheRightSizeWithAnotherContentIsRefused()
    {
        var manifest = Manifest() with
        {
            Files = [new ImageFile("core-1.img", 5) { Sha256 = "5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5" }],
        };
        File.WriteAllText(_place["core-1.img"], "12345");
        Assert.Empty(ImageHashes.Check(_place.Path, manifest));

        File.WriteAllText(_place["core-1.img"], "12344");

        var finding = Assert.Single(ImageHashes.Check(_place.Path, manifest));
        Assert.Equal(("LXN200", FindingSeverity.BlocksRestore), (finding.Id, finding.Severity));
        Assert.Contains("core-1.img", finding.Seen, StringComparison.Ordinal);
    }

    // printf 12345 | xxhsum -H2
    [Fact]
    public void AChecksumTellsOfItWithoutTheHash()
    {
        var manifest = Manifest() with { Files = [new ImageFile("core-1.img", 5) { Xxh128 = "4af3da69f61e14cf26f4c14b6b6bfdb4" }] };
        File.WriteAllText(_place["core-1.img"], "12345");
        Assert.Empty(ImageHashes.CheckSums(_place.Path, manifest));
        Assert.Equal("LXN209", Assert.Single(ImageHashes.Check(_place.Path, manifest)).Id);

        File.WriteAllText(_place["core-1.img"], "12344");

        Assert.Equal("LXN200", Assert.Single(ImageHashes.CheckSums(_place.Path, manifest)).Id);
        // What has been copied from an older version's has none.
        Assert.Equal("LXN209", Assert.Single(ImageHashes.CheckSums(_place.Path, Manifest())).Id);
    }

    [Fact]
    public void ImagesWithoutHashesAreOnlyTold()
    {
        File.WriteAllText(_place["core-1.img"], "12345");

        Assert.Equal(("LXN209", FindingSeverity.Note),
            Assert.Single(ImageHashes.Check(_place.Path, Manifest())) is var finding ? (finding.Id, finding.Severity) : default);
    }

    [Fact]
    public void WhoNamesTheDirectoryAboveIsToldWhatIsBelow()
    {
        Directory.CreateDirectory(_place["web/empty"]);
        File.WriteAllText(_place["web/file"], "");
        Assert.Contains("has to be imported first",
            Assert.Throws<RefusedException>(() => CheckpointManifest.Read(_place["web/file"])).Message, StringComparison.Ordinal);
        Assert.EndsWith("there is no lxcnative.json in it", ReadRefusal(), StringComparison.Ordinal);

        foreach (var name in (string[])["web/1", "2"])
        {
            Directory.CreateDirectory(_place[name]);
            File.WriteAllText(_place[$"{name}/lxcnative.json"], "");
        }

        Assert.EndsWith($". Below it there are {_place["2"]}, {_place["web/1"]}: name one of them", ReadRefusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void EverythingThatStandsInTheWayIsToldAtOnce()
    {
        var manifest = Manifest();

        var (plan, findings) = RestoreCheck.Run(_place.Path, manifest, new RestoreOptions());

        Assert.NotNull(plan);
        Assert.Contains(findings, finding => finding.Id == "LXN200");
        Assert.Contains(findings, finding => finding.Id == "LXN202");
        Assert.Contains(findings, finding => finding.Id == "LXN206");
        var refusal = RestoreCheck.Refusal("web", findings);
        Assert.All(findings, finding => Assert.Contains(finding.Id, refusal.Message, StringComparison.Ordinal));
        Assert.Equal(findings, refusal.Findings);
    }

    [Fact]
    public void TheDeviceOfAContainerThatRunsIsNotAdvisedToBeRemoved()
    {
        // Whose init this very process is said to be.
        var manifest = Manifest() with { Container = SampleContainer.Make() with { InitPid = Environment.ProcessId, InitStartTime = OwnStart() } };
        var part = new HostEndsPart();
        manifest = manifest with { Parts = new Dictionary<string, JsonElement>(manifest.Parts) { [part.Name] = part.Write(EndsCalled("lo")) } };

        var findings = RestoreCheck.Run(_place.Path, manifest, new RestoreOptions()).Findings;

        Assert.Contains("loses what it did", Assert.Single(findings, finding => finding.Id == "LXN201").Remedy, StringComparison.Ordinal);
        Assert.StartsWith("Do not remove it", Assert.Single(findings, finding => finding.Id == "LXN205").Remedy, StringComparison.Ordinal);
        Assert.Contains("Do not remove it", RestoreCheck.Refusal("web", findings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mnt[/data]:data", null, "--external mnt[data]:PATH")]
    [InlineData("mnt[/data]:data", "mnt[other]:/srv", "--external mnt[data]:PATH")]
    [InlineData("mnt[/data]:data", "mnt[data]:/srv", null)]
    [InlineData("dev[8/1]:disk", null, "--external dev[disk]:PATH")]
    [InlineData("mnt[/data]", null, null)]
    [InlineData("unix[4711]", null, null)]
    [InlineData("net[4711]:own", null, null)]
    public void WhatTheCheckpointLeftOutHasToBeNamed(string external, string? counterpart, string? advice)
    {
        var manifest = Manifest();
        manifest = manifest with { Options = manifest.Options with { External = [external] } };

        var seen = ExternalCounterparts.Check(manifest, new RestoreOptions { External = counterpart is null ? [] : [counterpart] })
            .Select(finding => finding.Seen).ToList();

        if (advice is null)
            Assert.Empty(seen);
        else
            Assert.Contains(advice, Assert.Single(seen), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryRestoreFindingCanBeExplained() =>
        Assert.All(["LXN200", "LXN201", "LXN202", "LXN203", "LXN204", "LXN205", "LXN206", "LXN207", "LXN208", "LXN209"],
            id => Assert.NotNull(RuleCatalog.Find(id)));

    private static ulong OwnStart() => ProcStat.Read(Environment.ProcessId).StartTimeTicks;

    private static HostEndsState EndsCalled(string name) =>
        new() { Ends = [new HostEnd("eth0", SampleContainer.Make().Nics[1].Host! with { Name = name, Bridge = null }, null)] };

    private string Seen(CheckpointManifest manifest) => Assert.Single(ImagesTrust.Check(_place.Path, manifest)).Seen;

    private string ReadRefusal() => Assert.Throws<RefusedException>(() => CheckpointManifest.Read(_place.Path)).Message;

    internal static CheckpointManifest Manifest()
    {
        (Part Part, PartState State)[] states =
        [
            (new HostEndsPart(),
                new HostEndsState { Ends = [new HostEnd("eth0", SampleContainer.Make().Nics[1].Host! with { Bridge = "lxnc-no-such" }, null)] }),
            (new NetworkPart(), new NetworkState { SavedBy = CaptureMode.Native }),
            (new MountsPart(), new MountsState { Root = SampleContainer.Make().Root, External = [new ExternalMount("k", "/lib", "/usr/lib", "ro")] }),
        ];
        return new CheckpointManifest
        {
            Version = CheckpointManifest.CurrentVersion,
            Created = DateTimeOffset.UnixEpoch,
            Kernel = "6.1",
            Criu = "4.2.1",
            Container = SampleContainer.Make(),
            Options = new ManifestOptions(true, false, true, false, false, CriuManageCgroups.Soft, "nftables", []),
            Parts = states.ToDictionary(one => one.Part.Name, one => one.Part.Write(one.State)),
            Files = [new ImageFile("core-1.img", 5)],
        };
    }

    private JsonElement Planned(Part part, PartState state) => part.Plan(
        new PartStates(new Dictionary<string, JsonElement> { [part.Name] = part.Write(state) }), new PlanContext("web", _place.Path, new RestoreOptions()));
}
