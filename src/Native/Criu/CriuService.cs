using System.Runtime.InteropServices;
using LxcNative.Native.Criu.Interop;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Criu;

/// <summary>Calls libcriu. Calls of the whole process are let in one at a time and run on one thread, save for <see cref="RestoreChild"/>.</summary>
/// <remarks>Where libcriu starts criu itself it forks this process: criu inherits the C environment as it was at the start of the process
/// (CR_IP_TOOL, CRIU_CONFIG_FILE, PATH: they run code as root), its session and every descriptor that is not close-on-exec.
/// For dumps prefer a <see cref="CriuWorker"/>; restore from a process that was itself started clean.</remarks>
public sealed unsafe class CriuService(CriuInstallation installation)
{
    /// <summary>The criu that is called.</summary>
    public CriuInstallation Installation { get; } = installation ?? throw new ArgumentNullException(nameof(installation));

    /// <summary>Options for one call, with the installation's criu set.</summary>
    public CriuOptions CreateOptions() => new(Installation.Library) { ServiceBinary = Installation.CriuPath };

#pragma warning disable CA1822 // The service is what the caller holds; that the options know their library is a detail.
    /// <summary>Dumps the process tree of <see cref="CriuOptions.Pid"/>. Returns when criu has ended: the tasks are then killed, or run again.</summary>
    /// <exception cref="CriuException">The dump failed; the tasks run, unless criu itself was killed.</exception>
    public CriuDumpResult Dump(CriuOptions options, CriuNotifyHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (_, late) = CriuThread.Run(() => Call("dump", options, options.Library.Dump, handler));
        return new CriuDumpResult(late);
    }

    /// <summary>Dumps the memory only, the tasks go on. Needs <see cref="CriuOptions.TrackMemory"/>.</summary>
    /// <exception cref="CriuException">It failed; the tasks run.</exception>
    public CriuDumpResult PreDump(CriuOptions options, CriuNotifyHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var function = (delegate* unmanaged[Cdecl]<nint, int>)options.Library.Optional("criu_local_pre_dump");
        var (_, late) = CriuThread.Run(() => Call("pre-dump", options, function, handler));
        return new CriuDumpResult(late);
    }

    /// <summary>Restores; the root task becomes a child of the nearest subreaper. One with a parent-death signal dies at once.</summary>
    /// <exception cref="CriuException">The restore failed; nothing runs.</exception>
    public CriuRestoreResult Restore(CriuOptions options, CriuNotifyHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (pid, late) = CriuThread.Run(() => Call("restore", options, options.Library.Restore, handler));
        return new CriuRestoreResult(pid, late);
    }

    /// <summary>Restores the root task as a child of this process, on the calling thread: a parent-death signal binds the task to the very
    /// thread, which must live as long as the container. The caller waits for the child, and for no other process while this runs.</summary>
    /// <exception cref="CriuException">The restore failed; nothing runs, and the root task is reaped.</exception>
    public CriuRestoreResult RestoreChild(CriuOptions options, CriuNotifyHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        // libcriu would go back to a "criu" from PATH, and then free a constant.
        if (options.HasServiceFd)
            throw new InvalidOperationException("A restored child needs a criu that libcriu starts: set ServiceBinary, not a worker or a socket.");
        var (pid, late) = CriuThread.RunHere(() => Call("restore", options, options.Library.RestoreChild, handler, reapRoot: true));
        return new CriuRestoreResult(pid, late);
    }
#pragma warning restore CA1822

    /// <summary>Asks the criu of the installation for its version, through libcriu.</summary>
    /// <exception cref="CriuException">criu could not be asked.</exception>
    public Version Version()
    {
        using var options = CreateOptions();
        var function = (delegate* unmanaged[Cdecl]<nint, int>)options.Library.Optional("criu_local_get_version");
        var (number, _) = CriuThread.Run(() => Call("version", options, function, null));
        return new Version(number / 10000, number / 100 % 100, number % 100);
    }

