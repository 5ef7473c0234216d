using LxcNative.Native.Files;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Terminals;
using LxcNative.Orchestrator.Tests.Preflight;

namespace LxcNative.Orchestrator.Tests.Parts.Terminals;

/// <summary>Which terminals criu makes again, which are replaced, and which are lost.</summary>
public class TerminalChoiceTests
{
    private const uint Devpts = 51;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void OneThatControlsNobodyOrWasOpenedOnceIsLeftToCriu(bool twice, bool controls)
    {
        var choice = Choose([("/dev/console", 0)], [("/dev/console", 0, controls), .. twice ? [("/dev/pts/0", 0, false)] : Array.Empty<(string, int, bool)>()]);
        Assert.Empty(choice.Replaced);
        Assert.Empty(choice.Lost);
    }

    [Fact]
    public void OneThatControlsAndWasOpenedTwiceIsReplacedWhereItIsBound()
    {
        (string, int, bool)[] open = [("/dev/pts/0", 0, true), ("/dev/console", 0, false)];
        Assert.Equal("/dev/console", Assert.Single(Choose([("/dev/console", 0)], open).Replaced).MountPoint);
        var unbound = Choose([], [("/dev/pts/0", 0, true), ("/dev/pts/0", 0, true)]);
        Assert.Empty(unbound.Replaced);
        Assert.Empty(unbound.Lost);
    }

    [Fact]
    public void WhatCriuNumbersWrongIsReplacedOrLost()
    {
        // criu takes /dev/tty2 for number 2.
        Assert.Equal("tty[8801:33]", Assert.Single(Choose([("/dev/tty2", 1)], [("/dev/tty2", 1, false)]).Replaced).Terminal);
        Assert.Equal(1, Assert.Single(Choose([], [("/dev/tty2", 1, false)]).Lost).Index);
    }

    [Fact]
    public void TheOneWayGoesToWhomTheOtherIsClosed()
    {
        var choice = Choose([("/dev/console", 0)], [("/dev/console", 0, false), ("/dev/pts/4", 4, false)]);
        Assert.Equal("/dev/console", Assert.Single(choice.Replaced).MountPoint);
        Assert.Empty(choice.Lost);
    }

    [Fact]
    public void OneThatIsBoundTwiceIsReplacedInBothPlaces()
    {
        var choice = Choose([("/dev/console", 0), ("/dev/lxc/console", 0)], [("/dev/pts/0", 0, true), ("/dev/console", 0, false)]);
        Assert.Equal(["/dev/console", "/dev/lxc/console"], choice.Replaced.Select(one => one.MountPoint));
        Assert.Single(choice.Replaced.Select(one => one.Terminal).Distinct());
    }

    [Fact]
    public void WhatTheCallerGivesIsNeither()
    {
        var choice = Choose([], [("/dev/tty2", 1, false)], new CheckpointOptions { External = ["tty[8801:33]"] });
        Assert.Empty(choice.Replaced);
        Assert.Empty(choice.Lost);
    }

    private static TerminalChoice Choose(
        (string At, int Index)[] bound, (string Path, int Index, bool Controls)[] open, CheckpointOptions? options = null)
    {
        var process = SampleSnapshot.Process();
        foreach (var (path, index, controls) in open)
        {
            process.Files.Add(SampleSnapshot.File(process, path, 0x2180, new DeviceNumber(136, (uint)index), new DeviceNumber(0, Devpts)));
            if (controls)
                process.TerminalDevice = 0x8800 + index;
        }

        ContainerMount Bound((string At, int Index) one)
        {
            var sample = SampleContainer.Mount(80 + one.Index, one.At, "devpts", ContainerMountKind.Internal, null);
            return sample with { Entry = sample.Entry with { Root = $"/{one.Index}", Major = 0, Minor = Devpts } };
        }

        return TerminalChoice.Of(
            SampleSnapshot.Make(process, container => container with { Mounts = [.. container.Mounts, .. bound.Select(Bound)] }),
            options ?? new CheckpointOptions());
    }
}
