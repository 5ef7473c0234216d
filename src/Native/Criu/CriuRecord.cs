using System.Globalization;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Native.Criu;

/// <summary>What a criu once answered, kept below /run/lxcnative: for this boot and this very file, as another boot may have another kernel,
/// and another file is another criu.</summary>
internal static class CriuRecord
{
    private const string Directory = PrivateRun.Own + "/criu";

    /// <summary>Reads one; null where there is none, or it is not the caller's to read.</summary>
    /// <param name="criuPath">The criu, absolute.</param>
    /// <param name="what">Which one: a part of a file name.</param>
    /// <exception cref="SyscallException">There is no such criu.</exception>
    public static byte[]? TryRead(string criuPath, string what) => TryReadFile(FilePath(criuPath, what));

    /// <summary>Keeps one, and forgets those of other boots.</summary>
    /// <returns>Whether it was kept: only root can.</returns>
    /// <exception cref="SyscallException">There is no such criu.</exception>
    public static bool TryKeep(string criuPath, string what, ReadOnlySpan<byte> content)
    {
        var path = FilePath(criuPath, what);
        if (TryReadFile(path).AsSpan().SequenceEqual(content))
            return true;
        var draft = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}";
        try
        {
            PrivateDirectory.Create(Directory);
            foreach (var old in System.IO.Directory.EnumerateFiles(Directory).Where(file => !Path.GetFileName(file).StartsWith(Boot(), StringComparison.Ordinal)))
                File.Delete(old);
            WriteFile(draft, content);
            File.Move(draft, path, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing is lost but the time to ask again.
            return false;
        }
    }

    /// <summary>Reads a file; null where there is none, it is empty, or it is not the caller's to read.</summary>
    internal static byte[]? TryReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path) is { Length: > 0 } content ? content : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes a file that is root's alone.</summary>
    internal static void WriteFile(string path, ReadOnlySpan<byte> content)
    {
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        file.Write(content);
    }

    private static string FilePath(string criuPath, string what)
    {
        var file = FileStatus.Read(criuPath);
        var written = File.GetLastWriteTimeUtc(criuPath).Ticks;
        return string.Create(CultureInfo.InvariantCulture, $"{Directory}/{Boot()}.{file.Device.Major:x}.{file.Device.Minor:x}.{file.Inode:x}.{file.Size:x}.{written:x}.{what}");
    }

    private static string Boot() => KernelFile.ReadText("/proc/sys/kernel/random/boot_id").Trim();
}
