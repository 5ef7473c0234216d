using LxcNative.Native.AppArmor;
using LxcNative.Native.Errors;
using LxcNative.Orchestrator.Steps.Undoing;

namespace LxcNative.Orchestrator.Parts.Confinement;

/// <summary>Loads the policy of a container again, and unloads it when the container has ended, as LXC does.</summary>
/// <remarks>A profile that the host has loaded stays what the host says: it may have been made stricter since.</remarks>
internal static class AppArmorRebuild
{
    /// <summary>Why the policy cannot be had on this host; null where it can.</summary>
    /// <exception cref="SyscallException">The policy cannot be read.</exception>
    public static string? Obstacle(AppArmorImage image)
    {
        if (!AppArmorPolicy.IsEnabled)
            return "the container is confined by AppArmor, which this host has not";
        if (!AppArmorPolicy.IsVisible)
            return "the container is confined by AppArmor, whose policy cannot be loaded here: mount securityfs on /sys/kernel/security";
        return image.Profiles.FirstOrDefault(profile => !profile.IsSaved && !AppArmorPolicy.HasProfile(profile.Name)) is { } missing
            ? $"the AppArmor profile \"{missing.Name}\" is not loaded, and not in the images: load it, or restore with another"
            : null;
    }

    /// <summary>Why tasks cannot have a label on this host; null where they can.</summary>
    /// <exception cref="SyscallException">The policy cannot be read.</exception>
    public static string? Obstacle(AppArmorLabel label)
    {
        if (!AppArmorPolicy.IsVisible)
            return $"no task can have the AppArmor profile {label.Text}: this host has no AppArmor, or no securityfs on /sys/kernel/security";
        return label.Parts.FirstOrDefault(part => part is { Namespace: null, Profile: not AppArmorPart.Unconfined }
            && !AppArmorPolicy.HasProfile(part.Loaded)) is { Profile: { } missing }
            ? $"the AppArmor profile \"{missing}\" is not loaded: load it, or name another"
            : null;
    }

    /// <summary>What has to be unloaded when the container has ended: asked before <see cref="Load"/>, since it is what the host has not.</summary>
    /// <param name="image">What was saved.</param>
    /// <param name="container">The container's name: what LXC loaded for it alone goes with it, whoever loaded it last. Null to leave alone whatever is
    /// there.</param>
    /// <param name="withProfiles">Whether the profiles are needed; criu makes the policy namespaces in any case.</param>
    /// <exception cref="SyscallException">The policy cannot be read.</exception>
    public static AppArmorUndo Removal(AppArmorImage image, string? container, bool withProfiles) => AppArmorPolicy.IsVisible
        ? new AppArmorUndo(
            [.. (withProfiles ? image.Profiles : []).Select(profile => profile.Name)
                .Where(name => !AppArmorPolicy.HasProfile(name) || IsMadeFor(container, name))],
            [.. image.Namespaces.Select(Outermost).Distinct().Where(name => !AppArmorPolicy.HasNamespace(name) || IsMadeFor(container, name))])
        : new AppArmorUndo([], []);

    /// <summary>Loads what is not loaded.</summary>
    /// <param name="image">What was saved.</param>
    /// <param name="withProfiles">Whether the profiles are needed.</param>
    /// <exception cref="SyscallException">The kernel refused it.</exception>
    public static void Load(AppArmorImage image, bool withProfiles)
    {
        if (!AppArmorPolicy.IsVisible || !withProfiles)
            return;
        foreach (var (name, binary) in image.Profiles)
            if (!AppArmorPolicy.HasProfile(name))
                AppArmorPolicy.Load(binary);
    }

    // LXC: "lxc-NAME_<PATH>", and the namespace the same with hyphens for slashes (lsm/apparmor.c).
    private static bool IsMadeFor(string? container, string name) => container is not null && name.StartsWith($"lxc-{container}_<", StringComparison.Ordinal);

    private static string Outermost(string name) => name.Split("//")[0];
}
