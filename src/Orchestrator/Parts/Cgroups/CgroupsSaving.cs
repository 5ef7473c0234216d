using LxcNative.Native.Criu;
using LxcNative.Native.Criu.Images;
using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Orchestrator.Parts.Cgroups;

/// <summary>Tells criu which cgroups are the container's, and shows it the host's hierarchies.</summary>
/// <param name="state">The cgroups.</param>
/// <param name="yard">The hierarchies; null where criu finds them by itself.</param>
/// <param name="init">The container's init.</param>
internal sealed class CgroupsSaving(CgroupsState state, CgroupYard? yard, int init) : StateSaving(state)
{
    private readonly CgroupsState _state = state;
    private IReadOnlyDictionary<uint, string> _roots = new Dictionary<uint, string>();

    /// <inheritdoc />
    public override bool Captures => true;

    /// <inheritdoc />
    public override void DescribeTo(CriuOptions criu)
    {
        CgroupRoots.DescribeTo(criu, _state);
        if (yard is not null)
            criu.CgroupYard = yard.Path;
    }

    /// <inheritdoc />
    public override void Capture() => _roots = CgroupMountRoots.Read(init, _state.Cgroups);

    /// <inheritdoc />
    public override void Finish(ImageDirectory images)
    {
        if (_roots.Count == 0)
            return;
        foreach (var name in images.Files().Select(file => file.Name).Where(MountImage.IsName))
            if (CgroupMountRoots.Mend(images.ReadBytes(name), name, _roots) is { } mended)
                images.Write(name, mended);
    }

    /// <inheritdoc />
    protected override void Close() => yard?.Dispose();
}
