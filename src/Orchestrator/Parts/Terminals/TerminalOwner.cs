using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Orchestrator.Parts.Terminals;

/// <summary>Whose a terminal is: getty and login give it to who logs in, LXC to the container's root.</summary>
/// <param name="User">The user, as the host counts.</param>
/// <param name="Group">The group, as the host counts.</param>
/// <param name="Mode">The permission bits.</param>
internal sealed record TerminalOwner(uint User, uint Group, uint Mode)
{
    private const uint Permissions = 0x1ff;

    /// <summary>Whose it is that is mounted in a container; null where something else is in its place.</summary>
    /// <param name="init">The container's init.</param>
    /// <param name="terminal">The terminal.</param>
    /// <exception cref="SyscallException">It cannot be looked at.</exception>
    public static TerminalOwner? Of(int init, HostTerminal terminal)
    {
        try
        {
            return Read(init, terminal);
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP)
        {
            // Something is mounted over it.
            return null;
        }
    }

    private static TerminalOwner? Read(int init, HostTerminal terminal)
    {
        using var root = FileOpen.Open($"/proc/{init}/root", OpenFlags.Path | OpenFlags.Directory);
        using var place = FileOpen.OpenAt2(root, terminal.MountPoint.TrimStart('/'), OpenFlags.Path | OpenFlags.NoFollow,
            ResolveFlags.InRoot | ResolveFlags.NoMagicLinks);
        var status = FileStatus.Read(place);
        return status.SpecialDevice.Value == terminal.Device && HostTerminal.Name(terminal.Device, status.Device) == terminal.Terminal
            ? new TerminalOwner(status.UserId, status.GroupId, status.Permissions)
            : null;
    }

    /// <summary>Gives a terminal to it.</summary>
    /// <exception cref="SyscallException">It cannot be given.</exception>
    public void Apply(string path)
    {
        FileOwner.Set(path, User, Group);
        File.SetUnixFileMode(path, (UnixFileMode)(Mode & Permissions));
    }
}
