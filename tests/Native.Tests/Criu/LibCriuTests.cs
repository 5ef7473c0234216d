using System.Runtime.InteropServices;
using LxcNative.Native.Criu;

namespace LxcNative.Native.Tests.Criu;

public sealed class LibCriuTests
{
    public static TheoryData<string, string, Action<CriuOptions>> OptionalSetters => new()
    {
        { "criu_local_set_config_file", "4.2", options => options.ConfigFile = "/tmp/criu.conf" },
        { "criu_local_set_empty_ns", "3.19", options => options.EmptyNamespaces = 0x40000000 },
        { "criu_local_set_mntns_compat_mode", "3.17", options => options.MountNamespaceCompatibility = true },
        { "criu_local_set_network_lock", "3.16", options => options.NetworkLock = CriuNetworkLock.Nftables },
        { "criu_local_set_orphan_pts_master", "3.15", options => options.OrphanPtsMaster = true },
    };

    [Theory]
    [MemberData(nameof(OptionalSetters))]
    public void SetterThatIsMissingNamesItsVersion(string symbol, string version, Action<CriuOptions> set)
    {
        using var options = new CriuOptions(Without(symbol));

        var failure = Assert.Throws<CriuFeatureMissingException>(() => set(options));

        Assert.Equal((symbol, Version.Parse(version)), (failure.Symbol, failure.Introduced));
        Assert.Contains($"libcriu {version} or later", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LockThatIsSkippedNeedsItsVersion()
    {
        using var options = new CriuOptions(Without("criu_local_set_empty_ns"));

        var failure = Assert.Throws<CriuFeatureMissingException>(() => options.NetworkLock = CriuNetworkLock.Skip);

        Assert.Equal(new Version(3, 19), failure.Introduced);
    }

    [Fact]
    public void RequiredFunctionThatIsMissingIsNamed()
    {
        var failure = Assert.Throws<CriuNotFoundException>(() => Without("criu_local_restore_child"));

        Assert.Contains("criu_local_restore_child", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void VersionIsToldByTheFunctions()
    {
        var library = LiveCriu.Require().Library;

        Assert.Equal(new Version(4, 2), library.OldestPossibleVersion);
        Assert.Equal(new Version(3, 19), Without("criu_local_set_config_file").OldestPossibleVersion);
        Assert.All(Enum.GetValues<CriuFeature>(), feature => Assert.True(library.Supports(feature)));
        Assert.False(Without("criu_local_set_config_file").Supports(CriuFeature.ConfigFile));
    }

    [Theory]
    [InlineData("/nonexistent/libcriu.so.2", "no such file")]
    [InlineData("/etc/passwd", "cannot be loaded")]
    [InlineData("libc.so.6", "is not a usable libcriu")]
    public void WhatIsNotLibCriuIsRefused(string path, string reason)
    {
        var failure = Assert.Throws<CriuNotFoundException>(() => LibCriu.Load(path));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }

    // The real library with one function hidden.
    private static LibCriu Without(string hidden)
    {
        var path = LiveCriu.Require().LibCriuPath;
        var library = NativeLibrary.Load(path);
        return new LibCriu(path, name => name != hidden && NativeLibrary.TryGetExport(library, name, out var address) ? address : 0);
    }
}
