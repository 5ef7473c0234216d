using System.Text.Json;
using System.Text.Json.Serialization;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Engines.Lxc.Scripts;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Parts;
using LxcNative.Orchestrator.Restores.Clones;
using LxcNative.Orchestrator.Restores.Rehearsals;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Restores;

/// <summary>What a restore will do: derived from the manifest and the options alone, nothing is read or changed.</summary>
internal sealed record RestorePlan
{
    /// <summary>The container's name.</summary>
    public required string Name { get; init; }

    /// <summary>Where LXC keeps it.</summary>
    public required string LxcPath { get; init; }

    /// <summary>Where the images are.</summary>
    public required string ImagesDirectory { get; init; }

    /// <summary>The name of criu's log there.</summary>
    public required string LogFile { get; init; }

    /// <summary>How much criu logs.</summary>
    public required int Verbosity { get; init; }

    /// <summary>Whether the host's init becomes the container's parent.</summary>
    public required bool Detached { get; init; }

    /// <summary>Whether it is compared with its checkpoint before it runs.</summary>
    public bool Verify { get; init; }

    /// <summary>Whether it has to be as it was.</summary>
    public bool Strict { get; init; }

    /// <summary>What becomes of packets that come before the container runs.</summary>
    public NetworkLockMode Lock { get; init; }

    /// <summary>Another profile of a security module, or <see cref="RestoreOptions.Unconfined"/>; null for what each task had.</summary>
    public required string? LsmProfile { get; init; }

    /// <summary>The names of a rehearsal; null for a restore.</summary>
    public Rehearsal? Rehearsal { get; init; }

    /// <summary>What it has of its own under another name; null where it gets the one that it had.</summary>
    public Clone? Cloned { get; init; }

    /// <summary>The options of the checkpoint that are repeated.</summary>
    public required ManifestOptions Options { get; init; }

    /// <summary>The states of the parts, as the options want them.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Parts { get; init; }

    /// <summary>The same, to be read.</summary>
    [JsonIgnore]
    public PartStates States => new(Parts);

    /// <summary>What the host's administrator has run for the container.</summary>
    /// <param name="hostMounts">The host's mount namespace; stays the caller's.</param>
    public HostScripts ScriptsIn(FileDescriptor hostMounts) => new(Name, Path.Combine(LxcPath, Name, "config"), hostMounts);

    /// <summary>Plans the restore of the checkpoint in <paramref name="imagesDirectory"/>.</summary>
    /// <exception cref="RefusedException">An option names what the container does not have, or the manifest holds what this version does not know.</exception>
    public static RestorePlan For(CheckpointManifest manifest, string imagesDirectory, RestoreOptions options, Rehearsal? rehearsal = null)
    {
        var known = PartList.All;
        if (manifest.Parts.Keys.FirstOrDefault(name => known.All(part => part.Name != name)) is { } strange)
            throw new RefusedException($"the manifest holds a part \"{strange}\", which this version of lxcnative does not know: use a newer one");
        var states = new PartStates(manifest.Parts);
        var clone = ClonePlan.For(manifest, options);
        var name = clone?.Name ?? manifest.Container.Name;
        var context = new PlanContext(name, imagesDirectory, options, rehearsal, clone);
        return new RestorePlan
        {
            Name = name,
            LxcPath = manifest.Container.LxcPath,
            ImagesDirectory = imagesDirectory,
            // Several may be restored from the same images at once.
            LogFile = clone is null || options.LogFile != RestoreOptions.UsualLog ? options.LogFile : $"restore-{clone.Name}.log",
            Verbosity = options.Timeline ? CriuPhases.LogLevel : options.Verbosity,
            Detached = options.Detached,
            Verify = options.Verify,
            Strict = options.Strict,
            Lock = options.Lock,
            LsmProfile = options.LsmProfile,
            Rehearsal = rehearsal,
            Cloned = clone,
            Options = manifest.Options with
            {
                // The other ends are the original's.
                TcpClose = manifest.Options.TcpClose || options.TcpClose || clone is not null,
                External = [.. options.External, .. manifest.Options.External],
            },
            Parts = known.ToDictionary(part => part.Name, part => part.Plan(states, context), StringComparer.Ordinal),
        };
    }
}
