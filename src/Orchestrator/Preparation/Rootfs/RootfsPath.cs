using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;

namespace LxcNative.Orchestrator.Preparation.Rootfs;

/// <summary>A place in a container's root file system: symbolic links are followed as the container would follow them, never out of it.</summary>
/// <param name="root">The root's directory on the host.</param>
/// <param name="path">The path in it, absolute.</param>
internal sealed class RootfsPath(string root, string path)
{
    private const ResolveFlags Inside = ResolveFlags.InRoot | ResolveFlags.NoMagicLinks;

    private const UnixFileMode EverybodyMayEnter = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private string Name => Path.GetFileName(path);

    /// <summary>Whether there is something, a dangling link too.</summary>
    public bool Exists => WithParent(place => FileStatus.TryRead(place, out _, followLinks: false), false);

    /// <summary>The text of the symbolic link that it is; null where it is none.</summary>
    public string? Link => WithParent(
        place => FileStatus.TryRead(place, out var status, followLinks: false) && status.Type == FileType.SymbolicLink ? SymbolicLink.Read(place) : null, null);

    /// <summary>Gives it another name in the same directory.</summary>
    /// <exception cref="IOException">It cannot be renamed; the other name is taken.</exception>
    public void Rename(string name) => At(place => File.Move(place, Path.Combine(Path.GetDirectoryName(place)!, name), overwrite: false));

    /// <summary>Makes it a symbolic link.</summary>
    /// <exception cref="IOException">There is something already.</exception>
    public void MakeLink(string target) => At(place => File.CreateSymbolicLink(place, target));

    /// <summary>Removes it, a symbolic link itself.</summary>
    public void Remove() => At(place => File.Delete(place));

    /// <summary>Makes it a file with a text that everybody may read.</summary>
    /// <exception cref="IOException">There is something already, a dangling link too.</exception>
    public void Make(string text) => At(place =>
    {
        using var file = new StreamWriter(place, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
        });
        file.Write(text);
    });

    /// <summary>Makes it a directory that everybody may enter.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public void MakeDirectory() => At(place => Directory.CreateDirectory(place, EverybodyMayEnter));

    /// <summary>Removes it, an empty directory.</summary>
    /// <exception cref="IOException">It is not empty.</exception>
    public void RemoveDirectory() => At(place => Directory.Delete(place, recursive: false));

    /// <summary>Whether something is in the directory that it is, besides one name.</summary>
    public bool HasOthers(string name) => new RootfsPath(root, $"{path}/{name}").WithParent(
        place => Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(place)!).Any(one => Path.GetFileName(one) != name), false);

    /// <summary>Whether its directory is there.</summary>
    public bool HasDirectory => WithParent(_ => true, false);

    private void At(Action<string> body) => WithParent<object?>(place =>
    {
        body(place);
        return null;
    }, null);

    // The place as the host reaches it, while its directory is open.
    private T WithParent<T>(Func<string, T> body, T otherwise)
    {
        using var top = FileOpen.Open(root, OpenFlags.Path | OpenFlags.Directory);
        FileDescriptor parent;
        try
        {
            parent = FileOpen.OpenAt2(top, Path.GetDirectoryName(path)!.TrimStart('/') is { Length: > 0 } relative ? relative : ".",
                OpenFlags.Path | OpenFlags.Directory, Inside);
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP)
        {
            return otherwise;
        }

        using (parent)
            return body($"/proc/self/fd/{parent.Number}/{Name}");
    }
}
