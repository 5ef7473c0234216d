using LxcNative.Native.Criu;

namespace LxcNative.Native.Tests.Criu;

public sealed class CriuLogTests
{
    /// <summary>From a dump by criu 4.2.1 that met an unknown mount, and a restore onto a taken pid.</summary>
    private const string Dump = """
        (00.000061) Version: 4.2.1 (gitid 0)
        (00.128387) Error (criu/util.c:1534): rlimit: Can't setup RLIMIT_NOFILE for self: Operation not permitted
        (00.129799) Warn  (compel/src/lib/infect.c:132): Unable to interrupt task: 18761 (Operation not permitted)
        (00.130001) line 4
        (00.130002) line 5
        (00.130003) line 6
        (00.130004) line 7
        (00.130005) line 8
        (00.130006) line 9
        (00.136863) Error (criu/files-reg.c:1790): Can't lookup mount=26 for fd=-3 path=/root/payload
        	a line that goes on
        (00.136886) Error (criu/cr-dump.c:1440): Collect mappings (pid: 18759) failed with -1
        (00.136900) unlock network
        (00.137021) Error (criu/cr-dump.c:1975): Dumping FAILED.

        """;

    [Fact]
    public void ErrorsComeWithTheLinesBefore()
    {
        Assert.Equal(
            [
                "(00.130002) line 5",
                "(00.130003) line 6",
                "(00.130004) line 7",
                "(00.130005) line 8",
                "(00.130006) line 9",
                "(00.136863) Error (criu/files-reg.c:1790): Can't lookup mount=26 for fd=-3 path=/root/payload",
                "\ta line that goes on",
                "(00.136886) Error (criu/cr-dump.c:1440): Collect mappings (pid: 18759) failed with -1",
                "(00.136900) unlock network",
                "(00.137021) Error (criu/cr-dump.c:1975): Dumping FAILED.",
            ],
            CriuLog.Errors(Dump));
    }

    [Fact]
    public void OnlyTheLastErrorsAreKept() =>
        Assert.Equal("(00.137021) Error (criu/cr-dump.c:1975): Dumping FAILED.", CriuLog.Errors(Dump, count: 1)[^1]);

    [Fact]
    public void LogWithoutErrorsHasNone()
    {
        Assert.Empty(CriuLog.Errors("(00.128387) Error (criu/util.c:1534): rlimit: Can't setup RLIMIT_NOFILE for self: Operation not permitted\n"));
        Assert.Empty(CriuLog.Errors("(00.1) Warn  (a.c:1): Error (not one)\nErrors are no errors\n"));
        Assert.Empty(CriuLog.Errors(""));
        Assert.Empty(CriuLog.ErrorsOf("/nonexistent/dump.log"));
    }

    [Theory]
    [InlineData("(00.000061) Version: 4.2.1", 0.000061, null, CriuLogLevel.Message, "Version: 4.2.1")]
    [InlineData("(12.345678)     14: Error (criu/a.c:7): x: y", 12.345678, 14, CriuLogLevel.Error, "Error (criu/a.c:7): x: y")]
    [InlineData("(00.129799) Warn  (compel/a.c:132): z", 0.129799, null, CriuLogLevel.Warning, "Warn  (compel/a.c:132): z")]
    [InlineData("(00.000001)      1: `- 12: text", 0.000001, 1, CriuLogLevel.Message, "`- 12: text")]
    [InlineData("Error (criu/a.c:7): before the clock", null, null, CriuLogLevel.Error, "Error (criu/a.c:7): before the clock")]
    [InlineData("(not a stamp) text", null, null, CriuLogLevel.Message, "(not a stamp) text")]
    [InlineData("(00.1", null, null, CriuLogLevel.Message, "(00.1")]
    public void LineIsTakenApart(string line, double? time, int? pid, CriuLogLevel level, string text) =>
        Assert.Equal(new CriuLogEntry(1, time, pid, level, text), Assert.Single(CriuLog.Parse(line)));

    [Fact]
    public void LinesKeepTheirNumbers()
    {
        var entries = CriuLog.Parse(Dump);

        Assert.Equal(Enumerable.Range(1, 14), entries.Select(entry => entry.Line));
        Assert.Null(entries[10].Time);
    }
}
