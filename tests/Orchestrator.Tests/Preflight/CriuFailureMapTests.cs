using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Orchestrator.Tests.Preflight;

public sealed class CriuFailureMapTests
{
    [Theory]
    // Lines of criu 4.2.1's logs.
    [InlineData("(00.012345) Error (criu/files-ext.c:94): Can't dump file 3 of that type [600] (anon anon_inode:[userfaultfd])", "LXN021")]
    [InlineData("(00.012345) Error (criu/files-ext.c:94): Can't dump file 3 of that type [20600] (chr 10:229)", "LXN022")]
    [InlineData("(00.1) Error (criu/sk-netlink.c:77): netlink: The socket has data to read", "LXN050")]
    [InlineData("(00.1) Error (criu/files-reg.c:1790): Can't lookup mount=26 for fd=-3 path=/tmp/pf/states", "LXN030")]
    [InlineData("(00.1) Error (criu/mount.c:724): mnt: FS mnt ./mnt dev 0x2c root / unsupported id 43", "LXN070")]
    [InlineData("(00.1) Error (criu/namespaces.c:460): Can't dump nested user namespace for 30836", "LXN004")]
    [InlineData("(00.1) Error (criu/tty.c:203): tty: Can't obtain ptmx index: Inappropriate ioctl for device", "LXN022")]
    [InlineData("(00.1) Error (compel/src/lib/infect.c:262): Unseizable non-zombie 23741 found, state D, err -1/4", "LXN003")]
    [InlineData("(00.1) Error (criu/cr-dump.c:389): Can't get rlimit 0: Operation not permitted", "LXN010")]
    [InlineData("(00.1) Error (criu/image.c:1): Can't write: No space left on device", "LXN300")]
    [InlineData("(00.1) Error (compel/arch/x86): vdso: Unexpected rt vDSO area bounds", "LXN102")]
    [InlineData("(00.1) Error (criu/sk-inet.c:137): inet: Unsupported proto 262 for socket 85558", "LXN055")]
    [InlineData("(00.1) Error (criu/sk-queue.c:144): skqueue: Control messages in queue, not supported", "LXN314")]
    [InlineData("(00.1) Error (criu/net.c:650): net: Unsupported link 2 (type 1 kind ifb)", "LXN080")]
    public void KnownLinesAreExplained(string line, string rule) => Assert.Equal(rule, Assert.Single(CriuFailureMap.Explain(["before", line, line])).Id);

    [Fact]
    public void UnknownLinesAreNot() =>
        Assert.Empty(CriuFailureMap.Explain(["(00.1) Error (criu/cr-dump.c:1975): Dumping FAILED.", "Error (x): something new", ""]));

    [Fact]
    public void EveryRuleKnowsItsOwnMessage() =>
        Assert.All(RuleCatalog.Descriptions.Where(rule => rule.CriuMessage is not null && rule.Severity == FindingSeverity.Blocks), rule =>
    {
        var line = "(00.1) Error (criu/x.c:1): "
            + rule.CriuMessage!.Replace(" N", " 123", StringComparison.Ordinal).Replace("PATH", "/tmp/x", StringComparison.Ordinal);
        Assert.NotEmpty(CriuFailureMap.Explain([line]));
    });
}
