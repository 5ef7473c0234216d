using LxcNative.Native.Handles;

namespace LxcNative.Native.Processes;

/// <summary>What <see cref="Spawn"/> starts.</summary>
internal sealed record SpawnRequest
{
    /// <summary>The program's absolute path; PATH is not searched.</summary>
    public required string Path { get; init; }

    /// <summary>argv, the name of the program first.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The whole environment: nothing is inherited.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What the child has open, by the number there; the handles stay the caller's. 0, 1 and 2 are /dev/null where they are not
    /// named here; every other descriptor is closed.</summary>
    public IReadOnlyDictionary<int, FileDescriptor> Descriptors { get; init; } = new Dictionary<int, FileDescriptor>();

    /// <summary>Whether the child leads a new session, without a controlling terminal.</summary>
    public bool NewSession { get; init; }

    /// <summary>The terminal that the child has as its controlling one and as 0, 1 and 2, by its path as the child sees it; it leads a new session then. Null
    /// for none.</summary>
    public string? Terminal { get; init; }

    /// <summary>Which permission bits new files of the child do not get (umask(2)); null for the caller's. The caller's own stays as it is.</summary>
    public uint? Umask { get; init; }

    /// <summary>The child's working directory; null for the caller's.</summary>
    public string? WorkingDirectory { get; init; }
}
