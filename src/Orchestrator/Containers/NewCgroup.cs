namespace LxcNative.Orchestrator.Containers;

/// <summary>Makes a cgroup that takes processes.</summary>
internal static class NewCgroup
{
    /// <summary>Makes it, where it is not there.</summary>
    /// <param name="directory">Where; its parent takes processes itself.</param>
    /// <param name="isUnified">Whether its hierarchy is of version 2.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static void Make(string directory, bool isUnified)
    {
        if (Directory.Exists(directory))
            return;
        Directory.CreateDirectory(directory);
        if (!isUnified)
            InheritCpuset(directory);
    }

    // A new version 1 cpuset has neither processors nor memory, and takes no process until it has both. In version 2 an empty one has its parent's.
    private static void InheritCpuset(string directory)
    {
        foreach (var name in (string[])["cpuset.cpus", "cpuset.mems"])
        {
            var file = Path.Combine(directory, name);
            if (File.Exists(file) && File.ReadAllText(file).Trim().Length == 0)
                File.WriteAllText(file, File.ReadAllText(Path.Combine(Path.GetDirectoryName(directory)!, name)));
        }
    }
}
