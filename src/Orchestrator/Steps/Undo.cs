using System.Text.Json.Serialization;
using LxcNative.Orchestrator.Steps.Undoing;

namespace LxcNative.Orchestrator.Steps;

/// <summary>How something that was made, or only intended, is taken away again by whoever finds it in a journal. May be run twice, and where nothing was
/// made.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AppArmorUndo), "apparmor")]
[JsonDerivedType(typeof(CgroupParentsUndo), "cgroups-above")]
[JsonDerivedType(typeof(CgroupUndo), "cgroups")]
[JsonDerivedType(typeof(CloneHomeUndo), "clone-home")]
[JsonDerivedType(typeof(GhostFilesUndo), "ghost-files")]
[JsonDerivedType(typeof(KeptLinkUndo), "kept-link")]
[JsonDerivedType(typeof(LinkNameUndo), "link-name")]
[JsonDerivedType(typeof(LinkUndo), "link")]
[JsonDerivedType(typeof(MonitorCgroupUndo), "monitor-cgroups")]
[JsonDerivedType(typeof(PlaceUndo), "place")]
[JsonDerivedType(typeof(RecordUndo), "record")]
[JsonDerivedType(typeof(SegmentLimitUndo), "segment-limit")]
[JsonDerivedType(typeof(ThrowAwayUndo), "throw-away")]
[JsonDerivedType(typeof(UnitsUndo), "units")]
internal abstract record Undo
{
    /// <summary>What it takes away, in words.</summary>
    [JsonIgnore]
    public abstract string What { get; }

    /// <summary>Takes it away.</summary>
    /// <exception cref="Native.Errors.LinuxException">The kernel refused it.</exception>
    /// <exception cref="IOException">A file or directory could not be removed.</exception>
    public abstract void Run();

    /// <summary>Takes it away when the process that made it is dead, and its place may be another's since.</summary>
    /// <inheritdoc cref="Run" />
    public virtual void Recover() => Run();
}
