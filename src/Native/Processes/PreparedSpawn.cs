using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Processes;

/// <summary>A start that needs nothing more than its call: for a thread that is about to leave the file system in which the runtime would find the rest of this
/// program.</summary>
internal sealed unsafe class PreparedSpawn : IDisposable
{
    private const int FirstFreeDescriptor = 3;

    private readonly CStringArray _arguments;
    private readonly CStringArray _environment;
    private readonly SpawnActions _actions = new();
    private readonly SpawnAttributes _attributes;
    private readonly List<FileDescriptor> _copies = [];
    private readonly byte[][] _paths;

    /// <summary>Prepares it; <see cref="SpawnRequest.Umask"/> is the caller's to observe.</summary>
    /// <param name="request">What is started.</param>
    /// <param name="further">Where it is looked for when it is not at the request's path.</param>
    /// <exception cref="SyscallException">A descriptor cannot be passed on.</exception>
    public PreparedSpawn(SpawnRequest request, params IEnumerable<string> further)
    {
        _paths = [.. further.Prepend(request.Path).Select(path => CString.From(path))];
        _arguments = new CStringArray(request.Arguments);
        _environment = new CStringArray(request.Environment.Select(variable => $"{variable.Key}={variable.Value}"));
        _attributes = new SpawnAttributes(request.NewSession || request.Terminal is not null);
        try
        {
            AddDescriptors(request.Descriptors, request.Terminal is null ? 0 : FirstFreeDescriptor);
            if (request.Terminal is { } terminal)
                AddTerminal(terminal);
            if (request.WorkingDirectory is { } directory)
                _actions.ChangeDirectory(directory);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Starts the first that is there.</summary>
    /// <param name="pid">The child's pid; the caller reaps it.</param>
    /// <returns>Why none could be started, or none; of several the one that is there and cannot be.</returns>
    public Errno TryStart(out int pid)
    {
        pid = 0;
        var failure = Errno.ENOENT;
        foreach (var path in _paths)
        {
            var errno = TryStart(path, ref pid);
            if (errno == Errno.None)
                return errno;
            if (errno is not (Errno.ENOENT or Errno.ENOTDIR))
                failure = errno;
        }

        return failure;
    }

    /// <summary>Does all that a start does, of what is not there: afterwards the runtime needs no file any more for one.</summary>
    /// <returns>ENOENT, where nothing else is in the way.</returns>
    public Errno Rehearse()
    {
        var pid = 0;
        return TryStart("/proc/self/nothing\0"u8, ref pid);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var copy in _copies)
            copy.Dispose();
        _attributes.Dispose();
        _actions.Dispose();
        _environment.Dispose();
        _arguments.Dispose();
    }

    private Errno TryStart(ReadOnlySpan<byte> path, ref int pid)
    {
        int child, result;
        fixed (byte* bytes = path)
            result = Libc.PosixSpawn(&child, bytes, _actions.Pointer, _attributes.Pointer, _arguments.Pointer, _environment.Pointer);
        if (result == 0)
            pid = child;
        return (Errno)result;
    }

    // The first that the leader of a session opens becomes its controlling terminal.
    private void AddTerminal(string path)
    {
        _actions.Open(0, path);
        for (var number = 1; number < FirstFreeDescriptor; number++)
            _actions.Duplicate(0, number);
    }

    // A descriptor's target may be another's source ({3: fd 5, 5: fd 3}): each is first copied to a number above every target.
    private void AddDescriptors(IReadOnlyDictionary<int, FileDescriptor> map, int first)
    {
        var end = Math.Max(FirstFreeDescriptor, map.Keys.DefaultIfEmpty(-1).Max() + 1);
        foreach (var (target, descriptor) in map)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(target);
            var copy = CopyAbove(descriptor, end);
            _copies.Add(copy);
            _actions.Duplicate(copy.Number, target);
        }

        for (var number = first; number < end; number++)
        {
            if (map.ContainsKey(number))
                continue;
            if (number < FirstFreeDescriptor)
                _actions.OpenNull(number);
            else
                _actions.Close(number);
        }

        _actions.CloseFrom(end);
    }

    private static FileDescriptor CopyAbove(FileDescriptor descriptor, int lowest)
    {
        using var lease = new DescriptorLease(descriptor);
        return new FileDescriptor(SyscallException.ThrowIfFailed(
            LibC.fcntl(lease.Number, Fcntl.F_DUPFD_CLOEXEC, lowest), "fcntl F_DUPFD_CLOEXEC", $"descriptor {lease.Number}"));
    }
}
