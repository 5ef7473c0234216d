using System.Globalization;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Native.Procfs;

/// <summary>What a process has open (/proc/PID/fd and fdinfo).</summary>
internal static class ProcessDescriptors
{
    /// <summary>Lists the descriptors of a process; one that is closed meanwhile is left out.</summary>
    /// <exception cref="SyscallException">There is no such process, or it may not be looked into (EACCES).</exception>
    public static IReadOnlyList<ProcessDescriptor> Read(int pid)
    {
        var directory = $"/proc/{pid}/fd";
        var descriptors = new List<ProcessDescriptor>();
        foreach (var entry in DirectoryListing.Read(directory))
        {
            if (!int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                throw new MalformedProcFileException(directory, descriptors.Count + 1, entry.Name, "not a descriptor");
            try
            {
                descriptors.Add(new ProcessDescriptor(number, SymbolicLink.Read($"{directory}/{number}")));
            }
            catch (SyscallException exception) when (exception.Errno == Errno.ENOENT)
            {
            }
        }

        return descriptors;
    }

    /// <summary>Reads what the kernel tells of one descriptor.</summary>
    /// <exception cref="SyscallException">There is no such process or descriptor (ENOENT).</exception>
    /// <exception cref="MalformedProcFileException">The kernel's text is not understood.</exception>
    public static DescriptorInfo ReadInfo(int pid, int number)
    {
        var path = $"/proc/{pid}/fdinfo/{number}";
        return DescriptorInfo.Parse(KernelFile.ReadText(path), path);
    }
}