    /// <summary>Asks what criu can do on this kernel. Makes criu probe it, and keep what it found where /run is a tmpfs. criu 3.17.</summary>
    /// <exception cref="CriuException">criu could not be asked.</exception>
    /// <exception cref="CriuFeatureMissingException">libcriu is too old to ask.</exception>
    public CriuFeatures FeatureCheck()
    {
        using var options = CreateOptions();
        RequireProgram(options);
        var function = (delegate* unmanaged[Cdecl]<nint, byte*, nuint, int>)options.Library.Optional("criu_local_feature_check");
        return CriuThread.Run(() =>
        {
            // struct criu_feature_check: three C bools, set to what is asked for, cleared where it is missing.
            var features = stackalloc byte[] { 1, 1, 1 };
            Marshal.SetLastSystemError(0);
            var result = function(options.Address, features, 3);
            var errno = (Errno)Marshal.GetLastSystemError();
            return result == 0
                ? new CriuFeatures(features[0] != 0, features[1] != 0, features[2] != 0)
                : throw new CriuException("feature check", result, errno, CriuReturnCode.Describe(result, errno, refused: false));
        });
    }

    private static (int Result, Exception? Late) Call(string operation, CriuOptions options, delegate* unmanaged[Cdecl]<nint, int> function,
        CriuNotifyHandler? handler, bool reapRoot = false)
    {
        RequireProgram(options);
        using var images = Lease(options.ImagesDirectory);
        using var work = Lease(options.WorkDirectory);
        var call = new CriuCall(options.Library, handler);
        options.Library.SetNotifyCallback(options.Address, CriuCall.Callback);
        int result;
        Errno errno;
        using (reapRoot ? new CriuRestoreWatch(call, options.ServiceBinary) : null)
            (result, errno) = RunWithDescriptors(call, options, function);
        var exit = options.Worker?.WaitForExit();
        if (result >= 0)
            return (result, call.LateFailure);
        if (reapRoot && call.RootPid is { } root)
            ReapFailedRoot(root);
        throw Failure(operation, result, errno, options, call, exit?.Signal);
    }

    private static (int Result, Errno Errno) RunWithDescriptors(CriuCall call, CriuOptions options, delegate* unmanaged[Cdecl]<nint, int> function)
    {
        try
        {
            foreach (var descriptor in options.Inherited)
                DescriptorCalls.SetCloseOnExec(descriptor, false);
            var answer = call.Run(function, options.Address);
            // Only now: a call that was not made has not closed it, and a criu that waits for it would wait for ever.
            options.ForgetServiceFd();
            return answer;
        }
        finally
        {
            foreach (var descriptor in options.Inherited)
                DescriptorCalls.SetCloseOnExec(descriptor, true);
        }
    }

    // libcriu finds out only in the child it has forked, which then runs this process' exit handlers.
    private static void RequireProgram(CriuOptions options)
    {
        if (options.HasServiceFd)
            return;
        var path = options.ServiceBinary ?? throw new InvalidOperationException("These options name no criu: set ServiceBinary or Worker.");
        if (!Path.IsPathRooted(path) || !CriuLocator.IsProgram(path))
            throw new CriuNotFoundException("criu cannot be started",
                [$"{nameof(CriuOptions.ServiceBinary)}: {path} (not an executable file with an absolute path)"]);
    }

    // criu kills the root of a failed restore, but as its parent we reap it. Asked for first: only a child of ours may be killed by its pid.
    private static void ReapFailedRoot(int pid)
    {
        try
        {
            if (ChildProcess.TryWait(pid) is not null)
                return;
            using var root = ProcessHandle.Open(pid);
            root.SendSignal(Signal.Kill);
            ChildProcess.Wait(pid);
        }
        catch (SyscallException gone) when (gone.Errno is Errno.ECHILD or Errno.ESRCH)
        {
            // Never was our child, or criu had not come as far: nothing to reap.
        }
    }

    private static CriuException Failure(string operation, int result, Errno errno, CriuOptions options, CriuCall call, Signal? endedBy)
    {
        var refused = call.Refusal is not null;
        // libcriu's errno is criu's own only where criu answered; a refusal leaves whatever was there.
        var criuErrno = !refused && (Errno)(-result) == Errno.EBADE ? errno : Errno.None;
        var (path, errors) = CriuFailureLog.Read(options);
        var inner = (call.Refusal, call.LateFailure) switch
        {
            ({ } refusal, { } late) => new AggregateException(refusal, late),
            var (refusal, late) => refusal ?? late,
        };
        return new CriuException(operation, result, criuErrno, CriuReturnCode.Describe(result, criuErrno, refused), path, errors, inner) { EndedBy = endedBy };
    }

    private static DescriptorReference Lease(FileDescriptor? descriptor) => new(descriptor);
}
