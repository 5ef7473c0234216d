namespace LxcNative.Cli.Tests.Streams;

/// <summary>Where the output goes, and whether it arrives, changes neither what is done nor what the exit code says.</summary>
public sealed class StandardStreamTests
{
    private const int Done = 0, Usage = 2;

    [Theory]
    [InlineData(">&-")]
    [InlineData("2>&-")]
    [InlineData("<&- >&- 2>&-")]
    [InlineData(">/dev/full")]
    [InlineData("2>/dev/full")]
    [InlineData(">/dev/full 2>&1")]
    [InlineData("> >(true)")]
    [InlineData("2> >(true) >&2")]
    public void ChangesNoExitCode(string streams)
    {
        foreach (var (arguments, code) in ((string, int)[])[("check --explain LXN030", Done), ("checkpoint --no-such-option", Usage)])
            Assert.Equal((arguments, code), (arguments, CommandProcess.Run($"COMMAND {arguments} {streams}; exit $?").ExitCode));
    }

    [Fact]
    public void WhatIsLostIsTold()
    {
        var (_, _, error) = CommandProcess.Run("COMMAND check --explain LXN030 >/dev/full");
        Assert.Equal("lxcnative: warning: standard output could not be written (ENOSPC): what this command did is done, and what it had to tell is lost\n",
            error);
        // Who reads the first line alone has what it wanted.
        Assert.Equal("", CommandProcess.Run("COMMAND check --explain LXN030 | head -0").Error);
        // Nothing was to be told there.
        Assert.DoesNotContain("lost", CommandProcess.Run("COMMAND checkpoint --no-such-option >&-").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ATerminalIsSentWhatIsWrittenAlone()
    {
        foreach (var arguments in (string[])["version", "checkpoint --no-such-option", "--help"])
        {
            var (_, output, _) = CommandProcess.Run($"TERM=xterm script -qec \"COMMAND {arguments}\" /dev/null");
            Assert.NotEmpty(output);
            Assert.DoesNotContain('\u001b', output);
        }
    }

    [Fact]
    public void ColoursAreForTerminals()
    {
        Assert.DoesNotContain('\u001b', CommandProcess.Run("COMMAND check --explain LXN030").Output);
        Assert.Contains("\u001b[1mLXN030", CommandProcess.Run("TERM=xterm script -qec \"COMMAND check --explain LXN030\" /dev/null").Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AProgramThatReadsHasTheErrorAsAnObject()
    {
        var (code, output, error) = CommandProcess.Run("COMMAND checkpoint test --timeout=-5 --json");
        Assert.Equal(Usage, code);
        using var document = System.Text.Json.JsonDocument.Parse(output);
        Assert.Equal("--timeout: -5 is no time from 1 to 86400 seconds", document.RootElement.GetProperty("error").GetString());
        Assert.Equal("lxcnative: --timeout: -5 is no time from 1 to 86400 seconds\n", error);
    }
}
