using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Processes;

/// <summary>Starts a program by posix_spawn(3), which a process with threads may call: with nothing inherited that was not asked for.</summary>
/// <remarks>In the child every signal has its default action and none is blocked, whatever the runtime did with them here.</remarks>
public static unsafe class Spawn
{
    private const int FirstFreeDescriptor = 3;

    /// <summary>Starts the program.</summary>
    /// <returns>The child's pid; the caller reaps it.</returns>
    /// <exception cref="SyscallException">It could not be started; ENOENT and EACCES speak of the program.</exception>
    public static int Start(SpawnRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.Path.StartsWith('/'))
            throw new ArgumentException($"The path \"{request.Path}\" is not absolute.", nameof(request));
        using var arguments = new CStringArray(request.Arguments);
        using var environment = new CStringArray(request.Environment.Select(variable => $"{variable.Key}={variable.Value}"));
        using var actions = new SpawnActions();
        using var attributes = new SpawnAttributes(request.NewSession);
        var copies = new List<FileDescriptor>();
        try
        {
            AddDescriptors(actions, request.Descriptors, copies);
            if (request.WorkingDirectory is { } directory)
                actions.ChangeDirectory(directory);
            int pid;
            fixed (byte* path = CString.From(request.Path))
                SpawnActions.Check(Libc.PosixSpawn(&pid, path, actions.Pointer, attributes.Pointer, arguments.Pointer, environment.Pointer), "posix_spawn", $"\"{request.Path}\"");
            return pid;
        }
        finally
        {
            foreach (var copy in copies)
                copy.Dispose();
        }
    }

    // A descriptor's target may be another's source ({3: fd 5, 5: fd 3}): each is first copied to a number above every target.
    private static void AddDescriptors(SpawnActions actions, IReadOnlyDictionary<int, FileDescriptor> map, List<FileDescriptor> copies)
    {
        var end = Math.Max(FirstFreeDescriptor, map.Keys.DefaultIfEmpty(-1).Max() + 1);
        foreach (var (target, descriptor) in map)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(target);
            var copy = CopyAbove(descriptor, end);
            copies.Add(copy);
            actions.Duplicate(copy.Number, target);
        }

        for (var number = 0; number < end; number++)
        {
            if (map.ContainsKey(number))
                continue;
            if (number < FirstFreeDescriptor)
                actions.OpenNull(number);
            else
                actions.Close(number);
        }

        actions.CloseFrom(end);
    }

    private static FileDescriptor CopyAbove(FileDescriptor descriptor, int lowest)
    {
        using var lease = new DescriptorLease(descriptor);
        return new FileDescriptor(SyscallException.ThrowIfFailed(
            LibC.fcntl(lease.Number, Fcntl.F_DUPFD_CLOEXEC, lowest), "fcntl F_DUPFD_CLOEXEC", $"descriptor {lease.Number}"));
    }
}
