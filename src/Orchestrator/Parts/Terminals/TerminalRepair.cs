using System.Globalization;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Terminals;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Parts.Terminals;

/// <summary>Brings the container's terminals back: LXC binds a pseudo-terminal on each /dev/ttyN and keeps its master, criu lets it go.</summary>
/// <remarks>A slave whose master is gone is deleted; what is bound on /dev/ttyN is then a dead file. A new pseudo-terminal of the same number,
/// from the container's own devpts, takes its place; the caller keeps the masters.</remarks>
internal static class TerminalRepair
{
    private const string Deleted = "//deleted";
    private const string Devpts = "devpts";

    /// <summary>Replaces dead terminals.</summary>
    /// <returns>The masters, now the caller's.</returns>
    public static IReadOnlyList<PseudoTerminal> Repair(int init)
    {
        var dead = MountInfo.Read(init).Where(entry => entry.FileSystemType == Devpts && entry.Root.EndsWith(Deleted, StringComparison.Ordinal)).ToList();
        if (dead.Count == 0)
            return [];
        var whole = MountInfo.Read(init)
            .FirstOrDefault(entry => entry.FileSystemType == Devpts && entry.Root == "/" && dead.All(one => one.Minor == entry.Minor))
            ?? throw new RefusedException("the container's terminals cannot be brought back: it has no devpts of its own mounted");
        using var container = Namespace.Open(init, NamespaceKind.Mount);
        return NamespaceThread.Run(() => Replace(dead, whole.MountPoint), container);
    }

    private static List<PseudoTerminal> Replace(List<MountEntry> dead, string devpts)
    {
        var wanted = dead.ToDictionary(entry => int.Parse(entry.Root.AsSpan(1, entry.Root.Length - 1 - Deleted.Length), CultureInfo.InvariantCulture));
        var kept = new List<PseudoTerminal>();
        var passing = new List<PseudoTerminal>();
        try
        {
            // The kernel gives out the lowest free number: numbers in between that nobody wants are held until the last one is there.
            while (wanted.Count > 0)
            {
                var terminal = PseudoTerminal.Open($"{devpts}/ptmx");
                if (!wanted.Remove(terminal.Index, out var mount))
                {
                    passing.Add(terminal);
                    continue;
                }

                kept.Add(terminal);
                Mount.Unmount(mount.MountPoint, UnmountFlags.Detach);
                Mount.Bind($"{devpts}/{terminal.Index}", mount.MountPoint);
                // A bind joins the peer group of what it shows; LXC's has its own, or none.
                Mount.SetPropagation(mount.MountPoint, Propagation.Private);
                if (mount.SharedGroup is not null)
                    Mount.SetPropagation(mount.MountPoint, Propagation.Shared);
            }

            return kept;
        }
        catch
        {
            kept.ForEach(terminal => terminal.Dispose());
            throw;
        }
        finally
        {
            passing.ForEach(terminal => terminal.Dispose());
        }
    }
}
