using LxcNative.Cli.Commands;
using LxcNative.Native.Errors;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Cli.Tests.Parsing;

/// <summary>What is denied to somebody who is not root is told as that.</summary>
public sealed class RootNeedTests
{
    [Fact]
    public void OfWhatTheRuntimeDenies() => Assert.Equal("Access to the path '/run/a' is denied: this needs root, run it with sudo",
        RootNeed.Of(new UnauthorizedAccessException("Access to the path '/run/a' is denied."), isRoot: false));

    [Fact]
    public void OfWhatTheKernelDenies()
    {
        var denied = new SyscallException("statx", "\"/a\"", Errno.EACCES);
        Assert.EndsWith("this needs root, run it with sudo", RootNeed.Of(denied, isRoot: false), StringComparison.Ordinal);
        var verdict = Verdict.Of(new RefusedException("/a cannot be read", denied), isRoot: false);
        Assert.Equal((3, "/a cannot be read: this needs root, run it with sudo"), (verdict.ExitCode, verdict.Message));
    }

    [Fact]
    public void OfWhatSaysSoItself() =>
        Assert.Equal("this needs root: run it with sudo", RootNeed.Of(new UnauthorizedAccessException("this needs root: run it with sudo"), isRoot: false));

    [Fact]
    public void ForRootItHasAnotherReason() => Assert.Null(RootNeed.Of(new SyscallException("statx", "\"/a\"", Errno.EACCES), isRoot: true));

    [Fact]
    public void WhatFailsOtherwiseIsNotOfThat() => Assert.Null(RootNeed.Of(new SyscallException("statx", "\"/a\"", Errno.EIO), isRoot: false));
}
