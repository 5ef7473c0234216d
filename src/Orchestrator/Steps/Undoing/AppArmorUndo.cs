using LxcNative.Native.AppArmor;
using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Steps.Undoing;

/// <summary>Unloads a container's AppArmor policy, when no task of it is left.</summary>
/// <param name="Profiles">Its profiles.</param>
/// <param name="Namespaces">Its policy namespaces.</param>
internal sealed record AppArmorUndo(IReadOnlyList<string> Profiles, IReadOnlyList<string> Namespaces) : Undo
{
    /// <inheritdoc />
    public override string What => "the AppArmor policy";

    /// <inheritdoc />
    public override void Run()
    {
        foreach (var name in Namespaces)
            Tolerate(() => AppArmorPolicy.RemoveNamespace(name));
        foreach (var name in Profiles)
            Tolerate(() => AppArmorPolicy.Remove(name));
    }

    /// <inheritdoc />
    // LXC gives a container that is started anew the names that it had.
    public override void Recover() => Unused(ProcessIds.Read().Select(pid => ProcessGlance.Try(() => AppArmorLabel.Read(pid))).OfType<AppArmorLabel>()).Run();

    /// <summary>What of it confines nobody.</summary>
    /// <param name="used">What confines the host's tasks.</param>
    internal AppArmorUndo Unused(IEnumerable<AppArmorLabel> used)
    {
        var parts = used.SelectMany(label => label.Parts).ToHashSet();
        return new AppArmorUndo(
            [.. Profiles.Where(name => !parts.Contains(new AppArmorPart(null, name)))],
            [.. Namespaces.Where(name => parts.All(part => part.Namespace != name))]);
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
}
