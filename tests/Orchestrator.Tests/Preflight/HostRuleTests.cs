using LxcNative.Native.Cgroups;
using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Engines;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Hosts;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Preflight;

public sealed class HostRuleTests
{
    private static readonly HostObservation Healthy = new()
    {
        Kernel = "6.18.0",
        IsRoot = true,
        Capabilities = ulong.MaxValue,
        Cgroups = CgroupLayout.Unified,
        FreeSpace = ("/var/lib", 1UL << 40),
        Ip = new ProgramObservation("ip", "/sbin/ip", new Version(6, 1, 0), false),
        Tar = new ProgramObservation("tar", "/bin/tar", null, false),
    };

    [Fact]
    public void HealthyHostHasNoFindings() => Assert.Empty(HostCheck.Decide(Healthy));

    public static TheoryData<string> Ids => [.. Sick.Keys];

    private static Dictionary<string, (HostObservation Host, FindingSeverity Severity)> Sick => new()
    {
        ["LXN100"] = (Healthy with { IsRoot = false }, FindingSeverity.Blocks),
        ["LXN101"] = (Healthy with { CriuProblem = "criu was not found" }, FindingSeverity.Blocks),
        ["LXN104"] = (Healthy with { MissingKernelFeatures = [("kcmp (CONFIG_KCMP)", "telling what processes share")] }, FindingSeverity.Blocks),
        ["LXN105"] = (Healthy with { Features = new CriuFeatures(false, true, true) }, FindingSeverity.Note),
        ["LXN106"] = (Healthy with { Capabilities = ~(1UL << 24) }, FindingSeverity.Note),
        ["LXN107"] = (Healthy with { Cgroups = CgroupLayout.None }, FindingSeverity.LosesSomething),
        ["LXN108"] = (Healthy with { NfTablesProblem = "EPROTONOSUPPORT", HasLegacyTables = true }, FindingSeverity.Note),
        ["LXN109"] = (Healthy with { FreeSpace = ("/var/lib", 1 << 20) }, FindingSeverity.Blocks),
        ["LXN110"] = (Healthy with { Ip = new ProgramObservation("ip", "/sbin/ip", new Version(3, 5, 1), false) }, FindingSeverity.Blocks),
        ["LXN111"] = (Healthy with { Tar = new ProgramObservation("tar", null, null, false) }, FindingSeverity.Blocks),
        ["LXN112"] = (Healthy with { ConfigFiles = ["/etc/criu/default.conf"] }, FindingSeverity.Note),
        ["LXN113"] = (Healthy with { HasStaleKernelCache = true }, FindingSeverity.Note),
    };

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryShortcomingIsFound(string id)
    {
        var finding = Assert.Single(HostCheck.Decide(Sick[id].Host));
        Assert.Equal((id, Sick[id].Severity), (finding.Id, finding.Severity));
    }

    [Theory]
    [InlineData("\06.1.0\0ip utility, iproute2-%s\01.1.0\0", 6, 1, 0)]
    [InlineData("ip utility, iproute2-ss160111\0", 3, 6, 0)]
    [InlineData("ip utility, iproute2-ss111117\0", 3, 5, 0)]
    public void VersionOfIpIsReadFromItsBytes(string text, int major, int minor, int patch) =>
        Assert.Equal(new Version(major, minor, patch), ProgramObservation.VersionIn(text));

    [Fact]
    public void ProgramWithoutAVersionIsTakenForNewEnough() => Assert.Null(ProgramObservation.VersionIn("no version here, 1.2.3 neither"));

    [Fact]
    public void ThisHostDumpsASleepingChild()
    {
        Requirement.Root();
        CriuInstallation criu;
        try
        {
            criu = CriuInstallation.Find(CriuPlaces.Usual);
        }
        catch (CriuNotFoundException)
        {
            Requirement.Feature("criu", false, "needs criu");
            return;
        }

        var result = SelfDump.Try(criu);
        Assert.True(result.Succeeded, string.Join('\n', result.Errors));
        Assert.DoesNotContain(HostCheck.Run().Findings, finding => finding.Id is "LXN100" or "LXN101" or "LXN102" or "LXN103" or "LXN104");
    }

    [Fact]
    public void SomethingElseInThePlaceOfCriuIsFound()
    {
        var report = HostCheck.Run(new CriuSearch { CriuPath = "/bin/true" });
        Assert.Contains(report.Findings, finding => finding.Id == "LXN101");
        Assert.True(report.IsBlocked);
    }
}
