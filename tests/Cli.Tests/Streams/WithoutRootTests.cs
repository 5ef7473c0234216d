using LxcNative.Testing;

namespace LxcNative.Cli.Tests.Streams;

/// <summary>Whoever is not root is told so, whatever is there and whatever is not: not what the kernel said of a file.</summary>
public sealed class WithoutRootTests
{
    private const int Refused = 3;

    [Theory]
    [InlineData("checkpoint test")]
    [InlineData("restore test")]
    [InlineData("restore test/before")]
    [InlineData("restore -D /srv/images")]
    [InlineData("check test")]
    [InlineData("check test/before")]
    [InlineData("check -D /srv/images")]
    [InlineData("check -D /srv/images --rehearse")]
    [InlineData("verify test")]
    [InlineData("verify -D /srv/images")]
    [InlineData("inspect test")]
    [InlineData("inspect --pid 1")]
    [InlineData("diff test")]
    [InlineData("ps")]
    [InlineData("exec test -- ls")]
    [InlineData("attach test")]
    [InlineData("console test")]
    [InlineData("stop test")]
    [InlineData("container start test")]
    [InlineData("container stop test")]
    [InlineData("container prepare test")]
    [InlineData("container create test --template /srv/a.tar")]
    [InlineData("logs test")]
    [InlineData("list")]
    [InlineData("delete test/before")]
    [InlineData("prune --keep 1")]
    [InlineData("export test /srv/a.tar")]
    [InlineData("import /srv/a.tar")]
    [InlineData("lock test")]
    [InlineData("unlock test")]
    [InlineData("recover")]
    [InlineData("host cgroup --layout v2")]
    public void IsTold(string arguments)
    {
        Requirement.Root();
        Requirement.Tool("setpriv");
        var (code, output, error) = CommandProcess.Run($"setpriv --reuid 65534 --regid 65534 --clear-groups COMMAND {arguments}");
        Assert.True(code == Refused, $"{code}: {output}{error}");
        Assert.Equal("", output);
        Assert.Matches("^lxcnative: [^\n]* needs root: run it with sudo\n$", error);
    }
}
