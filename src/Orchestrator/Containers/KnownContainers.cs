using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Containers;

/// <summary>The containers that a host has, running or not.</summary>
internal static class KnownContainers
{
    /// <summary>Whether one of that name is defined.</summary>
    public static bool IsDefined(string name, string lxcPath) => File.Exists(Path.Combine(lxcPath, name, "config"));

    /// <summary>That there is none of that name, and which may have been meant.</summary>
    public static string None(string name, string lxcPath) => $"there is no container {name} in {lxcPath}{NearestName.Ask(name, Names(lxcPath))}";

    /// <summary>Their names.</summary>
    private static IEnumerable<string> Names(string lxcPath)
    {
        try
        {
            return [.. DirectoryListing.Read(lxcPath).Select(entry => entry.Name).Where(name => IsDefined(name, lxcPath)),
                .. RestoredContainer.All().Select(one => one.Name)];
        }
        catch (SyscallException)
        {
            // Whoever cannot look there is not advised.
            return [];
        }
    }
}
