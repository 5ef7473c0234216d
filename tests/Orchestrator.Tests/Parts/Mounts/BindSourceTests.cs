using System.Diagnostics;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Parts.Mounts;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Parts.Mounts;

/// <summary>What of the host is bound into a container, which may put something else in its place.</summary>
public sealed class BindSourceTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly Process _container;
    private readonly IReadOnlyList<MountEntry> _entries;

    public BindSourceTests()
    {
        Requirement.Root();
        Directory.CreateDirectory(_place["given/own"]);
        File.WriteAllText(_place["given/own/file"], "own");
        Directory.CreateDirectory(_place["there"]);
        Directory.CreateDirectory(_place["bound"]);
        // As a container that was given a directory, and bound a part of it once more.
        _container = Process.Start(new ProcessStartInfo("unshare", ["--mount", "--propagation", "private", "sh", "-c",
            $"mount --bind {_place["given"]} {_place["there"]} && mount --bind {_place["there"]}/own {_place["bound"]} && echo && exec sleep 1000"])
        {
            RedirectStandardOutput = true,
        })!;
        _container.StandardOutput.ReadLine();
        _entries = [.. MountInfo.Read(_container.Id).Where(entry => entry.MountPoint.StartsWith(_place.Path, StringComparison.Ordinal))];
        Assert.Equal(2, _entries.Count);
    }

    public void Dispose()
    {
        _container.Kill();
        _container.WaitForExit();
        _container.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void WhatTheContainerBoundItselfIsWithinWhatItWasGiven()
    {
        var found = Describe();
        Assert.Equal([_place["given"], _place["given/own"]], found.Select(mount => mount.HostPath));
        Assert.Equal([null, found[0].Key], found.Select(mount => mount.Within));
        new MountsSaving(new MountsState { External = found }, _container.Id).Capture();
    }

    [Fact]
    public void ALinkInItsPlaceIsNotFollowed()
    {
        var found = Describe();
        Directory.Move(_place["given/own"], _place["given/away"]);
        Directory.CreateSymbolicLink(_place["given/own"], "/");
        Assert.Contains("symbolic link", Refusal(found[1], found), StringComparison.Ordinal);
        // Nor one above it, be it of a manifest that knows no more than its path.
        Directory.CreateSymbolicLink(_place["through"], _place["given"]);
        var old = found[1] with { HostPath = _place["through/away"], Source = null, Within = null };
        Assert.Contains("symbolic link", Refusal(old, [old]), StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherDirectoryInItsPlaceIsNotTaken()
    {
        var found = Describe();
        Directory.Move(_place["given/own"], _place["given/away"]);
        Directory.CreateDirectory(_place["given/own"]);
        Assert.Contains("is not the directory that it was", Refusal(found[1], found), StringComparison.Ordinal);
        Directory.Delete(_place["given/own"]);
        File.WriteAllText(_place["given/own"], "");
        Assert.Contains("was a directory, and is a file now", Refusal(found[1], found), StringComparison.Ordinal);
        File.Delete(_place["given/own"]);
        Assert.Contains("does not exist on this host", Refusal(found[1], found), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatTheHostMountsOverItLaterIsNotShownToTheContainer()
    {
        var found = Describe();
        Mount.MountFileSystem("tmpfs", "lxcnative-test", _place["given/own"]);
        try
        {
            Assert.Contains("something else mounted on it", Refusal(found[1], found), StringComparison.Ordinal);
        }
        finally
        {
            Mount.Unmount(_place["given/own"]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ARenameBetweenLookAndFreezeIsSeenWhileItIsFrozen(bool isPutBack)
    {
        var saving = new MountsSaving(new MountsState { External = Describe() }, _container.Id);
        Directory.Move(_place["given/own"], _place["given/away"]);
        if (isPutBack)
            Directory.CreateDirectory(_place["given/own"]);
        Assert.Contains("was renamed", Assert.Throws<RefusedException>(saving.Capture).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatWasExchangedWhileItWasRestoredIsSeenByWhatTheContainerShows() => NamespaceThread.RunInNewNamespaces(NamespaceKind.Mount, () =>
    {
        Mount.SetPropagation("/", Propagation.Private, recursive: true);
        var found = Describe();
        var places = new BindPlaces(_place["places"]);
        places.Make(found);
        places.Require(found, _entries);
        // What is at the place is the same, whatever becomes of the path.
        Directory.Move(_place["given/own"], _place["given/away"]);
        Directory.CreateSymbolicLink(_place["given/own"], "/");
        Assert.Equal("own", File.ReadAllText($"{places[found[1]]}/file"));
        var root = MountInfo.Read(1).First(entry => entry.MountPoint == "/");
        Assert.Contains("was exchanged", Assert.Throws<RefusedException>(() => places.Require(found,
            [_entries[0], root with { MountPoint = found[1].MountPoint }])).Message, StringComparison.Ordinal);
        foreach (var mount in found)
            Mount.Unmount(places[mount]);
    });

    [Fact]
    public void AManifestCannotSayThatItIsWithinAnythingElse()
    {
        var found = Describe();
        Assert.Contains("damaged", Refusal(found[1] with { Within = "nothing" }, found), StringComparison.Ordinal);
        Assert.Contains("damaged", Refusal(found[1] with { Within = found[1].Key }, found), StringComparison.Ordinal);
    }

    private static string Refusal(ExternalMount mount, IReadOnlyList<ExternalMount> all) =>
        Assert.Throws<RefusedException>(() => BindSources.Open(mount, all)).Message;

    private IReadOnlyList<ExternalMount> Describe() => BindSources.Describe(
        _entries.Select((entry, i) => new ContainerMount(entry, ContainerMountKind.External, i == 0 ? _place["given"] : _place["given/own"])));
}
