using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Native.AppArmor;

/// <summary>The policy that the kernel enforces: profiles and policy namespaces, through securityfs.</summary>
/// <remarks>Needs CAP_MAC_ADMIN, and a caller in the root policy namespace. Layout: security/apparmor/apparmorfs.c.</remarks>
internal static class AppArmorPolicy
{
    private const string Root = "/sys/kernel/security/apparmor";
    private const string EnabledFile = "/sys/module/apparmor/parameters/enabled";
    private const uint DirectoryMode = 0x1ed;

    /// <summary>Whether the kernel enforces AppArmor policy.</summary>
    /// <exception cref="SyscallException">That could not be found out.</exception>
    public static bool IsEnabled
    {
        get
        {
            try
            {
                return KernelFile.ReadText(EnabledFile).StartsWith('Y');
            }
            catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ENOTDIR)
            {
                return false;
            }
        }
    }

    /// <summary>Whether the policy can be seen: it cannot where securityfs is not mounted, nor by whom it confines, although it is enforced.</summary>
    public static bool IsVisible
    {
        get
        {
            try
            {
                using var profiles = FileOpen.Open($"{Root}/policy/profiles", OpenFlags.ReadOnly | OpenFlags.Directory);
                return true;
            }
            catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ENOTDIR or Errno.EACCES or Errno.EPERM)
            {
                return false;
            }
        }
    }

    /// <summary>Whether a profile is loaded in the root namespace.</summary>
    /// <exception cref="SyscallException">The policy cannot be read.</exception>
    public static bool HasProfile(string name) => Find(name) is not null;

    /// <summary>The binary policy that a profile came from, which may hold others too; null where it is not loaded, or the kernel does not
    /// keep it (CONFIG_SECURITY_APPARMOR_EXPORT_BINARY, parameter export_binary).</summary>
    /// <exception cref="SyscallException">The policy cannot be read.</exception>
    public static byte[]? ReadBinary(string name)
    {
        if (Find(name) is not { } directory)
            return null;
        try
        {
            return KernelFile.ReadBytes($"{directory}/raw_data");
        }
        catch (SyscallException e) when (e.Errno == Errno.ENOENT)
        {
            return null;
        }
    }

    /// <summary>Loads a binary policy into the root namespace.</summary>
    /// <exception cref="SyscallException">EEXIST: a profile of it is loaded already; EPROTO, EPROTONOSUPPORT, EBADMSG: not a policy for this kernel; EACCES: no
    /// CAP_MAC_ADMIN.</exception>
    public static void Load(ReadOnlySpan<byte> binary) => KernelFile.WriteBytes($"{Root}/.load", binary);

    /// <summary>Unloads a profile with its children. Tasks that it confines are unconfined then.</summary>
    /// <exception cref="SyscallException">ENOENT: it is not loaded.</exception>
    public static void Remove(string name) => KernelFile.WriteText($"{Root}/.remove", name);

    /// <summary>Whether there is a policy namespace of that name below the root.</summary>
    /// <exception cref="SyscallException">That could not be found out.</exception>
    public static bool HasNamespace(string name) => FileStatus.TryRead(NamespacePath(name), out _);

    /// <summary>Makes a policy namespace below the root.</summary>
    /// <exception cref="SyscallException">EEXIST: it is there.</exception>
    public static void CreateNamespace(string name) => Directories.Create(NamespacePath(name), DirectoryMode);

    /// <summary>Removes a policy namespace with the profiles in it.</summary>
    /// <exception cref="SyscallException">ENOENT: it is not there.</exception>
    public static void RemoveNamespace(string name) => Directories.Remove(NamespacePath(name));

    /// <summary>The names of the profiles in a policy namespace below the root; none where it is not there.</summary>
    /// <exception cref="SyscallException">The policy cannot be read.</exception>
    public static IReadOnlyList<string> ProfilesOf(string policyNamespace) =>
        HasNamespace(policyNamespace) ? [.. Profiles(NamespacePath(policyNamespace)).Select(profile => profile.Name)] : [];

    private static string? Find(string name) => Profiles($"{Root}/policy").FirstOrDefault(profile => profile.Name == name).Directory;

    // A directory's name is made of the profile's, with a number; the name itself is in a file.
    private static IEnumerable<(string Name, string Directory)> Profiles(string policyNamespace)
    {
        foreach (var entry in DirectoryListing.Read($"{policyNamespace}/profiles"))
        {
            var directory = $"{policyNamespace}/profiles/{entry.Name}";
            if (NameOf(directory) is { } name)
                yield return (name, directory);
        }
    }

    private static string? NameOf(string directory)
    {
        try
        {
            return KernelFile.ReadText($"{directory}/name").TrimEnd('\n');
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ENOTDIR)
        {
            // Unloaded since it was listed.
            return null;
        }
    }

    // "A//B" is B below A.
    private static string NamespacePath(string name)
    {
        var parts = name.Split("//");
        return parts.All(part => part is not ("" or "." or "..") && !part.AsSpan().ContainsAny('/', '\0'))
            ? $"{Root}/policy/namespaces/{string.Join("/namespaces/", parts)}"
            : throw new ArgumentException($"\"{name}\" cannot be the name of a policy namespace", nameof(name));
    }
}
