using LxcNative.Native.Cgroups;
using LxcNative.Native.Criu;

namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>What was found on the host.</summary>
internal sealed record HostObservation
{
    /// <summary>The running kernel's release.</summary>
    public required string Kernel { get; init; }

    /// <summary>criu and libcriu; null when one is missing.</summary>
    public CriuInstallation? Criu { get; init; }

    /// <summary>Why criu or libcriu cannot be used; null when they can.</summary>
    public string? CriuProblem { get; init; }

    /// <summary>Functions that this libcriu has not got.</summary>
    public IReadOnlyList<CriuFeature> MissingFunctions { get; init; } = [];

    /// <summary>What criu can do on this kernel; null when it could not be asked.</summary>
    public CriuFeatures? Features { get; init; }

    /// <summary>The dump of a sleeping child; null when it was not tried.</summary>
    public SelfDumpResult? SelfDump { get; init; }

    /// <summary>Features of the kernel that criu or this library needs and that are missing, with what each is for.</summary>
    public IReadOnlyList<(string Feature, string Purpose)> MissingKernelFeatures { get; init; } = [];

    /// <summary>Whether this process is root.</summary>
    public required bool IsRoot { get; init; }

    /// <summary>The effective capabilities; bit n for capability n of capability(7).</summary>
    public required ulong Capabilities { get; init; }

    /// <summary>Which cgroup hierarchies are mounted.</summary>
    public required CgroupLayout Cgroups { get; init; }

    /// <summary>Why nf_tables cannot be used; null when it can.</summary>
    public string? NfTablesProblem { get; init; }

    /// <summary>Whether the legacy tables can be used instead.</summary>
    public bool HasLegacyTables { get; init; }

    /// <summary>The directory that images go to, or the nearest that exists above it, and what is free there in bytes.</summary>
    public required (string Path, ulong Bytes) FreeSpace { get; init; }

    /// <summary>The <c>ip</c> that criu would run for a network namespace.</summary>
    public required ProgramObservation Ip { get; init; }

    /// <summary>The <c>tar</c> that criu would run for a tmpfs.</summary>
    public required ProgramObservation Tar { get; init; }

    /// <summary>Configuration files that criu reads on its own.</summary>
    public IReadOnlyList<string> ConfigFiles { get; init; } = [];

    /// <summary>Whether a leftover keeps criu from remembering what it learnt of the kernel.</summary>
    public bool HasStaleKernelCache { get; init; }
}
