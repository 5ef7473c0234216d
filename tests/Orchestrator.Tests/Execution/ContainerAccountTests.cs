using LxcNative.Orchestrator.Execution;

namespace LxcNative.Orchestrator.Tests.Execution;

/// <summary>What a container's /etc/passwd says is the container's to write.</summary>
public sealed class ContainerAccountTests
{
    [Fact]
    public void AUserIsFoundByItsNumber() => Assert.Equal(
        new ContainerAccount("www", 33, "/var/www", "/bin/bash"), ContainerAccount.Parse("root:x:0:0:root:/root:/bin/sh\nwww:x:33:33::/var/www:/bin/bash\n",
            33));

    [Theory]
    [InlineData("")]
    [InlineData("root")]
    [InlineData("root:x:0:0:root:/root")]
    [InlineData("root:x:-0:0:root:/root:/bin/sh")]
    [InlineData("root:x:00x:0:root:/root:/bin/sh")]
    [InlineData("root:x:0:99999999999:root:/root:/bin/sh")]
    [InlineData("\0\0\0:::::::")]
    public void WhatIsNoLineIsNone(string text) => Assert.Null(ContainerAccount.Parse(text, 0));

    [Theory]
    [InlineData("a\u001bb:x:0:0::/root:/bin/sh", "0", "/root", "/bin/sh")]
    [InlineData("root:x:0:0::../root:bin/sh", "root", "/", "/bin/sh")]
    [InlineData("root:x:0:0:::", "root", "/", "/bin/sh")]
    public void WhatIsNoNameOrPathIsTheUsual(string line, string name, string home, string shell) =>
        Assert.Equal(new ContainerAccount(name, 0, home, shell), ContainerAccount.Parse(line, 0));
}
