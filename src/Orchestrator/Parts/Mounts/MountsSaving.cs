using LxcNative.Native.Criu;

namespace LxcNative.Orchestrator.Parts.Mounts;

/// <summary>Tells criu what of the host is mounted in the container.</summary>
internal sealed class MountsSaving(MountsState state) : StateSaving(state)
{
    private readonly MountsState _state = state;

    /// <inheritdoc />
    public override IEnumerable<string> Externals => _state.External.Select(mount => $"mnt[{mount.MountPoint}]:{mount.Key}");

    /// <inheritdoc />
    public override void DescribeTo(CriuOptions criu)
    {
        foreach (var type in _state.EnabledFileSystems)
            criu.AddEnabledFileSystem(type);
    }
}
