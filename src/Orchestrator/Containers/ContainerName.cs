using System.Buffers;

namespace LxcNative.Orchestrator.Containers;

/// <summary>What a container may be called, and what it is called when nobody says.</summary>
internal static class ContainerName
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-:@+=, ");

    /// <summary>Refuses names that could leave a directory or hide in a terminal.</summary>
    /// <exception cref="ContainerException">The name is none.</exception>
    public static void Check(string name)
    {
        if (name.Length is 0 or > 200 || name is "." or ".." || name.AsSpan().ContainsAnyExcept(Allowed))
            throw new ContainerException($"\"{name}\" is not a container name: letters, digits and _ . - are");
    }

    /// <summary>The NAME of a cgroup path's <c>lxc.payload.NAME</c> part (with LXC's own -1, -2 suffix still on), or null.</summary>
    public static string? FromCgroupPath(string path)
    {
        const string Payload = "lxc.payload.";
        foreach (var part in path.Split('/'))
            if (part.StartsWith(Payload, StringComparison.Ordinal) && part.Length > Payload.Length)
                return part[Payload.Length..];
        return null;
    }
}
