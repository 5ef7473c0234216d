using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Tests.Containers;

public class ContainerNameTests
{
    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\u001b[31m")]
    public void NamesThatCouldEscapeAreRefused(string name) => Assert.Throws<RefusedException>(() => ContainerName.Check(name));
}
