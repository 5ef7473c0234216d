using System.Globalization;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Parts.Mounts;

/// <summary>What of the host is bound into the container: looked at without following a link, and bound once more at places that root alone can reach, since
/// criu takes a path. What criu made of it is compared before any of the container runs.</summary>
/// <param name="directory">A directory for the places, below /run/lxcnative.</param>
internal sealed class BindPlaces(string directory)
{
    private readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ShownPlace> _shown = new(StringComparer.Ordinal);

    /// <summary>What criu is to bind.</summary>
    public string this[ExternalMount mount] => _sources[mount.Key];

    /// <summary>Makes the places. The calling thread must have a private mount namespace.</summary>
    /// <exception cref="RefusedException">Something is not what it was.</exception>
    public void Make(IReadOnlyList<ExternalMount> mounts)
    {
        PrivateDirectory.CreatePassage(directory);
        var own = MountInfo.ReadSelf();
        foreach (var mount in mounts)
        {
            using var source = BindSources.Open(mount, mounts);
            _shown[mount.Key] = ShownPlace.Of(source, own);
            // criu finds the group of a mount that received from the host's by the path's own mount, which must not show less than others of the group.
            _sources[mount.Key] = mount.IsSlave || mount.Source is null ? mount.HostPath : Bind(source);
        }
    }

    /// <summary>Requires that the container's mounts show what was looked at: somebody may have put something else in its place meanwhile.</summary>
    /// <param name="mounts">Those that were made places for.</param>
    /// <param name="table">The container's.</param>
    /// <exception cref="RefusedException">One shows something else.</exception>
    public void Require(IEnumerable<ExternalMount> mounts, IReadOnlyList<MountEntry> table)
    {
        var now = table.ToLookup(entry => entry.MountPoint, StringComparer.Ordinal);
        foreach (var mount in mounts)
            if (!now[mount.MountPoint].Any(_shown[mount.Key].IsShownBy))
                throw new RefusedException($"{mount.HostPath}, bound to {mount.MountPoint} in the container, was exchanged while it was restored");
    }

    private string Bind(FileDescriptor source)
    {
        var place = Path.Combine(directory, _sources.Count.ToString(CultureInfo.InvariantCulture));
        if (FileStatus.Read(source).IsDirectory)
            PrivateDirectory.Create(place);
        else
            File.Create(place).Dispose();
        using var copy = DetachedMount.Clone(source);
        DetachedMount.Attach(copy, place);
        return place;
    }
}
