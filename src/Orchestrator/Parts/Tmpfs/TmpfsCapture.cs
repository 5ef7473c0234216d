using System.Diagnostics;
using System.Runtime.ExceptionServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Parts.Tmpfs.Format;

namespace LxcNative.Orchestrator.Parts.Tmpfs;

/// <summary>Captures a private tmpfs of a container. <see cref="Open(FileDescriptor, MountEntry)"/> while everything runs, <see cref="Start"/>
/// when it stands still, <see cref="Complete"/> when criu's images are done.</summary>
/// <remarks>The tmpfs is read through a copy of its mount that is attached nowhere: nothing is mounted over any of its directories there, and
/// no other mount can be reached.</remarks>
internal sealed class TmpfsCapture : IDisposable
{
    // Below this a thread costs more than the work.
    private const long SmallBytes = 256 * 1024;
    private readonly FileDescriptor _root;
    private Thread? _thread;
    private ExceptionDispatchInfo? _failure;
    private Stream? _output;
    private TmpfsWriter? _writer;
    private TmpfsTree? _tree;
    private TimeSpan _elapsed;

    private TmpfsCapture(FileDescriptor root, MountEntry mount)
    {
        _root = root;
        Mount = mount;
    }

    /// <summary>The mount.</summary>
    public MountEntry Mount { get; }

    /// <summary>The bytes that it holds now.</summary>
    public long UsedBytes
    {
        get
        {
            var usage = StatFs.Read(_root);
            return (long)(usage.TotalBytes - usage.FreeBytes);
        }
    }

    /// <summary>Opens a tmpfs of a container.</summary>
    /// <param name="mountNamespace">The container's mount namespace; stays the caller's.</param>
    /// <param name="mount">The mount, from the container's mountinfo.</param>
    /// <exception cref="TmpfsCaptureException">It is not a whole tmpfs, or something is mounted over it.</exception>
    /// <exception cref="SyscallException">The namespace cannot be entered, or the mount not copied; EINVAL in a user namespace that locked it.</exception>
    public static TmpfsCapture Open(FileDescriptor mountNamespace, MountEntry mount)
    {
        if (mount.FileSystemType != "tmpfs" || mount.Root != "/")
            throw new TmpfsCaptureException(mount.MountPoint, $"it is {mount.Root} of a {mount.FileSystemType}");
        var root = NamespaceThread.Run(() => DetachedMount.Clone(mount.MountPoint), mountNamespace);
        try
        {
            var status = FileStatus.Read(root);
            if (status.Device != new DeviceNumber(mount.Major, mount.Minor) || !status.IsDirectory)
                throw new TmpfsCaptureException(mount.MountPoint, "something is mounted over it, or it was exchanged");

            // Read-only, the copy leaves access times alone; private, it takes part in no mount that the container makes.
            DetachedMount.SetAttributes(root, MountAttributes.ReadOnly, propagation: Propagation.Private);
            return new TmpfsCapture(root, mount);
        }
        catch
        {
            root.Dispose();
            throw;
        }
    }

    /// <summary>Captures: a small tmpfs before this returns, a large one on a thread of its own.</summary>
    /// <param name="output">Where to; belongs to this object from now on.</param>
    /// <exception cref="SyscallException">Something could not be read.</exception>
    public void Start(Stream output)
    {
        if (_output is not null)
            throw new InvalidOperationException("the capture was started already");
        _output = output;
        _writer = new TmpfsWriter(output);
        _tree = new TmpfsTree(_root, _writer);
        if (UsedBytes <= SmallBytes)
        {
            Run();
            _failure?.Throw();
            return;
        }

        _thread = new Thread(Run) { IsBackground = true, Name = "tmpfs" };
        _thread.Start();
    }

    /// <summary>Waits for the end, and adds what criu itself put into the tmpfs meanwhile.</summary>
    /// <exception cref="SyscallException">Something could not be read.</exception>
    public TmpfsCaptureResult Complete()
    {
        if (_tree is null || _writer is null || _output is null)
            throw new InvalidOperationException("the capture was not started");
        _thread?.Join();
        _failure?.Throw();
        _tree.WriteRemaps();
        _writer.End();
        _output.Flush();
        return new TmpfsCaptureResult(_tree.Count, _tree.Bytes, _elapsed);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _thread?.Join();
        _output?.Dispose();
        _root.Dispose();
    }

    private void Run()
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            _tree!.Write();
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }

        _elapsed = Stopwatch.GetElapsedTime(start);
    }
}
