using LxcNative.Native.Criu.Images;

namespace LxcNative.Orchestrator.Parts.Cgroups;

/// <summary>The program that the kernel starts on the host when a version 1 cgroup is empty, which its mounts show as an option: systemd sets one where the
/// host has version 1 alone. Nobody in a user namespace may name it in a mount (cgroup1_parse_param), and it stays what it is where it is not named.</summary>
internal static class ReleaseAgents
{
    private const string Option = "release_agent=";

    /// <summary>The bytes of mountpoints-NS.img without it; null where nothing has to be changed.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">Its name, for errors.</param>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static byte[]? TakeOut(ReadOnlySpan<byte> image, string file) =>
        MountImage.WithOptions(image, file, Without);

    private static string? Without(MountImageEntry mount) =>
        mount.FileSystem == MountImageFileSystem.Cgroup && mount.Options.Contains(Option, StringComparison.Ordinal)
            ? string.Join(',', mount.Options.Split(',').Where(option => !option.StartsWith(Option, StringComparison.Ordinal))) : null;
}
