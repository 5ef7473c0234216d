using LxcNative.Native.Criu;

namespace LxcNative.Orchestrator.Parts.Cgroups;

/// <summary>Tells criu which cgroups are the container's, and shows it the host's hierarchies.</summary>
internal sealed class CgroupsSaving(CgroupsState state, CgroupYard? yard) : StateSaving(state)
{
    private readonly CgroupsState _state = state;

    /// <inheritdoc />
    public override void DescribeTo(CriuOptions criu)
    {
        CgroupRoots.DescribeTo(criu, _state);
        if (yard is not null)
            criu.CgroupYard = yard.Path;
    }

    /// <inheritdoc />
    protected override void Close() => yard?.Dispose();
}
