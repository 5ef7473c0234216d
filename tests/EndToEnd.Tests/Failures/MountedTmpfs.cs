using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Failures;

/// <summary>A tmpfs on a directory made for it; gone with <see cref="Dispose"/>.</summary>
internal sealed class MountedTmpfs : IDisposable
{
    public MountedTmpfs(string path, string options)
    {
        Path = path;
        Directory.CreateDirectory(path);
        Command.Output("mount", "-t", "tmpfs", "-o", $"mode=0700,{options}", "lxn-test", path);
    }

    public string Path { get; }

    public void Dispose() => Command.Run("umount", "-l", Path);
}
