using System.Globalization;
using LxcNative.Orchestrator.Restores.Clones;

namespace LxcNative.Orchestrator.Steps.Undoing;

/// <summary>Removes the directory of a container that was to be made and did not come to run.</summary>
/// <param name="Home">The directory.</param>
/// <param name="Monitor">The process that made it, whose mark is in it: without that it is another's.</param>
internal sealed record CloneHomeUndo(string Home, int Monitor) : Undo
{
    private const string MarkName = ".lxcnative-restoring";

    /// <inheritdoc />
    public override string What => Home;

    /// <summary>The mark in a directory.</summary>
    public static string MarkOf(string home) => Path.Combine(home, MarkName);

    /// <summary>Marks a directory.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Mark(string home, int monitor) => File.WriteAllText(MarkOf(home), monitor.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc />
    public override void Run()
    {
        var mark = MarkOf(Home);
        if (!File.Exists(mark) || File.ReadAllText(mark) != Monitor.ToString(CultureInfo.InvariantCulture))
            return;
        // The mark last: what is interrupted is done again.
        foreach (var name in (string[])[Clone.ConfigurationName, Clone.UpperName, Clone.WorkName])
        {
            var path = Path.Combine(Home, name);
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
        }

        File.Delete(mark);
        Directory.Delete(Home);
    }
}
