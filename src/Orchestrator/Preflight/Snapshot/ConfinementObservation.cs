using LxcNative.Native.AppArmor;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Confinement;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>What AppArmor does to a container.</summary>
internal sealed record ConfinementObservation
{
    /// <summary>Where no AppArmor is in force.</summary>
    public static readonly ConfinementObservation None = new();

    /// <summary>The labels of its tasks that confine, each once.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Whether the policy can be seen.</summary>
    public bool IsVisible { get; init; }

    /// <summary>The policy, as it is saved; null where nothing confines, or it cannot be seen.</summary>
    public AppArmorImage? Policy { get; init; }

    /// <summary>The profiles whose policy the kernel does not tell.</summary>
    public IReadOnlyList<string> Withheld { get; init; } = [];

    /// <summary>The profiles that the container has loaded into a policy namespace of its own.</summary>
    public IReadOnlyList<string> OwnProfiles { get; init; } = [];

    /// <summary>Whether the program is there that criu makes other profiles with, meanwhile.</summary>
    public bool HasParser { get; init; }

    /// <summary>Looks at a container.</summary>
    /// <exception cref="Native.Errors.SyscallException">The policy cannot be read.</exception>
    public static ConfinementObservation Of(Container container)
    {
        if (!AppArmorPolicy.IsEnabled)
            return None;
        var labels = AppArmorCapture.Labels(container);
        var texts = labels.Select(label => label.Text).ToList();
        if (AppArmorCapture.Take(labels) is not { } image)
            return new ConfinementObservation { Labels = texts };
        return new ConfinementObservation
        {
            Labels = texts,
            IsVisible = true,
            Policy = image,
            Withheld = [.. image.Profiles.Where(profile => !profile.IsSaved).Select(profile => profile.Name)],
            OwnProfiles = [.. image.Namespaces.SelectMany(AppArmorPolicy.ProfilesOf)],
            HasParser = SystemPath.Directories.Any(directory => File.Exists(Path.Combine(directory, "apparmor_parser"))),
        };
    }
}
