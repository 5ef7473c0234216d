using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Tests.Containers;

public class ContainerNameTests
{
    [Theory]
    [InlineData("/lxc.payload.web", "web")]
    [InlineData("/lxc.payload.web-1", "web-1")]
    [InlineData("/user.slice/lxc.payload.a.b/inner", "a.b")]
    [InlineData("/lxc.payload.", null)]
    [InlineData("/", null)]
    public void TheNameIsFoundInACgroupPath(string path, string? name) => Assert.Equal(name, ContainerName.FromCgroupPath(path));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\u001b[31m")]
    public void NamesThatCouldEscapeAreRefused(string name) => Assert.Throws<ContainerException>(() => ContainerName.Check(name));
}
