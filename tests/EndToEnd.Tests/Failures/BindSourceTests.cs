using System.Text.RegularExpressions;
using LxcNative.EndToEnd.Tests.Cycles;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Failures;

/// <summary>A container that can write above a directory which is bound into it may put a link to the host in its place.</summary>
public sealed class BindSourceTests : IDisposable
{
    private const int Refused = 3;
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void ALinkToTheHostsRootInThePlaceOfABindSourceIsNotRestored()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        var given = _place["given"];
        Directory.CreateDirectory($"{given}/own");
        File.WriteAllText($"{given}/own/file", "the container's own");
        using var container = LxcContainer.Start(new LxcContainerOptions
        {
            Configuration = [$"lxc.mount.entry = {given} srv none bind,create=dir 0 0"],
            BootScript = ["mkdir -p /bound", "mount -o bind /srv/own /bound"],
        });
        Unchanged.Settle(container);
        Wait.For("it bound a part of what it was given", () => container.Inside("mount", "/bin/cat", "/bound/file").Succeeded);
        var images = _place["images"];
        Cycle.Checkpoint(container, images);

        // What the container can do itself, in what was given to it.
        Directory.Move($"{given}/own", $"{given}/away");
        Directory.CreateSymbolicLink($"{given}/own", "/");
        var refusal = LxcNativeCommand.Run("restore", "-D", images);
        Assert.True(refusal.ExitCode == Refused, refusal.ToString());
        Assert.Contains("symbolic link in its path", refusal.Error, StringComparison.Ordinal);

        // Whoever knows what it shall be says so.
        var other = Regex.Match(refusal.Error, @"--external (mnt\[\S+\]):PATH").Groups[1].Value;
        Cycle.Restore(container, images, "--external", $"{other}:{given}/away");
        Assert.Equal("the container's own", container.Inside("mount", "/bin/cat", "/bound/file").OrThrow().Output.Trim());

        // And nothing of it stands in the way of the next generation.
        var second = _place["second"];
        Cycle.Checkpoint(container, second);
        Cycle.Restore(container, second);
        Assert.Equal("the container's own", container.Inside("mount", "/bin/cat", "/bound/file").OrThrow().Output.Trim());
    }
}
