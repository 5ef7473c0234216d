using System.Text.Json;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Containers;

/// <summary>A container that a restore brought back, as its monitor records it under /run/lxcnative/containers.</summary>
/// <param name="Name">The container's name.</param>
/// <param name="LxcPath">Where LXC keeps it.</param>
/// <param name="InitPid">Its init, as the host sees it.</param>
/// <param name="InitStartTime">The init's start time in clock ticks since boot: a recycled pid has another.</param>
/// <param name="MonitorPid">The monitor, init's parent.</param>
/// <param name="ImagesDirectory">What it was restored from.</param>
public sealed record RestoredContainer(string Name, string LxcPath, int InitPid, ulong InitStartTime, int MonitorPid, string ImagesDirectory)
{
    /// <summary>Where the records are.</summary>
    internal const string Directory = RunDirectory.Containers;

    /// <summary>The file of the record.</summary>
    internal static string PathOf(string name) => $"{Directory}/{name}.json";

    /// <summary>The live record of that name, or null.</summary>
    public static RestoredContainer? ByName(string name) => Read(PathOf(name)) is { IsAlive: true } found ? found : null;

    /// <summary>The live record whose init is <paramref name="initPid"/>, or null.</summary>
    public static RestoredContainer? ByInit(int initPid) => All().FirstOrDefault(one => one.InitPid == initPid);

    /// <summary>Every live record.</summary>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static IEnumerable<RestoredContainer> All()
    {
        RootOnly.Require("reading the records of restored containers");
        return System.IO.Directory.Exists(Directory)
            ? System.IO.Directory.EnumerateFiles(Directory, "*.json").Select(Read).OfType<RestoredContainer>().Where(one => one.IsAlive)
            : [];
    }

    /// <summary>Writes the record, whole or not at all, and removes those whose container ended together with its monitor.</summary>
    internal void Write()
    {
        PrivateDirectory.Create(Directory);
        var temporary = PathOf(Name) + $".{Environment.ProcessId}.tmp";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(this, OrchestratorJson.Default.RestoredContainer));
        File.Move(temporary, PathOf(Name), overwrite: true);
        foreach (var dead in System.IO.Directory.EnumerateFiles(Directory, "*.json").Select(Read).OfType<RestoredContainer>().Where(one => !one.IsAlive))
            dead.Remove();
    }

    /// <summary>Removes the record if it is still this one's.</summary>
    internal void Remove()
    {
        if (Read(PathOf(Name)) == this)
            File.Delete(PathOf(Name));
    }

    // A record whose init is gone outlived its container: the monitor was killed.
    private bool IsAlive => !new ProcessIdentity(InitPid, InitStartTime).HasEnded;

    private static RestoredContainer? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), OrchestratorJson.Default.RestoredContainer);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            // Gone since it was listed, or not a record of ours.
            return null;
        }
    }
}
