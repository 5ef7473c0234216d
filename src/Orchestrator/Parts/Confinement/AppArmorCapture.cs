using LxcNative.Native.AppArmor;
using LxcNative.Native.Errors;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.Confinement;

/// <summary>Saves the policy that confines a container, while it runs: LXC unloads it as soon as the container ends.</summary>
internal static class AppArmorCapture
{
    /// <summary>The policy of labels; null where there are none, or the host's policy cannot be seen.</summary>
    /// <exception cref="SyscallException">The policy cannot be read.</exception>
    public static AppArmorImage? Take(IReadOnlyList<AppArmorLabel> labels)
    {
        if (labels.Count == 0 || !AppArmorPolicy.IsVisible)
            return null;
        var parts = labels.SelectMany(label => label.Parts).Distinct().ToList();
        return new AppArmorImage
        {
            Version = AppArmorImage.CurrentVersion,
            Profiles = [.. parts.Where(part => part is { Namespace: null, Profile: not AppArmorPart.Unconfined }).Select(part => part.Loaded).Distinct()
                .Select(name => new AppArmorProfile(name, AppArmorPolicy.ReadBinary(name) ?? []))],
            Namespaces = [.. parts.Select(part => part.Namespace).OfType<string>().Distinct()],
        };
    }

    /// <summary>The labels of all tasks that confine, each once. Threads may have labels of their own.</summary>
    public static IReadOnlyList<AppArmorLabel> Labels(Container container)
    {
        var found = new Dictionary<string, AppArmorLabel>(StringComparer.Ordinal);
        foreach (var process in container.Processes.SelfAndDescendants())
            foreach (var thread in process.Threads)
                if (TryRead(process.Pid, thread) is { IsUnconfined: false } label)
                    found.TryAdd(label.Text, label);
        return [.. found.Values];
    }

    private static AppArmorLabel? TryRead(int pid, int thread)
    {
        try
        {
            return AppArmorLabel.Read(pid, thread);
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            // It ended meanwhile.
            return null;
        }
    }
}
