using System.Diagnostics;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>A cgroup of a container's name with a process of somebody else in it, as a half-made restore has it.</summary>
internal sealed class OccupiedCgroup : IDisposable
{
    private readonly string _directory;
    private readonly Process _process;
    private bool _isGone;

    private OccupiedCgroup(string directory, Process process) => (_directory, _process) = (directory, process);

    /// <summary>Makes it in one hierarchy, for a container that does not run.</summary>
    public static OccupiedCgroup Make(LxcContainer container)
    {
        var directory = Directory.CreateDirectory(Path.Combine(CgroupTree.Hierarchies[0], $"lxc.payload.{container.Name}")).FullName;
        var process = Process.Start("sleep", "1000");
        File.WriteAllText(Path.Combine(directory, "cgroup.procs"), $"{process.Id}");
        return new OccupiedCgroup(directory, process);
    }

    public void Dispose()
    {
        if (_isGone)
            return;
        _isGone = true;
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Wait.Until(() => Command.Run("rmdir", _directory).ExitCode == 0, TimeSpan.FromSeconds(2));
    }
}
