using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Engines;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Preflight;

/// <summary>Every state is really made; the pre-flight predicts, and criu is asked.</summary>
public sealed class PreflightAccuracyTests(AccuracyTable table) : IClassFixture<AccuracyTable>
{
    public static TheoryData<string> Cases => [.. StateCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void PreflightSaysWhatCriuSays(string key)
    {
        Requirement.Root();
        Requirement.Tool("gcc");
        Requirement.Feature("criu", HasCriu(), "needs criu");
        Requirement.Feature("cgroup-v1", Directory.Exists("/sys/fs/cgroup/memory"), "needs the version 1 memory hierarchy to put its containers in");
        var one = StateCases.All[key];
        using var container = StateContainer.Start(one.State);
        if (container.Impossible is { } reason)
        {
            table.Add(key, new AccuracyTable.Row("", "", "", reason));
            return;
        }

        // The oracle is criu alone.
        var options = (one.Options ?? new CheckpointOptions()) with { Network = CaptureMode.Criu };
        IReadOnlyList<Finding> findings;
        Container found;
        try
        {
            found = Container.FromPid(container.InitPid);
            findings = PreflightCheck.Run(found, options).Findings;
        }
        catch (RefusedException refusal) when (one.State == "chrooted")
        {
            table.Add(key, new AccuracyTable.Row("the lookup", "Can't parse N's mountinfo", "foreseen"));
            Assert.Contains("no root", refusal.Message, StringComparison.Ordinal);
            return;
        }

        var (succeeded, log) = one.ByLibrary
            ? CriuOracle.DumpByLibrary(found, options)
            : CriuOracle.Dump(found, options, CriuInstallation.Find(CriuPlaces.Usual).CriuPath);
        var blocking = findings.Where(finding => finding.Severity is FindingSeverity.Blocks or FindingSeverity.BlocksRestore).ToList();
        var verdict = Verdict(one, blocking, succeeded, log);
        table.Add(key, new AccuracyTable.Row(Describe(findings), succeeded ? "" : CriuOracle.Telling(log), verdict));
        var told = string.Join('\n', findings.Select(finding => $"{finding.Id} {finding.Severity} {finding.Seen} [{finding.CriuMessage}]"));
        var expected = one.Rule is null
            ? "agreed"
            : one.RefusedByUsAlone ? "refused by lxcnative alone"
            : one.DumpedByUsAlone ? "dumped by lxcnative alone" : one.KnownMiss is { } miss ? $"miss: {miss}" : "foreseen";
        Assert.True(verdict == expected, $"{verdict} instead of {expected}\n{told}\n{log}");
        if (one.Rule is not null && one.KnownMiss is null)
            Assert.Contains(
                one.DumpedByUsAlone ? findings.Where(finding => finding.Severity == FindingSeverity.LosesSomething) : blocking,
                finding => finding.Id == one.Rule);
    }

    // Letter by letter, and of the rule that the state was made for.
    private static bool IsForeseen(StateCase one, Finding finding, string log) =>
        (one.Rule is null || finding.Id == one.Rule) && finding.CriuMessage is { } message && log.Contains(message, StringComparison.Ordinal);

    private static string Verdict(StateCase one, List<Finding> blocking, bool succeeded, string log) => (succeeded, blocking.Count) switch
    {
        (true, 0) => "agreed",
        (true, _) when one.RefusedByUsAlone && blocking.All(finding => finding.CriuMessage is null) => "refused by lxcnative alone",
        (true, _) => "false alarm",
        (false, 0) when one.DumpedByUsAlone => "dumped by lxcnative alone",
        (false, 0) => one.KnownMiss is null ? "miss" : $"miss: {one.KnownMiss}",
        _ => blocking.Any(finding => IsForeseen(one, finding, log)) ? "foreseen" : "foreseen with another message",
    };

    private static string Describe(IReadOnlyList<Finding> findings) => findings.Count == 0
        ? "nothing"
        : string.Join(", ", findings.DistinctBy(finding => finding.Id)
        .Select(finding => finding.Severity is FindingSeverity.Blocks or FindingSeverity.BlocksRestore
        ? finding.Id
        : $"{finding.Id} ({finding.Severity.ToString().ToLowerInvariant()})"));

    private static bool HasCriu()
    {
        try
        {
            return CriuInstallation.Find(CriuPlaces.Usual) is not null;
        }
        catch (CriuNotFoundException)
        {
            return false;
        }
    }
}
