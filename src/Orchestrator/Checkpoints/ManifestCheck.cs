using System.Text;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Whether what a manifest says can be: it becomes names of files, of cgroups and of devices, and is compared with what is on the host.</summary>
internal static class ManifestCheck
{
    private const int LongestName = 255;

    /// <summary>Requires of a manifest what every one of this library has.</summary>
    /// <exception cref="RefusedException">It has not: it is damaged or forged.</exception>
    public static void Require(CheckpointManifest manifest)
    {
        var container = manifest.Container;
        // It names files below /run/lxcnative, and an address of a socket.
        if (!IsName(container.Name))
            throw Refusal($"the container's name \"{container.Name}\" is none");
        RequirePath("where LXC keeps the container", container.LxcPath);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in manifest.Files)
        {
            if (!names.Add(file.Name))
                throw Refusal($"it lists {file.Name} twice");
            if (file.Size < 0)
                throw Refusal($"{file.Name} is said to have {file.Size} bytes");
            if (file.Sha256 is { } hash && !IsDigest(hash, ImageHash.Digits))
                throw Refusal($"the hash of {file.Name} is none");
            if (file.Xxh128 is { } sum && !IsDigest(sum, ImageChecksum.Digits))
                throw Refusal($"the checksum of {file.Name} is none");
        }
    }

    private static bool IsDigest(string text, int digits) => text.Length == digits && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Requires a path to be absolute, and to lead nowhere else than it says.</summary>
    /// <param name="what">What it is the path of.</param>
    /// <param name="path">The path.</param>
    /// <exception cref="RefusedException">It is not.</exception>
    public static void RequirePath(string what, string path)
    {
        if (!path.StartsWith('/') || path.Contains('\0', StringComparison.Ordinal) || path.Split('/').Any(part => part is "." or ".."))
            throw Refusal($"\"{path}\", {what}, is no path");
    }

    /// <summary>Whether a name can be that of a file, and nothing else.</summary>
    public static bool IsName(string name) =>
        name is not ("" or "." or "..") && Encoding.UTF8.GetByteCount(name) <= LongestName && !name.Any(letter => letter is '/' || char.IsControl(letter));

    /// <summary>That a manifest is damaged or forged.</summary>
    public static RefusedException Refusal(string what) => new($"the manifest is damaged or forged: {what}");
}
