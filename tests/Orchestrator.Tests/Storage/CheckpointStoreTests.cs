using LxcNative.Native.Files;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Steps.Undoing;
using LxcNative.Orchestrator.Storage;
using LxcNative.Orchestrator.Tests.Checkpoints;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Storage;

/// <summary>Directories of checkpoints, real ones: what is found, and what a deletion touches.</summary>
public sealed class CheckpointStoreTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly CheckpointStore _store;

    public CheckpointStoreTests()
    {
        Requirement.Root();
        _store = new CheckpointStore(_place["store"]);
    }

    public void Dispose() => _place.Dispose();

    [Fact]
    public void AStoreThatDoesNotExistIsEmpty() => Assert.Empty(_store.List());

    [Fact]
    public void ACompleteOneIsListedWithWhatItsManifestSays()
    {
        var directory = Make("web", 1, label: "before");

        var one = Assert.Single(_store.List());

        Assert.Equal((directory, "web", "before", true, true), (one.Directory, one.Container, one.Label, one.HasManifest, one.IsComplete));
        Assert.Equal($"web/{Path.GetFileName(directory)}", one.Reference);
        Assert.Equal(new FileInfo(Path.Combine(directory, CheckpointManifest.FileName)).Length + 4, one.Bytes);
        // There is no such root on this host.
        Assert.False(one.IsRestorable);
        Assert.Contains(one.Findings, finding => finding.Id == "LXN202");
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("longer")]
    [InlineData("writable")]
    [InlineData("link")]
    public void ADamagedOneIsNotComplete(string damage)
    {
        var image = Path.Combine(Make("web", 1), "inventory.img");
        switch (damage)
        {
            case "missing": File.Delete(image); break;
            case "longer": File.AppendAllText(image, "x"); break;
            case "writable": File.SetUnixFileMode(image, (UnixFileMode)0x1b6); break;
            default: File.Move(image, _place["elsewhere"]); File.CreateSymbolicLink(image, _place["elsewhere"]); break;
        }

        Assert.Equal((true, false, false), Assert.Single(_store.List()) is var one ? (one.HasManifest, one.IsComplete, one.IsRestorable) : default);
    }

    [Fact]
    public void OneWithoutAManifestIsListedAsNotCompleted()
    {
        File.Delete(Path.Combine(Make("web", 1), CheckpointManifest.FileName));

        Assert.Equal(("web", false, false), Assert.Single(_store.List()) is var one ? (one.Container, one.HasManifest, one.IsComplete) : default);
    }

    [Fact]
    public void ADirectoryOfSomebodyElseIsNotRead()
    {
        var directory = Make("web", 1);
        File.SetUnixFileMode(directory, (UnixFileMode)0x1ff);

        var one = Assert.Single(_store.List());

        Assert.Equal((false, false, null), (one.HasManifest, one.IsComplete, one.Label));
        Assert.Throws<RefusedException>(() => CheckpointDeletion.Run(one));
        Assert.True(File.Exists(Path.Combine(directory, "inventory.img")));
    }

    // No tmpfs has room for that.
    [Fact]
    public void ImagesThatNobodyKeepsAreNoCheckpointAndGo()
    {
        var real = Make("web", 2);
        using (var images = ThrowAwayDirectory.For("web", long.MaxValue, _store.Path))
        {
            Assert.Equal(_store.Path, Path.GetDirectoryName(images.Path));
            Make(images.Path, "web", null);

            Assert.Equal(real, Assert.Single(_store.List()).Directory);
        }

        Assert.Equal([_place["store/web"]], Directory.EnumerateDirectories(_store.Path));
    }

    [Fact]
    public void ThoseOfADeadRunAreRemovedAndNothingElse()
    {
        var (images, other) = (Make(_place[".lxcnative-x"], "web", null), Make(_place["lxcnative-x"], "web", null));
        File.CreateSymbolicLink(_place[".lxcnative-link"], other);

        foreach (var path in (string[])[images, images, other, _place[".lxcnative-link"]])
            new ThrowAwayUndo(path).Recover();

        Assert.False(Directory.Exists(images));
        Assert.True(File.Exists(Path.Combine(other, CheckpointManifest.FileName)));
    }

    [Fact]
    public void LinksInTheStoreAreNotFollowed()
    {
        var directory = Make("web", 1);
        File.CreateSymbolicLink(_place["store/other"], _place["store/web"]);
        File.CreateSymbolicLink(_place["store/web/link"], directory);

        Assert.Single(_store.List());
        Assert.Contains("link", Assert.Throws<RefusedException>(() => _store.Exactly(_place["store/web/link"], isDirectory: true)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AManifestThatIsAPipeKeepsNobodyWaiting()
    {
        var directory = Make("web", 1);
        File.Delete(Path.Combine(directory, CheckpointManifest.FileName));
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(directory, CheckpointManifest.FileName)]))
            mkfifo.WaitForExit();

        Assert.False(Assert.Single(_store.List()).IsComplete);
        Assert.Throws<RefusedException>(() => CheckpointManifest.Read(directory));
    }

    [Fact]
    public void OthersAreFoundInAndBelowADirectory()
    {
        var one = Make(_place["dump"], "web", null);
        var below = Make(_place["parent/a"], "web", null);
        var deep = Make(_place["parent/web/b"], "web", null);
        Directory.CreateDirectory(_place["parent/empty"]);

        Assert.Equal([one, below, deep], _store.List([one, _place["parent"], one]).Select(found => found.Directory).Order(StringComparer.Ordinal));
        Assert.Throws<RefusedException>(() => _store.List([_place["absent"]]));
    }

    [Fact]
    public void TheyAreNamedByTimeOrLabel()
    {
        var (old, middle, newest) = (Make("web", 3, "first"), Make("web", 2, "twice"), Make("web", 1, "twice"));

        Assert.Equal(newest, _store.Find("web"));
        Assert.Equal(old, _store.Find("web/first"));
        Assert.Equal(newest, _store.Find("web/twice"));
        Assert.Equal(middle, _store.Find($"web/{Path.GetFileName(middle)}"));
        Assert.Equal(old, _store.Exactly("web/first").Directory);
        Assert.Contains("2 checkpoints", Assert.Throws<RefusedException>(() => _store.Exactly("web/twice")).Message, StringComparison.Ordinal);
        Assert.Contains("names a container", Assert.Throws<RefusedException>(() => _store.Exactly("web")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatWasMeantIsAsked()
    {
        Make("web", 1, "before");

        Assert.EndsWith("; did you mean web?", Refusal("wbe"), StringComparison.Ordinal);
        Assert.EndsWith("; did you mean web/before?", Refusal("web/befor"), StringComparison.Ordinal);
        Assert.DoesNotContain("mean", Refusal("database"), StringComparison.Ordinal);
        Assert.EndsWith(", which has 1 checkpoint of web", Refusal("web/quite-another"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("web/../../etc")]
    [InlineData("../etc/x")]
    [InlineData("web/.")]
    [InlineData("web/")]
    [InlineData("/etc")]
    [InlineData("")]
    [InlineData("web/a\nb")]
    public void HostileNamesAreRefused(string name)
    {
        Make("web", 1);

        Assert.Throws<RefusedException>(() => _store.Find(name));
        Assert.Throws<RefusedException>(() => _store.Exactly(name));
    }

    [Fact]
    public void ADeletionRemovesTheDirectoryAndTheContainersWithTheLast()
    {
        var (one, other) = (Make("web", 2), Make("web", 1));

        Assert.Empty(CheckpointDeletion.Run(_store.Exactly($"web/{Path.GetFileName(one)}")));
        Assert.False(Directory.Exists(one));
        Assert.True(Directory.Exists(other));
        Assert.Empty(CheckpointDeletion.Run(_store.Exactly($"web/{Path.GetFileName(other)}")));
        Assert.False(Directory.Exists(_place["store/web"]));
        Assert.True(Directory.Exists(_place["store"]));
    }

    [Fact]
    public void ADryRunRemovesNothing()
    {
        var directory = Make("web", 1);

        CheckpointDeletion.Run(Assert.Single(_store.List()), dryRun: true);

        Assert.True(Assert.Single(_store.List()) is { IsComplete: true } && Directory.Exists(directory));
    }

    [Fact]
    public void ADeletionDoesNotFollowLinksAndLeavesDirectories()
    {
        var directory = Make("web", 1);
        Directory.CreateDirectory(_place["precious"]);
        File.WriteAllText(_place["precious/file"], "x");
        File.CreateSymbolicLink(Path.Combine(directory, "core-1.img"), _place["precious/file"]);
        File.CreateSymbolicLink(Path.Combine(directory, "link"), _place["precious"]);
        Directory.CreateDirectory(Path.Combine(directory, "own"));
        File.WriteAllText(Path.Combine(directory, "own/file"), "x");

        var left = CheckpointDeletion.Run(Assert.Single(_store.List()));

        Assert.Equal([Path.Combine(directory, "own")], left);
        Assert.Equal([Path.Combine(directory, "own")], Directory.EnumerateFileSystemEntries(directory));
        Assert.True(File.Exists(_place["precious/file"]) && File.Exists(Path.Combine(directory, "own/file")));
    }

    [Fact]
    public void ADirectoryThatHasBecomeALinkIsNotDeleted()
    {
        var one = Assert.Single(_store.List([Make(_place["dump"], "web", null)]));
        var precious = Make(_place["precious"], "web", null);
        Directory.Delete(one.Directory, recursive: true);
        File.CreateSymbolicLink(one.Directory, precious);

        Assert.Throws<RefusedException>(() => CheckpointDeletion.Run(one));

        Assert.True(File.Exists(Path.Combine(precious, "inventory.img")));
    }

    [Fact]
    public void WhatIsNoCheckpointIsNotDeleted()
    {
        Directory.CreateDirectory(_place["home"]);
        File.WriteAllText(_place["home/letter"], "x");

        Assert.Throws<RefusedException>(() => _store.Exactly(_place["home"], isDirectory: true));
        Assert.Throws<RefusedException>(() => CheckpointDeletion.Run(new StoredCheckpoint(_place["home"], "web")));
        Assert.True(File.Exists(_place["home/letter"]));
    }

    [Fact]
    public void WhatSomebodyUsesIsNotDeletedAndWhatIsDeletedIsNotUsed()
    {
        var directory = Make("web", 1);
        var one = Assert.Single(_store.List());
        using (ImagesUse.Begin(directory))
        using (ImagesUse.Begin(directory))
            Assert.Contains("right now", Assert.Throws<RefusedException>(() => CheckpointDeletion.Run(one)).Message, StringComparison.Ordinal);
        using (var alone = FileOpen.Open(directory, OpenFlags.ReadOnly | OpenFlags.Directory))
        {
            Assert.True(ImagesUse.TryExclude(alone));
            Assert.Contains("being deleted", Assert.Throws<RefusedException>(() => ImagesUse.Begin(directory)).Message, StringComparison.Ordinal);
        }

        Assert.Empty(CheckpointDeletion.Run(one));
    }

    [Fact]
    public void ACheckpointThatIsBeingMadeIsNotDeleted()
    {
        using var images = ImageDirectory.Create(_place["store/web/20300101T000000.000Z"]);
        images.Write("inventory.img", "x");

        Assert.Contains("right now", Assert.Throws<RefusedException>(() => CheckpointDeletion.Run(Assert.Single(_store.List()))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void OneThatFailsDoesNotKeepTheOthers()
    {
        var (used, free) = (Make("web", 2), Make("web", 1));
        using var use = ImagesUse.Begin(used);

        var deleted = CheckpointDeletion.Run(_store.List());

        Assert.Equal([(free, false), (used, true)], deleted.Select(one => (one.Checkpoint.Directory, one.Failure is RefusedException)));
        Assert.False(Directory.Exists(free));
    }

    private string Refusal(string reference) => Assert.Throws<RefusedException>(() => _store.Find(reference)).Message;

    private string Make(string container, int daysAgo, string? label = null)
    {
        var created = new DateTimeOffset(2030, 1, 31, 0, 0, 0, TimeSpan.Zero).AddDays(-daysAgo);
        return Make(_store.NewDirectory(container, created), container, label, created);
    }

    private static string Make(string directory, string container, string? label, DateTimeOffset? created = null)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "inventory.img"), "1234");
        File.WriteAllBytes(Path.Combine(directory, CheckpointManifest.FileName), (ManifestTests.Manifest() with
        {
            Container = SampleContainer.Make() with { Name = container },
            Created = created ?? DateTimeOffset.UnixEpoch,
            Label = label,
            Files = [new ImageFile("inventory.img", 4)],
        }).ToJson());
        return directory;
    }
}
