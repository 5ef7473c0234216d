using System.Text.Json;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests;

/// <summary><c>lxcnative check</c> of real LXC containers, and what LXC and criu then say.</summary>
public sealed class PreflightTests
{
    [Fact]
    public void HealthyContainerPassesAndIsCheckpointed()
    {
        Need();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });
        var (code, findings) = Check(container.Name);
        Assert.True(code == 0, string.Join('\n', findings));
        Assert.Equal(0, Check(container.Name, "-P", "/var/lib/lxc/").Code);
        Assert.True(Criu(container).Succeeded);
    }

    [Fact]
    public void ImagesJustMadeHaveNothingAgainstThem()
    {
        Need();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });
        using var images = new TemporaryDirectory();
        LxcNativeCommand.Run("checkpoint", container.Name, "-D", images["dump"]).OrThrow();
        var result = LxcNativeCommand.Run("check", "-D", images["dump"] + "/", "--json").OrThrow();
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(0, json.RootElement.GetProperty("findings").GetArrayLength());
    }

    [Fact]
    public void ProcessStartedByLxcAttachBlocks()
    {
        Need();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });
        using var attached = new AttachedProcess(container);
        var (code, findings) = Check(container.Name);
        Assert.Equal(3, code);
        Assert.Contains(findings, finding => finding.StartsWith("LXN011 blocks", StringComparison.Ordinal));
        Assert.Equal(0, Check(container.Name, "--leave-running").Code);
    }

    [Fact]
    public void ProcessThatLxcAttachLeftBehindBlocks()
    {
        Need();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });
        // Its parent has ended: it is of the tree now, but in a session that nobody in the tree leads.
        Command.Output("lxc-attach", "-n", container.Name, "--", "/bin/sh", "-c", "sleep 1000 >/dev/null 2>&1 </dev/null & exit 0");
        var (code, findings) = Check(container.Name);
        Assert.Equal(3, code);
        Assert.Contains(findings, finding => finding.StartsWith("LXN001 blocks", StringComparison.Ordinal));
    }

    [Fact]
    public void TerminalsOfLxcAreNoted()
    {
        Need();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None, Configuration = ["lxc.tty.max = 2"] });
        var (code, findings) = Check(container.Name);
        Assert.True(code == 0, string.Join('\n', findings));
        Assert.Contains(findings, finding => finding.StartsWith("LXN043 note", StringComparison.Ordinal));
    }

    [Fact]
    public void FrozenContainerBlocks()
    {
        Need();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });
        Command.Output("lxc-freeze", "-n", container.Name);
        try
        {
            var (code, findings) = Check(container.Name);
            Assert.Equal(3, code);
            Assert.Contains(findings, finding => finding.StartsWith("LXN013 blocks", StringComparison.Ordinal));
        }
        finally
        {
            Command.Output("lxc-unfreeze", "-n", container.Name);
        }
    }

    [Fact]
    public void HostIsFitAndExplanationsAreGiven()
    {
        Need();
        Assert.Equal(0, LxcNativeCommand.Run("check").ExitCode);
        var explained = LxcNativeCommand.Run("check", "--explain", "LXN050");
        Assert.Equal(0, explained.ExitCode);
        Assert.Contains("The socket has data to read", explained.Output, StringComparison.Ordinal);
        Assert.Equal(2, LxcNativeCommand.Run("check", "--explain", "LXN999").ExitCode);
        Assert.Equal(3, LxcNativeCommand.Run("check", "-D", "/nonexistent").ExitCode);
    }

    private static void Need()
    {
        Requirement.Lxc();
        Requirement.Criu();
        Requirement.LxcNative();
    }

    private static (int Code, List<string> Findings) Check(string name, params string[] options)
    {
        var result = LxcNativeCommand.Run(["check", name, "--json", .. options]);
        using var json = JsonDocument.Parse(result.Output);
        return (result.ExitCode, [.. json.RootElement.GetProperty("findings").EnumerateArray().Select(finding =>
            $"{finding.GetProperty("id").GetString()} {finding.GetProperty("severity").GetString()!.ToLowerInvariant()} "
            + $"{finding.GetProperty("seen").GetString()}")]);
    }

    private static LxcCheckpointResult Criu(LxcContainer container)
    {
        using var images = new TemporaryDirectory();
        var result = Command.Run("lxc-checkpoint", ["-n", container.Name, "-s", "-D", images["dump"], "-v"], CriuCommand.SearchEnvironment());
        return new LxcCheckpointResult(result.Succeeded);
    }

    private sealed record LxcCheckpointResult(bool Succeeded);
}
