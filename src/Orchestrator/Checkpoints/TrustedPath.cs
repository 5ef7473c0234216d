using System.Globalization;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Whether a directory of images is root's alone: images hold a container's memory, and decide what runs as root.</summary>
internal static class TrustedPath
{
    private const uint WritableByOthers = 0x12, Sticky = 0x200;

    /// <summary>Why somebody else could read, change or replace what is in a directory; null when nobody can.</summary>
    /// <param name="directory">Its absolute path; it exists.</param>
    /// <remarks>Whoever called sudo is trusted with the directories above: that user is root's equal already.</remarks>
    public static string? Trouble(string directory)
    {
        var status = FileStatus.Read(directory, followLinks: false);
        if (!IsRootsAlone(status))
            return $"{directory} can be written by others than root: images decide what runs as root, so they must be root's alone (chown root; chmod 700)";
        HashSet<uint> owners = [0];
        if (uint.TryParse(Environment.GetEnvironmentVariable("SUDO_UID"), NumberStyles.None, CultureInfo.InvariantCulture, out var caller))
            owners.Add(caller);
        return Ancestors(directory).Concat(Ancestors(RealPath.Resolve(directory))).Distinct(StringComparer.Ordinal)
            .Select(one => TroubleAbove(one, directory, owners)).FirstOrDefault(trouble => trouble is not null);
    }

    /// <summary>Whether a file or directory is root's, and nobody else may write it.</summary>
    public static bool IsRootsAlone(in FileStatus status) => status.UserId == 0 && (status.Mode & WritableByOthers) == 0;

    private static IEnumerable<string> Ancestors(string path)
    {
        for (var one = Path.GetDirectoryName(path); one is not null; one = Path.GetDirectoryName(one))
            yield return one;
    }

    private static string? TroubleAbove(string ancestor, string directory, HashSet<uint> owners)
    {
        FileStatus status;
        try
        {
            status = FileStatus.Read(ancestor);
        }
        catch (SyscallException e)
        {
            return $"{ancestor} cannot be looked at: {e.Message}";
        }

        if (!owners.Contains(status.UserId))
            return $"{ancestor} belongs to user {status.UserId}, who could put another directory in the place of {directory}: name one that only root can "
                + "reach";
        // In a sticky directory, as /tmp is, nobody renames what is root's.
        return (status.Mode & WritableByOthers) != 0 && (status.Mode & Sticky) == 0
            ? $"{ancestor} can be written by others than root, who could put another directory in the place of {directory}: name one that only root can reach"
            : null;
    }
}
