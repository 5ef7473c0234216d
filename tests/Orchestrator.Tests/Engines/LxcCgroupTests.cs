using LxcNative.Orchestrator.Engines.Lxc;

namespace LxcNative.Orchestrator.Tests.Engines;

public class LxcCgroupTests
{
    [Theory]
    [InlineData("/lxc.payload.web", "web")]
    [InlineData("/lxc.payload.web-1", "web-1")]
    [InlineData("/user.slice/lxc.payload.a.b/inner", "a.b")]
    [InlineData("/lxc.payload.", null)]
    [InlineData("/", null)]
    public void TheNameIsFoundInACgroupPath(string path, string? name) => Assert.Equal(name, LxcCgroup.NameIn(path));

    [Theory]
    [InlineData("/lxc.payload.web", "/lxc.payload.web")]
    [InlineData("/user.slice/lxc.payload.a.b/inner", "/user.slice/lxc.payload.a.b")]
    [InlineData("/lxc.payload.a/lxc.payload.b", "/lxc.payload.a")]
    [InlineData("/lxc.payload./x", null)]
    [InlineData("/", null)]
    public void WithoutACgroupNamespaceTheContainerBeginsAtItsName(string path, string? root) => Assert.Equal(root, LxcCgroup.PayloadOf(path));

    [Theory]
    [InlineData("/lxc.monitor.web", true)]
    [InlineData("/user.slice/lxc.monitor.web-1", true)]
    [InlineData("/lxc.monitor.web/below", false)]
    [InlineData("/lxc.payload.web", false)]
    [InlineData("/", false)]
    public void TheMonitorsCgroupIsKnownByItsName(string path, bool isMonitors) => Assert.Equal(isMonitors, LxcCgroup.IsMonitors(path));
}
