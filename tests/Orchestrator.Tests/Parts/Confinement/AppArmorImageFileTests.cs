using System.Text;
using LxcNative.Orchestrator.Parts.Confinement;

namespace LxcNative.Orchestrator.Tests.Parts.Confinement;

public sealed class AppArmorImageFileTests
{
    [Fact]
    public void WhatWasWrittenIsRead()
    {
        var image = new AppArmorImage
        {
            Version = 1,
            Profiles = [new AppArmorProfile("lxc-x_</var/lib/lxc>", [4, 8, 0]), new AppArmorProfile("b c", [])],
            Namespaces = ["a", "a//b"],
        };
        var read = AppArmorImageFile.Read(AppArmorImageFile.Write(image));
        Assert.Equal(image.Namespaces, read.Namespaces);
        Assert.Equal(["lxc-x_</var/lib/lxc> 040800", "b c "], read.Profiles.Select(profile => $"{profile.Name} {Convert.ToHexString(profile.Binary)}"));
        Assert.Equal([true, false], read.Profiles.Select(profile => profile.IsSaved));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"version": 2, "profiles": [], "namespaces": []}""")]
    [InlineData("""{"version": 1, "profiles": null, "namespaces": []}""")]
    [InlineData("""{"version": 1, "profiles": [null], "namespaces": []}""")]
    [InlineData("""{"version": 1, "profiles": [{"name": "a"}], "namespaces": []}""")]
    [InlineData("""{"version": 1, "profiles": [{"name": ""}], "namespaces": []}""")]
    [InlineData("""{"version": 1, "profiles": [{"name": "a", "binary": "!"}], "namespaces": []}""")]
    [InlineData("""{"version": 1, "profiles": [{"name": "a\u0000b"}], "namespaces": []}""")]
    [InlineData("""{"version": 1, "profiles": [], "namespaces": ["../.."]}""")]
    [InlineData("""{"version": 1, "profiles": [], "namespaces": ["a//../b"]}""")]
    [InlineData("""{"version": 1, "profiles": [], "namespaces": [""]}""")]
    public void WhatIsDamagedIsRefused(string text) =>
        Assert.Throws<MalformedAppArmorImageException>(() => AppArmorImageFile.Read(Encoding.UTF8.GetBytes(text)));
}
