using System.Text.Json;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Store;

/// <summary>The store's commands over checkpoints of a real container: what list calls restorable is restored.</summary>
public sealed class StoreTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly LxcContainer _container;

    public StoreTests()
    {
        Requirement.LxcNative();
        _container = LxcContainer.StartOnBridge();
    }

    public void Dispose()
    {
        _container.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void WhatIsListedAsRestorableIsRestoredByItsNameAndDeleted()
    {
        using var payload = _container.ConnectPayload();
        var status = payload.RequireGoingOn();
        Checkpoint("--leave-running", "--name", "early");
        Checkpoint("--leave-running", "--name", "late");
        var running = List();
        Assert.Equal(["late", "early"], running.Select(one => one.GetProperty("name").GetString()));
        Assert.All(running, one => Assert.Equal((true, false), (one.GetProperty("complete").GetBoolean(), one.GetProperty("restorable").GetBoolean())));
        Assert.All(running, one => Assert.InRange(one.GetProperty("pause").GetInt64(), 1, 60_000_000));
        Assert.Contains("it runs", Run("list", _container.Name).Output, StringComparison.Ordinal);
        Assert.Equal(3, LxcNativeCommand.Run("restore", $"{_container.Name}/early", "--store", _place.Path).ExitCode);

        Checkpoint("--name", "last");
        var listed = List();
        Assert.Equal(3, listed.Count);
        Assert.All(listed, one => Assert.True(one.GetProperty("restorable").GetBoolean(), one.GetRawText()));
        // Connections would be those of the early one: the server is asked by a new one.
        payload.Dispose();
        var restored = Run("restore", $"{_container.Name}/early");
        _container.Adopt(int.Parse(restored.Output));
        using (var again = _container.ConnectPayload())
            again.RequireGoingOn();

        var deleted = Run("delete", $"{_container.Name}/late", "--json").Json();
        Assert.Equal(1, deleted.GetProperty("deleted").GetArrayLength());
        Assert.Equal(["last", "early"], List().Select(one => one.GetProperty("name").GetString()));
        // The container runs on without the images that it came from.
        Run("delete", _container.Name, "--all");
        Assert.Empty(List());
        Assert.False(Directory.Exists(_place[_container.Name]));
        using (var again = _container.ConnectPayload())
            again.RequireGoingOn();
    }

    [Fact]
    public void PruningLeavesTheNewestWhichComesBack()
    {
        for (var round = 0; round < 3; round++)
            Checkpoint("--leave-running");
        Checkpoint();
        var newest = List()[0].GetProperty("checkpoint").GetString();

        var dry = Run("prune", "--keep", "2", "--dry-run");
        Assert.Contains("2 to be deleted", dry.Output, StringComparison.Ordinal);
        Assert.Equal(4, List().Count);
        Run("prune", "--keep", "2");
        Assert.Equal(2, List().Count);
        var over = LxcNativeCommand.Run("prune", "--max-size", "1", "--store", _place.Path);
        Assert.True(over.ExitCode == 1, over.ToString());
        var left = Assert.Single(List());
        Assert.Equal((newest, true), (left.GetProperty("checkpoint").GetString(), left.GetProperty("restorable").GetBoolean()));

        var restored = Run("restore", _container.Name);
        _container.Adopt(int.Parse(restored.Output));
        using var payload = _container.ConnectPayload();
        payload.RequireGoingOn();
    }

    [Fact]
    public async Task WhatIsBeingRestoredIsNotDeleted()
    {
        var images = Checkpoint();
        // A criu that has begun, and goes on when it is let.
        using var aside = new TemporaryDirectory();
        var criu = aside.Script("criu", $"""
            if [ "$1" = swrk ]; then
                touch {aside["begun"]}
                while ! [ -e {aside["go"]} ]; do sleep 0.05; done
            fi
            exec {CriuCommand.Find()} "$@"
            """);
        var restoring = Task.Run(
            () => LxcNativeCommand.Run(["restore", _container.Name, "--store", _place.Path], new Dictionary<string, string?> { ["LXCNATIVE_CRIU"] = criu }),
            CancellationToken.None);
        try
        {
            Wait.For("the restore to be under way", () => File.Exists(aside["begun"]) || restoring.IsCompleted);
            // As a script would that clears up at the wrong moment.
            Assert.Equal(3, LxcNativeCommand.Run("delete", "-D", images).ExitCode);
            Assert.True(File.Exists(Path.Combine(images, "lxcnative.json")));
        }
        finally
        {
            File.WriteAllText(aside["go"], "");
            await restoring;
        }

        _container.Adopt(int.Parse((await restoring).OrThrow().Output));
        using var payload = _container.ConnectPayload();
        payload.RequireGoingOn();
    }

    private string Checkpoint(params string[] more) => Run(["checkpoint", _container.Name, "--rehearse", "never", .. more]).Output.Trim();

    private List<JsonElement> List() => [.. Run("list", _container.Name, "--json").Json().EnumerateArray()];

    private LxcNativeResult Run(params string[] arguments) => LxcNativeCommand.Run([.. arguments, "--store", _place.Path]).OrThrow();
}
