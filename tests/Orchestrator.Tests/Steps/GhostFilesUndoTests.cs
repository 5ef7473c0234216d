using LxcNative.Orchestrator.Steps.Undoing;

namespace LxcNative.Orchestrator.Tests.Steps;

/// <summary>What a criu that died left beside a container's files goes, and nothing else, wherever the container's links lead.</summary>
public sealed class GhostFilesUndoTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void GhostsOfNamedFilesGoAndOthersStay()
    {
        var root = Make("root/tmp");
        string[] gone = ["tmp/one.cr.1.ghost", "tmp/one.cr.ff.ghost"];
        string[] kept = ["tmp/one", "tmp/two.cr.1.ghost", "tmp/one.cr.xyz.ghost", "tmp/one.cr.1.ghost.bak", "one.cr.1.ghost"];
        foreach (var name in gone.Concat(kept))
            File.WriteAllText(Path.Combine(root, name), "");
        var undo = new GhostFilesUndo(root, ["/tmp/one"]);
        undo.Run();
        undo.Run();
        Assert.Equal(kept.Order(StringComparer.Ordinal), Files(root));
    }

    [Fact]
    public void LinkOfTheContainerLeadsNowhereOutside()
    {
        var (root, outside) = (Make("root"), Make("outside"));
        File.WriteAllText(Path.Combine(outside, "one.cr.1.ghost"), "");
        File.CreateSymbolicLink(Path.Combine(root, "tmp"), outside);
        File.CreateSymbolicLink(Path.Combine(root, "up"), "../outside");
        new GhostFilesUndo(root, ["/tmp/one", "/up/one", "/../outside/one", "/not/there/one"]).Run();
        Assert.True(File.Exists(Path.Combine(outside, "one.cr.1.ghost")));
    }

    [Fact]
    public void NothingIsNeeded()
    {
        new GhostFilesUndo(_place["nowhere"], ["/one"]).Run();
        new GhostFilesUndo(Make("root"), []).Run();
    }

    private string Make(string name) => Directory.CreateDirectory(_place[name]) is var made && name.Contains('/') ? made.Parent!.FullName : made.FullName;

    private static IEnumerable<string> Files(string root) =>
        Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file)).Order(StringComparer.Ordinal);
}
