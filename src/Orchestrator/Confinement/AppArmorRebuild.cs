using LxcNative.Native.AppArmor;
using LxcNative.Native.Errors;

namespace LxcNative.Orchestrator.Confinement;

/// <summary>Loads the policy of a container again, and unloads it when the container has ended, as LXC does.</summary>
/// <remarks>A profile that the host has loaded stays what the host says: it may have been made stricter since.</remarks>
internal sealed class AppArmorRebuild
{
    private readonly List<string> _profiles = [];
    private readonly List<string> _namespaces = [];

    private AppArmorRebuild()
    {
    }

    /// <summary>Why the policy cannot be had on this host; null where it can.</summary>
    /// <exception cref="SyscallException">The policy cannot be read.</exception>
    public static string? Obstacle(AppArmorImage image)
    {
        if (!AppArmorPolicy.IsEnabled)
            return "the container is confined by AppArmor, which this host has not";
        if (!AppArmorPolicy.IsVisible)
            return "the container is confined by AppArmor, whose policy cannot be loaded here: mount securityfs on /sys/kernel/security";
        return image.Profiles.FirstOrDefault(profile => !profile.IsSaved && !AppArmorPolicy.HasProfile(profile.Name)) is { } missing
            ? $"the AppArmor profile \"{missing.Name}\" is not loaded, and not in the images: load it (apparmor_parser), or restore with another (--lsm-profile)"
            : null;
    }

    /// <summary>Why tasks cannot have a label on this host; null where they can.</summary>
    /// <exception cref="SyscallException">The policy cannot be read.</exception>
    public static string? Obstacle(AppArmorLabel label)
    {
        if (!AppArmorPolicy.IsVisible)
            return $"no task can have the AppArmor profile {label.Text}: this host has no AppArmor, or no securityfs on /sys/kernel/security";
        return label.Parts.FirstOrDefault(part => part is { Namespace: null, Profile: not AppArmorPart.Unconfined } && !AppArmorPolicy.HasProfile(part.Loaded)) is { Profile: { } missing }
            ? $"the AppArmor profile \"{missing}\" is not loaded: load it (apparmor_parser), or name another with --lsm-profile"
            : null;
    }

    /// <summary>Loads what is not loaded.</summary>
    /// <param name="image">What was saved.</param>
    /// <param name="container">The container's name: what LXC loaded for it alone goes with it, whoever loaded it last.</param>
    /// <param name="withProfiles">Whether the profiles are needed; criu makes the policy namespaces in any case.</param>
    /// <exception cref="SyscallException">The kernel refused it; nothing is left of the attempt.</exception>
    public static AppArmorRebuild Load(AppArmorImage image, string container, bool withProfiles)
    {
        var rebuild = new AppArmorRebuild();
        if (!AppArmorPolicy.IsVisible)
            return rebuild;
        try
        {
            foreach (var name in image.Namespaces.Select(Outermost).Distinct())
            {
                if (!AppArmorPolicy.HasNamespace(name) || IsMadeFor(container, name))
                    rebuild._namespaces.Add(name);
            }

            foreach (var (name, binary) in withProfiles ? image.Profiles : [])
            {
                var isLoaded = AppArmorPolicy.HasProfile(name);
                if (!isLoaded)
                    AppArmorPolicy.Load(binary);
                if (!isLoaded || IsMadeFor(container, name))
                    rebuild._profiles.Add(name);
            }

            return rebuild;
        }
        catch
        {
            rebuild.Remove();
            throw;
        }
    }

    /// <summary>Unloads what was loaded. To be called when no task of the container is left.</summary>
    /// <exception cref="SyscallException">The kernel refused it.</exception>
    public void Remove()
    {
        _namespaces.ForEach(name => Tolerate(() => AppArmorPolicy.RemoveNamespace(name)));
        _profiles.ForEach(name => Tolerate(() => AppArmorPolicy.Remove(name)));
        _namespaces.Clear();
        _profiles.Clear();
    }

    private static void Tolerate(Action remove)
    {
        try
        {
            remove();
        }
        catch (SyscallException e) when (e.Errno == Errno.ENOENT)
        {
            // criu had not come as far, or somebody else was faster.
        }
    }

    // LXC: "lxc-NAME_<PATH>", and the namespace the same with hyphens for slashes (lsm/apparmor.c).
    private static bool IsMadeFor(string container, string name) => name.StartsWith($"lxc-{container}_<", StringComparison.Ordinal);

    private static string Outermost(string name) => name.Split("//")[0];
}
