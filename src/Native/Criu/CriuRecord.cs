using System.Globalization;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Native.Criu;

/// <summary>What a criu once answered, kept in the caller's directory below /run: for this boot and this very file, as another boot may have another kernel,
/// and another file is another criu.</summary>
internal static class CriuRecord
{
    /// <summary>Reads one; null where there is none, or it is not the caller's to read.</summary>
    /// <param name="runDirectory">The caller's directory below /run; null for none.</param>
    /// <param name="criuPath">The criu, absolute.</param>
    /// <param name="what">Which one: a part of a file name.</param>
    /// <exception cref="SyscallException">There is no such criu.</exception>
    public static byte[]? TryRead(string? runDirectory, string criuPath, string what) =>
        runDirectory is null ? null : TryReadFile(FilePath(runDirectory, criuPath, what));

    /// <summary>Keeps one, and forgets those of other boots.</summary>
    /// <returns>Whether it was kept: only root can, and only where there is a place for it.</returns>
    /// <exception cref="SyscallException">There is no such criu.</exception>
    public static bool TryKeep(string? runDirectory, string criuPath, string what, ReadOnlySpan<byte> content)
    {
        if (runDirectory is null)
            return false;
        var path = FilePath(runDirectory, criuPath, what);
        var directory = Path.GetDirectoryName(path)!;
        if (TryReadFile(path).AsSpan().SequenceEqual(content))
            return true;
        var draft = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}";
        try
        {
            PrivateDirectory.Create(directory);
            foreach (var old in Directory.EnumerateFiles(directory).Where(file => !Path.GetFileName(file).StartsWith(Boot(), StringComparison.Ordinal)))
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
        using var file = new FileStream(path,
            new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        file.Write(content);
    }

    private static string FilePath(string runDirectory, string criuPath, string what)
    {
        var file = FileStatus.Read(criuPath);
        var written = File.GetLastWriteTimeUtc(criuPath).Ticks;
        return string.Create(CultureInfo.InvariantCulture,
            $"{runDirectory}/criu/{Boot()}.{file.Device.Major:x}.{file.Device.Minor:x}.{file.Inode:x}.{file.Size:x}.{written:x}.{what}");
    }

    private static string Boot() => KernelFile.ReadText("/proc/sys/kernel/random/boot_id").Trim();
}
