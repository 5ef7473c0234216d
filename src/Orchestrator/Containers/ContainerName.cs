using System.Buffers;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Containers;

/// <summary>What a container may be called, and what it is called when nobody says.</summary>
internal static class ContainerName
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-:@+=, ");

    /// <summary>Refuses names that could leave a directory or hide in a terminal.</summary>
    /// <exception cref="RefusedException">The name is none.</exception>
    public static void Check(string name)
    {
        if (name.Length is 0 or > 200 || name is "." or ".." || name.AsSpan().ContainsAnyExcept(Allowed))
            throw new RefusedException($"\"{name}\" is not a container name: letters, digits and _ . - are");
    }
}
