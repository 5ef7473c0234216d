using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Cli.Tests.Output;

/// <summary>What a check says to people.</summary>
public sealed class CheckTextTests
{
    private static readonly RuleDescription Rule = new()
    {
        Id = "LXN999",
        Title = "Something",
        Severity = FindingSeverity.Blocks,
        SeenBy = "somewhere",
        Why = "For a reason.",
        Remedy = "Do that.",
        Permit = "--some-option",
        CriuMessage = "criu's words",
    };

    [Fact]
    public void OfNothing() =>
        Assert.Equal("test: nothing blocks (1.5 ms)\n", Text(new PreflightReport("test", [], TimeSpan.FromMicroseconds(1500))));

    [Fact]
    public void OfOneFinding() => Assert.Equal(
        """
        blocks LXN999  Something
          seen         process 4 (sh\x0alxcnative: nothing blocks)
          why          For a reason.
          what to do   Do that.
          permitted by --some-option
        test: 1 finding blocks (900 us)

        """, Text(new PreflightReport("test", [Finding("process 4 (sh\nlxcnative: nothing blocks)")], TimeSpan.FromMicroseconds(900))));

    [Fact]
    public void OfManyFindings()
    {
        var text = Text(new PreflightReport("test",
            [.. Enumerable.Range(1, 7).Select(number => Finding($"process {number}")), Finding("a note", FindingSeverity.Note) with { Id = "LXN998" }],
            TimeSpan.FromSeconds(2.5)));
        Assert.Contains("               and 2 more\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("process 6", text, StringComparison.Ordinal);
        Assert.EndsWith("test: 1 finding blocks, 1 other finding (2.50 s)\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void OfWhatWasFixed()
    {
        var (console, written) = TextConsole.Make();
        CheckOutput.WriteText(console, new PreflightReport("test", [], TimeSpan.FromMicroseconds(1)),
            [new FixAction("LXN070", "unmounted /sys/fs/pstore", null), new FixAction("LXN070", "unmounted /mnt", "umount2 \"/mnt\": EBUSY")]);
        Assert.StartsWith("fixed LXN070: unmounted /sys/fs/pstore\nnot fixed LXN070: umount2 \"/mnt\": EBUSY\n", written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void OfARuleThatIsExplained()
    {
        var (console, written) = TextConsole.Make();
        CheckOutput.ExplainText(console, Rule);
        Assert.Equal(
            """
            LXN999  Something  (blocks)
            For a reason.
              seen by      somewhere
              what to do   Do that.
              permitted by --some-option
              criu says    criu's words

            """, written.ToString());
    }

    [Fact]
    public void WhatFixMendsIsSaidByTheCommandAlone()
    {
        var (console, written) = TextConsole.Make();
        CheckOutput.ExplainText(console, RuleCatalog.Find("LXN074")!);
        Assert.Contains("mount --make-private MOUNTPOINT. `lxcnative check NAME --fix` does it.", written.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(RuleCatalog.Descriptions, rule => $"{rule.Why} {rule.Remedy}".Contains("--fix", StringComparison.Ordinal));
    }

    private static string Text(PreflightReport report)
    {
        var (console, written) = TextConsole.Make();
        CheckOutput.WriteText(console, report, []);
        return written.ToString();
    }

    private static Finding Finding(string seen, FindingSeverity severity = FindingSeverity.Blocks) => new()
    {
        Id = Rule.Id,
        Severity = severity,
        Title = Rule.Title,
        Seen = seen,
        Why = Rule.Why,
        Remedy = Rule.Remedy,
        Permit = Rule.Permit,
    };
}
