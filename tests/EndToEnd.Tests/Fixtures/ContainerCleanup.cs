namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>Removes all that a container left on the host, whoever started or restored it last.</summary>
internal static class ContainerCleanup
{
    /// <summary>
    /// Kills the container's processes, which are known by their cgroups, by its init's pid namespace and, for monitors, by its unique name
    /// among their arguments; then removes cgroups, links, mounts and directories.
    /// </summary>
    public static void Run(string name, string directory, IReadOnlyCollection<(int Pid, string StartTime)> inits, IReadOnlyCollection<string> hostLinks)
    {
        Command.Run("lxc-unfreeze", "-n", name);
        Command.Run("lxc-stop", "-n", name, "-k", "-t", "10");
        foreach (var (pid, startTime) in inits)
            if (ProcessTable.StartTime(pid) == startTime)
                Kill(pid);
        Thaw(name);
        Wait.Until(() =>
        {
            var left = Processes(name).ToList();
            left.ForEach(Kill);
            return left.Count == 0;
        });
        CgroupTree.Remove(name);
        foreach (var link in hostLinks)
            Command.Run("ip", "link", "del", link);
        foreach (var target in MountsOf(name).Reverse())
            Command.Run("umount", "-l", target);
        foreach (var path in (string[])[directory, $"/var/lib/lxcnative/{name}", $"/run/lxcnative/{name}"])
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
        // A monitor that was killed leaves its claim.
        foreach (var purpose in (string[])["checkpoint", "restore"])
            if (Directory.Exists("/run/lxcnative/claims"))
                File.Delete($"/run/lxcnative/claims/{purpose}-{name}");
    }

    private static IEnumerable<int> Processes(string name) => ProcessTable.Living().Where(pid => pid != Environment.ProcessId && Belongs(pid, name));

    private static bool Belongs(int pid, string name) =>
        ProcessTable.Read(pid, "cgroup").Split('\n').Any(line =>
            line.Contains($"/lxc.payload.{name}", StringComparison.Ordinal) || line.Contains($"/lxc.monitor.{name}", StringComparison.Ordinal))
        || (ProcessTable.Read(pid, "comm").Trim() is "lxcnative" or "criu" or "lxc-start" or "lxc-checkpoint"
            && ProcessTable.CommandLine(pid).Contains(name, StringComparison.Ordinal));

    private static void Thaw(string name)
    {
        foreach (var cgroup in CgroupTree.Of(name))
            foreach (var (file, value) in (IEnumerable<(string, string)>)[("freezer.state", "THAWED"), ("cgroup.freeze", "0")])
                Thaw(Path.Combine(cgroup, file), value);
    }

    private static void Thaw(string file, string value)
    {
        try
        {
            if (File.Exists(file))
                File.WriteAllText(file, value);
        }
        catch (IOException)
        {
            // The cgroup ended meanwhile, or is ending (ENODEV): nothing in it is frozen.
        }
    }

    private static void Kill(int pid) => Command.Run("kill", "-KILL", $"{pid}");

    private static IEnumerable<string> MountsOf(string name) =>
        File.ReadAllLines("/proc/self/mountinfo").Select(line => line.Split(' ')[4]).Where(path => path.Contains(name, StringComparison.Ordinal))
            .Select(path => path.Replace("\\040", " ", StringComparison.Ordinal).Replace("\\134", "\\", StringComparison.Ordinal));
}
