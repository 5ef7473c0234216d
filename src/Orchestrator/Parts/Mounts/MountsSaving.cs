using LxcNative.Native.Criu;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Parts.Mounts;

/// <summary>Tells criu what of the host is mounted in the container.</summary>
/// <param name="state">It, as it was found.</param>
/// <param name="init">The container's init.</param>
internal sealed class MountsSaving(MountsState state, int init) : StateSaving(state)
{
    private readonly MountsState _state = state;

    /// <inheritdoc />
    public override IEnumerable<string> Externals => _state.External.Select(mount => $"mnt[{mount.MountPoint}]:{mount.Key}");

    /// <inheritdoc />
    public override bool Captures => _state.External.Count > 0;

    /// <inheritdoc />
    public override void DescribeTo(CriuOptions criu)
    {
        foreach (var type in _state.EnabledFileSystems)
            criu.AddEnabledFileSystem(type);
    }

    /// <summary>Looks again: what was renamed since is no more where the restore would look for it.</summary>
    /// <exception cref="RefusedException">Something is not what it was.</exception>
    public override void Capture()
    {
        var now = MountInfo.Read(init).ToLookup(entry => entry.MountPoint, StringComparer.Ordinal);
        foreach (var mount in _state.External)
        {
            if (now[mount.MountPoint].All(entry => entry.Root != mount.Source!.Path))
                throw new RefusedException(
                    $"{mount.HostPath}, bound to {mount.MountPoint} in the container, was renamed or mounted anew while it was looked at: try again");
            BindSources.Open(mount, _state.External).Dispose();
        }
    }
}
