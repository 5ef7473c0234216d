using LxcNative.Native.AppArmor;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Tests.AppArmor;

public sealed class AppArmorLabelTests
{
    // cat /proc/PID/attr/apparmor/current: Linux 6.1 with LXC 5.0.2, and apparmor(7).
    [Theory]
    [InlineData("unconfined\n", "unconfined", ":unconfined", true)]
    [InlineData("/usr/bin/man (complain)\n", "/usr/bin/man", ":/usr/bin/man", false)]
    [InlineData("lxc-x_</var/lib/lxc>//&:lxc-x_<-var-lib-lxc>:unconfined (enforce)\n", "lxc-x_</var/lib/lxc>//&:lxc-x_<-var-lib-lxc>:unconfined",
        ":lxc-x_</var/lib/lxc> lxc-x_<-var-lib-lxc>:unconfined", false)]
    [InlineData(":ns://a//b (mixed)", ":ns://a//b", "ns:a//b", false)]
    [InlineData(":outer//inner:unconfined", ":outer//inner:unconfined", "outer//inner:unconfined", true)]
    [InlineData("my (odd) name (enforce)", "my (odd) name", ":my (odd) name", false)]
    [InlineData("", "", ":", false)]
    [InlineData("::", "::", ":::", false)]
    [InlineData(":ns", ":ns", "::ns", false)]
    public void LabelsAreParsed(string text, string label, string parts, bool isUnconfined)
    {
        var parsed = AppArmorLabel.Parse(text);
        Assert.Equal(label, parsed.Text);
        Assert.Equal(parts, string.Join(' ', parsed.Parts.Select(part => $"{part.Namespace}:{part.Profile}")));
        Assert.Equal(isUnconfined, parsed.IsUnconfined);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a//hat", "a")]
    [InlineData("/usr/bin/a//null-/bin/sh", "/usr/bin/a")]
    [InlineData("//a", "//a")]
    public void AChildIsLoadedWithItsParent(string profile, string loaded) => Assert.Equal(loaded, new AppArmorPart(null, profile).Loaded);

    [Fact]
    public void ATaskHasALabelWhereAppArmorIsInForce()
    {
        Assert.Equal(AppArmorPolicy.IsEnabled, AppArmorLabel.Read(Environment.ProcessId) is not null);
        Assert.Equal(AppArmorPolicy.IsEnabled, AppArmorLabel.Read(Environment.ProcessId, ProcessThreads.Read(Environment.ProcessId)[^1]) is not null);
        Assert.Throws<LxcNative.Native.Errors.SyscallException>(() => AppArmorLabel.Read(int.MaxValue));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a//..")]
    [InlineData("a\0")]
    public void ANamespaceIsNoPath(string name) => Assert.Throws<ArgumentException>(() => AppArmorPolicy.HasNamespace(name));
}
