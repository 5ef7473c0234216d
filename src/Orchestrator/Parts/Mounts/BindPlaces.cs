using System.Globalization;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;

namespace LxcNative.Orchestrator.Parts.Mounts;

/// <summary>What of the host is bound into the container, bound once more at places that root alone can reach: criu takes a path, and what was looked at by its
/// descriptor is what it finds there.</summary>
/// <param name="directory">A directory for them, below /run/lxcnative.</param>
internal sealed class BindPlaces(string directory)
{
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

    /// <summary>The place of one.</summary>
    public string this[ExternalMount mount] => _places[mount.Key];

    /// <summary>Makes them. The calling thread must have a private mount namespace.</summary>
    /// <exception cref="Errors.RefusedException">One is not what it was.</exception>
    public void Make(IReadOnlyList<ExternalMount> mounts)
    {
        PrivateDirectory.Create(directory);
        foreach (var mount in mounts)
        {
            using var source = BindSources.Open(mount, mounts);
            var place = Path.Combine(directory, _places.Count.ToString(CultureInfo.InvariantCulture));
            if (FileStatus.Read(source).IsDirectory)
                PrivateDirectory.Create(place);
            else
                File.Create(place).Dispose();
            using var copy = DetachedMount.Clone(source);
            DetachedMount.Attach(copy, place);
            _places[mount.Key] = place;
        }
    }
}
