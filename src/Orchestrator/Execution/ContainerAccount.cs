using System.Globalization;
using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Orchestrator.Execution;

/// <summary>A user as the container's own /etc/passwd has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="GroupId">Its group.</param>
/// <param name="Home">Its home.</param>
/// <param name="Shell">Its shell.</param>
internal sealed record ContainerAccount(string Name, uint GroupId, string Home, string Shell)
{
    private const int Longest = 1 << 20;

    /// <summary>Reads it; what nobody says is root's usual.</summary>
    /// <param name="init">The container's init.</param>
    /// <param name="user">The user's number inside.</param>
    public static ContainerAccount Read(int init, uint user) => Parse(Text(init), user)
        ?? new ContainerAccount(user == 0 ? "root" : $"{user}", user, user == 0 ? "/root" : "/", "/bin/sh");

    /// <summary>The user's line; null where it has none, or one that is not understood.</summary>
    internal static ContainerAccount? Parse(string text, uint user)
    {
        foreach (var line in text.Split('\n'))
        {
            if (line.Split(':') is [var name, _, var id, var group, _, var home, var shell, ..]
                && uint.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number == user
                && uint.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var groupId))
            {
                return new ContainerAccount(IsPlain(name) ? name : $"{user}", groupId, home.StartsWith('/') && IsPlain(home) ? home : "/", shell.StartsWith('/')
                    && IsPlain(shell) ? shell : "/bin/sh");
            }
        }

        return null;
    }

    private static bool IsPlain(string text) => text.Length is > 0 and < 256 && !text.Any(char.IsControl);

    // The container's links must not lead out of it, its pipes keep nobody waiting, and its files are as long as it likes.
    private static string Text(int init)
    {
        try
        {
            using var root = FileOpen.Open($"/proc/{init}/root", OpenFlags.Path | OpenFlags.Directory);
            using var file = FileOpen.OpenAt2(root, "etc/passwd", OpenFlags.ReadOnly | OpenFlags.NonBlocking, ResolveFlags.InRoot | ResolveFlags.NoMagicLinks);
            if (FileStatus.Read(file).Type != FileType.Regular)
                return "";
            var buffer = new byte[Longest];
            var length = FileContent.ReadAt(file, buffer, 0, "/etc/passwd"u8);
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
        catch (SyscallException)
        {
            // A container need have no users.
            return "";
        }
    }
}
