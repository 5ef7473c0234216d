using System.Globalization;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Containers;

using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Parts.Cgroups;

/// <summary>A directory that shows criu the host's cgroup hierarchies: without it criu mounts each of them while the container stands still.</summary>
internal sealed class CgroupYard : IDisposable
{
    private const string Base = RunDirectory.Yards;
    private const string Unified = "unified";
    private const string NamePrefix = "name=";

    private bool _isRemoved;

    private CgroupYard(string path) => Path = path;

    /// <summary>The directory.</summary>
    public string Path { get; }

    /// <summary>Makes it; null where a hierarchy is not mounted on the host from its root on, so that criu has to.</summary>
    public static CgroupYard? Make(Container container)
    {
        var entries = Entries(container.Cgroups);
        if (entries is null)
            return null;
        RemoveAbandoned();
        var yard = new CgroupYard(System.IO.Path.Combine(Base, $"{Environment.ProcessId}.{Guid.NewGuid():N}"));
        PrivateDirectory.Create(yard.Path);
        foreach (var (name, directory) in entries)
            File.CreateSymbolicLink(System.IO.Path.Combine(yard.Path, name), directory);
        return yard;
    }

    /// <summary>The name of each entry with the hierarchy's directory; null where one is not known.</summary>
    internal static IReadOnlyList<(string Name, string Directory)>? Entries(IReadOnlyList<ContainerCgroup> cgroups)
    {
        var entries = new List<(string, string)>();
        foreach (var cgroup in cgroups)
        {
            if (cgroup.Directory is not { } directory || !directory.EndsWith(cgroup.Path == "/" ? "" : cgroup.Path, StringComparison.Ordinal))
                return null;
            var root = cgroup.Path == "/" ? directory : directory[..^cgroup.Path.Length];
            var joined = cgroup.IsUnified ? Unified : string.Join(',', cgroup.Controllers);
            // criu asks for a hierarchy by one controller or by all of them.
            foreach (var name in cgroup.Controllers.Append(joined).Distinct(StringComparer.Ordinal))
                entries.Add((name.StartsWith(NamePrefix, StringComparison.Ordinal) ? name[NamePrefix.Length..] : name, root));
        }

        return entries;
    }

    // Those of commands that were killed.
    private static void RemoveAbandoned()
    {
        if (!Directory.Exists(Base))
            return;
        foreach (var path in Directory.EnumerateDirectories(Base))
        {
            var name = System.IO.Path.GetFileName(path.AsSpan());
            if (!int.TryParse(name[..Math.Max(name.IndexOf('.'), 0)], NumberStyles.None, CultureInfo.InvariantCulture, out var owner)
                || Directory.Exists($"/proc/{owner}"))
                continue;
            try
            {
                Directory.Delete(path, recursive: true);
            }
            catch (IOException)
            {
                // Another command removes it at the same moment.
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // A checkpoint lets go of it twice: as soon as the container runs on or has ended, and at its own end.
        if (_isRemoved)
            return;
        _isRemoved = true;
        // Only links are in it: what they lead to is not followed.
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
