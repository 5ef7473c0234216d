using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Engines.Lxc.Configurations;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Engines.Lxc.Ending;

/// <summary>A container's configuration on this host, with what it includes, as far as nobody but root can write it: commands are taken from it.</summary>
/// <remarks>What a checkpoint says of hooks is of no account: images may come from anywhere, and name a place where anybody can write.</remarks>
internal static class RootsConfiguration
{
    private const string IncludeKey = "lxc.include";
    private const int MostIncludes = 64;

    /// <summary>Reads it; without a line where it is not there, or not root's alone.</summary>
    /// <param name="file">The container's configuration file.</param>
    public static LxcConfiguration Read(string file)
    {
        var lines = new List<ConfigurationLine>();
        var left = MostIncludes;
        try
        {
            Read(file, lines, ref left);
            return new LxcConfiguration(lines);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or LinuxException or LxcNativeException)
        {
            return new LxcConfiguration([]);
        }
    }

    private static void Read(string file, List<ConfigurationLine> lines, ref int left)
    {
        if (left-- <= 0 || !IsRootsAlone(file))
            return;
        if (Directory.Exists(file))
        {
            foreach (var below in Directory.EnumerateFiles(file, "*.conf"))
                Read(below, lines, ref left);
            return;
        }

        foreach (var line in LxcConfiguration.Parse(RegularFile.ReadText(file), file).Lines)
        {
            if (line.Key == IncludeKey && Path.IsPathRooted(line.Value))
                Read(line.Value, lines, ref left);
            else
                lines.Add(line);
        }
    }

    // Each directory on the way too: who may write one puts another file in its place. In one with the sticky bit only root can replace what is root's.
    private static bool IsRootsAlone(string file)
    {
        for (var path = RealPath.Resolve(file); ; path = Path.GetDirectoryName(path)!)
        {
            if (!FileStatus.TryRead(path, out var status) || status.UserId != 0)
                return false;
            var mode = File.GetUnixFileMode(path);
            var others = status.GroupId == 0 ? UnixFileMode.OtherWrite : UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;
            if ((mode & others) != 0 && !(status.IsDirectory && mode.HasFlag(UnixFileMode.StickyBit)))
                return false;
            if (path == "/")
                return true;
        }
    }
}
