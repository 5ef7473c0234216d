using System.Globalization;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Cgroups;

/// <summary>A cgroup as a directory of a mounted hierarchy.</summary>
/// <param name="Path">The absolute path.</param>
public sealed record CgroupDirectory(string Path)
{
    /// <summary>Whether the directory exists.</summary>
    /// <exception cref="SyscallException">That could not be found out.</exception>
    public bool Exists => FileStatus.TryRead(Path, out var status) && status.IsDirectory;

    /// <summary>Whether a process is in it, or below; one that is gone has none.</summary>
    /// <exception cref="SyscallException">That could not be found out.</exception>
    internal bool IsPopulated
    {
        get
        {
            try
            {
                return Processes().Count > 0;
            }
            catch (SyscallException exception) when (IsGone(exception))
            {
                return false;
            }
        }
    }

    /// <summary>Makes the cgroup; its parent must exist.</summary>
    /// <exception cref="SyscallException">mkdir(2) failed; EEXIST when it is there.</exception>
    public void Create() => Directories.Create(Path, 0x1ed);

    /// <summary>The cgroups directly below.</summary>
    /// <exception cref="SyscallException">ENOENT: it does not exist.</exception>
    public IReadOnlyList<CgroupDirectory> Children() =>
        [.. DirectoryListing.Read(Path).Where(entry => entry.Type == FileType.Directory).Select(entry => new CgroupDirectory($"{Path}/{entry.Name}"))];

    /// <summary>The processes of this cgroup and of all below it, each once; a cgroup removed meanwhile counts as empty.</summary>
    /// <remarks>Processes outside the reader's pid namespace, which the kernel shows as 0, are left out. A threaded cgroup lists its
    /// processes in its domain only.</remarks>
    /// <exception cref="SyscallException">ENOENT: this cgroup does not exist.</exception>
    /// <exception cref="MalformedProcFileException">The kernel's text is not understood.</exception>
    public IReadOnlyList<int> Processes()
    {
        var found = new SortedSet<int>(OwnProcesses());
        foreach (var cgroup in Descendants())
        {
            try
            {
                found.UnionWith(cgroup.OwnProcesses());
            }
            catch (SyscallException exception) when (IsGone(exception))
            {
            }
        }

        return [.. found];
    }

    /// <summary>Moves a process into this cgroup.</summary>
    /// <exception cref="SyscallException">The kernel refused it.</exception>
    public void AddProcess(int pid) => KernelFile.WriteText($"{Path}/cgroup.procs", pid.ToString(CultureInfo.InvariantCulture));

    /// <summary>Lets what is frozen in it go on.</summary>
    /// <param name="isUnified">Whether its hierarchy is of version 2; the freezer's of version 1 otherwise.</param>
    /// <exception cref="SyscallException">The kernel refused it; ENOENT or ENODEV when it is gone.</exception>
    internal void Thaw(bool isUnified)
    {
        if (isUnified)
            KernelFile.WriteText($"{Path}/cgroup.freeze", "0");
        else
            KernelFile.WriteText($"{Path}/freezer.state", "THAWED");
    }

    /// <summary>Removes this cgroup and all below it, the deepest first. What is gone already is fine.</summary>
    /// <exception cref="SyscallException">EBUSY: there are processes in one of them.</exception>
    public void RemoveTree()
    {
        var all = Exists ? Descendants() : [];
        for (var i = all.Count - 1; i >= 0; i--)
            all[i].Remove();
        Remove();
    }

    private void Remove()
    {
        try
        {
            Directories.Remove(Path);
        }
        catch (SyscallException exception) when (IsGone(exception))
        {
        }
    }

    /// <summary>The cgroups below, every parent before its children; those removed meanwhile are left out.</summary>
    /// <exception cref="SyscallException">ENOENT: this cgroup does not exist.</exception>
    public IReadOnlyList<CgroupDirectory> Descendants()
    {
        var all = new List<CgroupDirectory>(Children());
        for (var i = 0; i < all.Count; i++)
        {
            try
            {
                all.AddRange(all[i].Children());
            }
            catch (SyscallException exception) when (IsGone(exception))
            {
            }
        }

        return all;
    }

    private List<int> OwnProcesses()
    {
        var path = $"{Path}/cgroup.procs";
        string text;
        try
        {
            text = KernelFile.ReadText(path);
        }
        catch (SyscallException exception) when (exception.Errno == Errno.EOPNOTSUPP)
        {
            return [];
        }

        var pids = new List<int>();
        var number = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            if (text.AsSpan(range).IsEmpty)
                continue;
            var pid = new ProcText(path, number, text.AsSpan(range)).Number<int>(text.AsSpan(range), "pid");
            if (pid != 0)
                pids.Add(pid);
        }

        return pids;
    }

    // A cgroup that is being removed answers ENODEV to what has it open.
    private static bool IsGone(SyscallException exception) => exception.Errno is Errno.ENOENT or Errno.ENODEV;
}
