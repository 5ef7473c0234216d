namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>A process of the container as it was seen.</summary>
internal sealed class ObservedProcess
{
    /// <summary>As the host sees it.</summary>
    public required int Pid { get; init; }

    /// <summary>As the container sees it.</summary>
    public required int PidInside { get; init; }

    public required string Name { get; init; }

    public required StatusFields Status { get; set; }

    /// <summary>The threads besides the first, with their states.</summary>
    public (int Id, StatusFields Status)[] OtherThreads { get; set; } = [];

    /// <summary>The session, as the host sees it.</summary>
    public int Session { get; set; }

    /// <summary>The controlling terminal's device in the kernel's encoding; 0 for none.</summary>
    public int TerminalDevice { get; set; }

    public NamespaceInodes Namespaces { get; set; }

    /// <summary>What it has open: descriptors, then its program, its directory, and those of its mappings that matter.</summary>
    public List<ObservedFile> Files { get; } = [];

    /// <summary>Mappings that criu looks at twice: see <see cref="MappingScan"/>.</summary>
    public List<ObservedMapping> Mappings { get; } = [];

    /// <summary>Whether all of its memory is below 4 GiB, as only a 32-bit program's is.</summary>
    public bool IsBelow4GiB { get; set; }

    /// <summary>Whether it has ended and waits for its parent.</summary>
    public bool HasEnded => Status.State is 'Z' or 'X';

    /// <summary>How messages call it.</summary>
    public string Describe() => $"process {PidInside} ({Name}; {Pid} on the host)";
}
