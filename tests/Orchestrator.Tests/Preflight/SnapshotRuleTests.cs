using LxcNative.Native.Bpf;
using LxcNative.Native.Criu;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Units;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Tests.Preflight;

/// <summary>Rules of states that are not made for the accuracy table, on snapshots written by hand.</summary>
public sealed class SnapshotRuleTests
{
    private static readonly CheckpointOptions Defaults = new();

    [Fact]
    public void HealthySampleHasNoFindings() => Assert.Empty(PreflightCheck.Decide(SampleSnapshot.Make(), Defaults));

    [Fact]
    public void TerminalOfLxcIsAsGraveAsItIsExplained()
    {
        var terminal = SampleContainer.Mount(80, "/dev/tty1", "devpts", ContainerMountKind.Internal, null);
        terminal = terminal with { Entry = terminal.Entry with { Root = "/3" } };
        var finding = Only("LXN043", SampleSnapshot.Make(container: container => container with { Mounts = [.. container.Mounts, terminal] }));
        Assert.Equal(FindingSeverity.Note, finding.Severity);
        Assert.Equal(finding.Severity, RuleCatalog.Find("LXN043")!.Severity);
    }

    [Fact]
    public void ANameThatTheContainerChoseStaysOnItsLine()
    {
        var mount = SampleContainer.Mount(80, "/a\nlxcnative: nothing blocks\u001b[2J", "devpts", ContainerMountKind.Internal, null);
        mount = mount with { Entry = mount.Entry with { Root = "/3" } };
        var finding = Only("LXN043", SampleSnapshot.Make(container: container => container with { Mounts = [.. container.Mounts, mount] }));
        Assert.Contains("/a\\x0alxcnative: nothing blocks\\x1b[2J", finding.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void SingleStoppedThreadIsFound()
    {
        var process = SampleSnapshot.Process();
        process.OtherThreads = [(101, process.Status with { State = 'T' })];
        Only("LXN007", SampleSnapshot.Make(process));
    }

    [Fact]
    public void WhatAFreezerHoldsIsToldOnce()
    {
        var process = SampleSnapshot.Process(status: status => status with { State = 'D' });
        Only("LXN003", SampleSnapshot.Make(process));
        Assert.Equal("LXN013", Assert.Single(PreflightCheck.Decide(SampleSnapshot.Make(process, frozenBy: "/sys/fs/cgroup/freezer/a"), Defaults)).Id);
    }

    [Fact]
    public void ALockThatIsThereIsFound()
    {
        var held = new NetworkLockInfo(NetworkLockMethod.NfTables, ["table inet a"], null, "process 7 (lxcnative)");
        Assert.Equal(FindingSeverity.Blocks, Only("LXN086", SampleSnapshot.Make(held: held)).Severity);
        Assert.Equal(FindingSeverity.Note, Only("LXN086", SampleSnapshot.Make(held: held with { EndsWithHolder = true })).Severity);
    }

    [Fact]
    public void AJobThatAnAttachedShellLeftIsNamed()
    {
        var job = SampleSnapshot.Process(101, status => status with { SessionInside = 0 });
        var snapshot = SampleSnapshot.Make(others: [job], host: SampleSnapshot.Host with { Mounts = new HashSet<int> { 24 } });
        Assert.Contains("kill 101", Only("LXN001", snapshot).Remedy, StringComparison.Ordinal);

        // All of them have it from an init that unshare started.
        var init = SampleSnapshot.Process(status: status => status with { SessionInside = 0 });
        Assert.All(PreflightCheck.Decide(SampleSnapshot.Make(init, others: [job]), Defaults),
            finding => Assert.Equal(("LXN001", RuleCatalog.Find("LXN001")!.Remedy), (finding.Id, finding.Remedy)));
    }

    [Fact]
    public void AFileOfTheHostsThatAnAttachedShellLeftIsNamed()
    {
        var host = SampleSnapshot.Host with { Mounts = new HashSet<int> { 24 } };
        var job = SampleSnapshot.Process(101);
        job.Files.Add(SampleSnapshot.File(job, "/tmp/log", 0x81a4, mount: 24));
        Assert.Contains("kill 101", Only("LXN030", SampleSnapshot.Make(others: [job], host: host)).Remedy, StringComparison.Ordinal);

        var detached = SampleSnapshot.Process(101);
        detached.Files.Add(SampleSnapshot.File(detached, "/mnt/log", 0x81a4, mount: 25));
        Assert.Equal(RuleCatalog.Find("LXN030")!.Remedy, Only("LXN030", SampleSnapshot.Make(others: [detached], host: host)).Remedy);

        var init = SampleSnapshot.Process();
        init.Files.Add(SampleSnapshot.File(init, "/tmp/log", 0x81a4, mount: 24));
        Assert.All(PreflightCheck.Decide(SampleSnapshot.Make(init, others: [job], host: host), Defaults),
            finding => Assert.Equal(RuleCatalog.Find("LXN030")!.Remedy, finding.Remedy));
    }

    [Fact]
    public void OwnPidInTheTreeIsFound() => Only("LXN012", SampleSnapshot.Make(host: SampleSnapshot.Host with { ProcessId = 100 }));

    [Fact]
    public void ShadowStackIsNoted() =>
        Assert.Equal(FindingSeverity.Note,
            Only("LXN016", SampleSnapshot.Make(SampleSnapshot.Process(status: status => status with { HasShadowStack = true }))).Severity);

    [Fact]
    public void ThirtyTwoBitProgramIsFound()
    {
        var process = SampleSnapshot.Process();
        process.IsBelow4GiB = true;
        Only("LXN005", SampleSnapshot.Make(process));
        Assert.Empty(PreflightCheck.Decide(SampleSnapshot.Make(process, host: SampleSnapshot.Host with { CriuHasCompat = true }), Defaults));
    }

    [Theory]
    [InlineData("[uprobes]", false, "LXN025")]
    [InlineData("/dev/dri/card0", true, "LXN023")]
    [InlineData("/secretmem (deleted)", false, "LXN024")]
    [InlineData("anon_inode:[io_uring]", false, "LXN020")]
    public void MappingsAreFound(string target, bool isDevice, string rule)
    {
        var process = SampleSnapshot.Process();
        process.Mappings.Add(new ObservedMapping(0x7f0000000000, target, isDevice));
        Only(rule, SampleSnapshot.Make(process));
    }

    [Fact]
    public void ProgramsOfUnitsThatHaveEndedBlockAsTheCheckpointSays()
    {
        var process = SampleSnapshot.Process();
        process.Files.Add(SampleSnapshot.File(process, "anon_inode:bpf-prog", 0x180));
        process.Files.Add(SampleSnapshot.File(process, "anon_inode:bpf-map", 0x180));
        var units = new UnitObservation([new UnitSettings("a.service", "/a.service", "system.slice") { CountsPackets = true }]);
        Assert.All(Decide(units), finding => Assert.Equal(FindingSeverity.Note, finding.Severity));

        var blocks = Assert.Single(Decide(units with { Ended = ["b.service"] }), finding => finding.Severity == FindingSeverity.Blocks);
        Assert.Equal("LXN021", blocks.Id);
        Assert.Equal($"{process.Describe()}: {UnitPrograms.HeldForEnded(["b.service"])}", blocks.Seen);
        Assert.Equal(UnitPrograms.StillHeld(["b.service"]), $"{UnitPrograms.HeldForEnded(["b.service"])}. {blocks.Remedy.TrimEnd('.')}");
        // None but those of units that have ended: said once, not for each descriptor.
        Assert.Single(Decide(UnitObservation.None with { Ended = ["b.service"] }));

        IEnumerable<Finding> Decide(UnitObservation units) => PreflightCheck.Decide(SampleSnapshot.Make(process, units: units), Defaults);
    }

    [Fact]
    public void ConfinementIsFound()
    {
        var confined = new ConfinementObservation { Labels = ["a"], IsVisible = true };
        Assert.Empty(PreflightCheck.Decide(SampleSnapshot.Make(confinement: confined), Defaults));
        Only("LXN093", SampleSnapshot.Make(confinement: confined with { Withheld = ["a"] }));
        Assert.Equal(FindingSeverity.Blocks, Only("LXN094", SampleSnapshot.Make(confinement: confined with { OwnProfiles = ["b"] })).Severity);
        Assert.Equal(FindingSeverity.Note, Only("LXN094", SampleSnapshot.Make(confinement: confined with { OwnProfiles = ["b"], HasParser = true })).Severity);
        Only("LXN095", SampleSnapshot.Make(confinement: confined with { IsVisible = false }));
    }

    [Fact]
    public void SharedZeroPagesAreNoDevice()
    {
        var process = SampleSnapshot.Process();
        process.Mappings.Add(new ObservedMapping(0x7f0000000000, "/dev/zero", true));
        Assert.Empty(PreflightCheck.Decide(SampleSnapshot.Make(process), Defaults));
    }

    [Fact]
    public void HostTerminalIsFoundAndItsExternalNamed()
    {
        var process = SampleSnapshot.Process();
        process.Files.Add(SampleSnapshot.File(process, "/dev/console", 0x2180, new DeviceNumber(136, 0), new DeviceNumber(0, 25)));
        Assert.Equal("--external tty[8800:19]", Only("LXN040", SampleSnapshot.Make(process)).Permit);
        var given = Defaults with { External = ["tty[8800:19]"] };
        Assert.Empty(PreflightCheck.Decide(SampleSnapshot.Make(process), given));
        Assert.Empty(PreflightCheck.Decide(SampleSnapshot.Make(process), Defaults with { ShellJob = true }));
    }

    [Fact]
    public void WhatIsOpenAsTtyNeedsItsTerminal()
    {
        var process = SampleSnapshot.Process();
        process.Session = process.Pid;
        process.Files.Add(SampleSnapshot.File(process, "/dev/tty", 0x2180, new DeviceNumber(5, 0), new DeviceNumber(0, 5)));
        Assert.Equal(FindingSeverity.BlocksRestore, Only("LXN041", SampleSnapshot.Make(process)).Severity);
        // Another is open.
        process.TerminalDevice = 0x8801;
        process.Files.Add(SampleSnapshot.File(process, "/dev/console", 0x2180, new DeviceNumber(136, 0), new DeviceNumber(0, 25)));
        var given = Defaults with { External = ["tty[8800:19]"] };
        Assert.Equal("LXN041", Assert.Single(PreflightCheck.Decide(SampleSnapshot.Make(process), given)).Id);
        process.TerminalDevice = 0x8800;
        Assert.Empty(PreflightCheck.Decide(SampleSnapshot.Make(process), given));
    }

    [Fact]
    public void OpeningsOfTtyAreCounted()
    {
        var process = SampleSnapshot.Process();
        process.Session = process.Pid;
        process.TerminalDevice = 0x8800;
        process.Files.Add(SampleSnapshot.File(process, "/dev/console", 0x2180, new DeviceNumber(136, 0), new DeviceNumber(0, 25)));
        var given = Defaults with { External = ["tty[8800:19]"] };
        for (var i = 0; i < 63; i++)
            process.Files.Add(SampleSnapshot.File(process, "/dev/tty", 0x2180, new DeviceNumber(5, 0), new DeviceNumber(0, 5)));
        Assert.Empty(PreflightCheck.Decide(SampleSnapshot.Make(process), given));
        var more = SampleSnapshot.File(process, "/dev/tty", 0x2180, new DeviceNumber(5, 0), new DeviceNumber(0, 5));
        process.Files.Add(more);
        Assert.Equal("LXN046", Assert.Single(PreflightCheck.Decide(SampleSnapshot.Make(process), given)).Id);
        more.IsOpenBefore = true;
        Assert.Empty(PreflightCheck.Decide(SampleSnapshot.Make(process), given));
    }

    [Fact]
    public void TerminalWithItsMasterInTheContainerIsNot()
    {
        var process = SampleSnapshot.Process();
        process.Files.Add(SampleSnapshot.File(process, "/dev/pts/0", 0x2180, new DeviceNumber(136, 0), new DeviceNumber(0, 25)));
        var master = SampleSnapshot.File(process, "/dev/pts/ptmx", 0x2180, new DeviceNumber(5, 2), new DeviceNumber(0, 25));
        master.Info = "pos:\t0\nflags:\t02\nmnt_id:\t63\ntty-index:\t0\n";
        process.Files.Add(master);
        Assert.Empty(PreflightCheck.Decide(SampleSnapshot.Make(process), Defaults));
    }

    [Fact]
    public void BlockDeviceIsFound()
    {
        var process = SampleSnapshot.Process();
        process.Files.Add(SampleSnapshot.File(process, "/dev/sda", 0x6180, new DeviceNumber(8, 0)));
        Assert.Equal("Can't dump file 3 of that type [60600] (blk 8:0)", Only("LXN022", SampleSnapshot.Make(process)).CriuMessage);
    }

    [Fact]
    public void BracketInAMountPointIsFound() => Only("LXN076", SampleSnapshot.Make(container: container => container with
    {
        Mounts = [.. container.Mounts, SampleContainer.Mount(90, "/srv/[x]", "ext4", ContainerMountKind.External, "/srv/x")],
    }));

    [Fact]
    public void DevtmpfsThatTheHostHasNotIsFound() => Only("LXN077", SampleSnapshot.Make(
        container: container => container with
        {
            Mounts = [.. container.Mounts, SampleContainer.Mount(90, "/dev", "devtmpfs", ContainerMountKind.Internal, null)],
        },
        host: SampleSnapshot.Host with { HasDevtmpfs = false }));

    [Fact]
    public void VethWithoutItsOtherEndBlocksTheRestore() => Assert.Equal(FindingSeverity.BlocksRestore, Only("LXN081", SampleSnapshot.Make(
        container: container => container with { Nics = [.. container.Nics.Select(nic => nic with { Host = null })] })).Severity);

    [Fact]
    public void ProgramsOfCgroupsThatDoNotComeBackLoseSomething()
    {
        ContainerSnapshot With(CgroupHook hook) =>
            SampleSnapshot.Make(programsLost: new Dictionary<CgroupHook, IReadOnlyList<string>> { [hook] = ["/lxc.payload.web"] });
        Assert.Equal(FindingSeverity.LosesSomething, Only("LXN090", With(CgroupHook.Device)).Severity);
        Assert.Equal("cgroup /lxc.payload.web: InetEgress", Only("LXN096", With(CgroupHook.InetEgress)).Seen);
    }

    [Fact]
    public void DeletedCgroupLosesSomething() => Only("LXN091", SampleSnapshot.Make(
        container: container => container with { Cgroups = [new ContainerCgroup(["memory"], "/lxc.payload.web (deleted)", null)] }));

    [Fact]
    public void CgroupOutsideTheCallersNamespaceBlocksUnlessItIsLeftOut()
    {
        var snapshot = SampleSnapshot.Make(container: container => container with { Cgroups = [new ContainerCgroup(["memory"], "/../lxc.payload.web", null)] });
        Assert.Equal(FindingSeverity.Blocks, Only("LXN092", snapshot).Severity);
        Assert.Empty(PreflightCheck.Decide(snapshot, new CheckpointOptions { ManageCgroups = CriuManageCgroups.Ignore }));
        Assert.Empty(
            PreflightCheck.Decide(SampleSnapshot.Make(container: container => container with { Cgroups = [new ContainerCgroup(["memory"], "/..data", null)] }),
                Defaults));
    }

    [Fact]
    public void ANetworkThatOthersHaveTooBlocks()
    {
        var snapshot = SampleSnapshot.Make(container: container => container with { NetworkSharing = new NetworkSharing([4711], null) });
        Assert.Equal(4711, Only("LXN018", snapshot).Pid);
        Only("LXN018", SampleSnapshot.Make(container: container => container with { NetworkSharing = new NetworkSharing([], "/run/netns/blue") }));
    }

    [Fact]
    public void OtherUserNeedsTheCapability()
    {
        var process = SampleSnapshot.Process(status: status => status with { IsRoot = false, UserId = 33, GroupId = 33 });
        Assert.Empty(PreflightCheck.Decide(SampleSnapshot.Make(process), Defaults));
        Only("LXN010", SampleSnapshot.Make(process, host: SampleSnapshot.Host with { Capabilities = 0 }));
    }

    [Theory]
    [InlineData(false, false, FindingSeverity.Blocks)]
    [InlineData(true, false, FindingSeverity.LosesSomething)]
    [InlineData(false, true, FindingSeverity.LosesSomething)]
    public void StrangersBlockOnlyWhatWouldLoseThem(bool leaveRunning, bool force, FindingSeverity severity)
    {
        var snapshot = SampleSnapshot.Make(container: container => container with { Strangers = [4711] });
        var finding = Assert.Single(PreflightCheck.Decide(snapshot, Defaults with { LeaveRunning = leaveRunning, Force = force }));
        Assert.Equal(("LXN011", severity, 4711), (finding.Id, finding.Severity, finding.Pid));
    }

    private static Finding Only(string rule, ContainerSnapshot snapshot)
    {
        var finding = Assert.Single(PreflightCheck.Decide(snapshot, Defaults));
        Assert.Equal(rule, finding.Id);
        return finding;
    }
}
