using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Terminals;

namespace LxcNative.Orchestrator.Execution;

/// <summary>A new terminal of a container's own devpts: programs inside find it by its name.</summary>
internal static class ContainerTerminal
{
    /// <summary>Opens one; null where the container has no devpts.</summary>
    /// <param name="init">The container's init.</param>
    public static PseudoTerminal? TryOpen(int init)
    {
        try
        {
            using var root = FileOpen.Open($"/proc/{init}/root", OpenFlags.Path | OpenFlags.Directory);
            // Whatever the container has put there is opened inside of its own root, and is nothing unless it is a multiplexer.
            using var place = FileOpen.OpenAt2(root, "dev/pts/ptmx", OpenFlags.Path, ResolveFlags.InRoot | ResolveFlags.NoMagicLinks);
            return FileStatus.Read(place).Type == FileType.CharacterDevice ? PseudoTerminal.Open($"/proc/self/fd/{place.Number}") : null;
        }
        catch (SyscallException)
        {
            return null;
        }
    }

    /// <summary>Its slave's path inside.</summary>
    public static string PathOf(PseudoTerminal terminal) => $"/dev/pts/{terminal.Index}";
}
