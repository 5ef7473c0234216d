using System.Diagnostics;
using LxcNative.Orchestrator.Engines.Lxc.Ending;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Engines;

public sealed class RootsConfigurationTests : IDisposable
{
    private readonly string _place = $"/run/lxcnative-test-{Guid.NewGuid():N}";

    public RootsConfigurationTests()
    {
        Requirement.Root();
        Directory.CreateDirectory(_place);
    }

    [Fact]
    public void WhatIsIncludedIsReadInItsPlace()
    {
        Directory.CreateDirectory($"{_place}/more");
        File.WriteAllText($"{_place}/more/one.conf", "lxc.hook.stop = two\n");
        File.WriteAllText($"{_place}/more/one.other", "lxc.hook.stop = never\n");
        File.WriteAllText($"{_place}/config", $"lxc.hook.stop = one\nlxc.include = {_place}/more\nlxc.include = relative\nlxc.hook.stop = three\n");
        Assert.Equal(["one", "two", "three"], RootsConfiguration.Read($"{_place}/config").GetAll("lxc.hook.stop"));
        // One that includes itself has an end.
        File.WriteAllText($"{_place}/config", $"lxc.hook.stop = one\nlxc.include = {_place}/config\n");
        Assert.NotEmpty(RootsConfiguration.Read($"{_place}/config").GetAll("lxc.hook.stop"));
        Assert.Empty(RootsConfiguration.Read($"{_place}/none").Lines);
    }

    [Theory]
    [InlineData("/config", 0, 0, UnixFileMode.OtherWrite)]
    [InlineData("/config", 0, 1000, UnixFileMode.GroupWrite)]
    [InlineData("/config", 1000, 0, UnixFileMode.None)]
    [InlineData("", 0, 0, UnixFileMode.OtherWrite)]
    [InlineData("", 1000, 0, UnixFileMode.None)]
    public void NothingIsTakenOfWhatOthersCanWrite(string which, int user, int group, UnixFileMode more)
    {
        File.WriteAllText($"{_place}/config", "lxc.hook.stop = one\n");
        Assert.NotEmpty(RootsConfiguration.Read($"{_place}/config").Lines);
        using (var chown = Process.Start("chown", [$"{user}:{group}", _place + which]))
            chown.WaitForExit();
        File.SetUnixFileMode(_place + which, File.GetUnixFileMode(_place + which) | more);
        Assert.Empty(RootsConfiguration.Read($"{_place}/config").Lines);
    }

    public void Dispose() => Directory.Delete(_place, recursive: true);
}
