using System.Text;
using LxcNative.Native.Files;
using LxcNative.Native.Files.Raw;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Orchestrator.Storage;

/// <summary>What lies in a directory of images, by names and sizes alone.</summary>
/// <param name="HasManifest">Whether a file of the manifest's name is there.</param>
/// <param name="HasImages">Whether one of an image's name is.</param>
/// <param name="Bytes">The sizes of all regular files.</param>
internal readonly record struct CheckpointContent(bool HasManifest, bool HasImages, long Bytes)
{
    /// <summary>Whether a checkpoint was made, or begun, there.</summary>
    public bool IsCheckpoint => HasManifest || HasImages;

    /// <summary>Looks into a directory; the last component of its path is not followed.</summary>
    /// <exception cref="Native.Errors.SyscallException">It cannot be read.</exception>
    public static CheckpointContent Read(string path)
    {
        using var directory = FileOpen.Open(path, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow);
        return Read(directory, path);
    }

    /// <summary>Looks into an open directory; its position moves to the end.</summary>
    public static CheckpointContent Read(FileDescriptor directory, string path)
    {
        var (manifest, images, bytes) = (false, false, 0L);
        foreach (var name in RawNames.Read(directory, Encoding.UTF8.GetBytes(path), new byte[32 * 1024]))
        {
            var text = Encoding.UTF8.GetString(name);
            manifest |= text == CheckpointManifest.FileName;
            images |= ManifestWriter.IsImage(text);
            if (RawStatus.Read(directory, name).Status is { Type: FileType.Regular } status)
                bytes += (long)status.Size;
        }

        return new CheckpointContent(manifest, images, bytes);
    }
}
