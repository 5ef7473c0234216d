using LxcNative.Native.Criu.Images;
using LxcNative.Native.Criu.Interop;
using LxcNative.Native.Criu.Rpc;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Criu;

/// <summary>A criu (<c>criu swrk</c>) started ahead of its dump: its program is loaded and the kernel is probed before anything is frozen.</summary>
/// <remarks>Start, <see cref="Warm"/>, then give it to <see cref="CriuOptions.Worker"/>, whose dump waits for its end. Runs in a session of its
/// own with a clean environment, which libcriu's own fork cannot offer. For dumps: a restore whose root must become our child has to be forked by
/// libcriu.</remarks>
public sealed class CriuWorker : IDisposable
{
    private const int SocketNumber = 3;
    private const uint OthersNothing = 0x3f;

    private readonly FileDescriptor _standardError;
    private readonly string _path;
    private FileDescriptor? _socket;
    private bool _lent;
    private ChildExit? _exit;

    private CriuWorker(string path, int pid, FileDescriptor socket, FileDescriptor standardError)
    {
        _path = path;
        Pid = pid;
        _socket = socket;
        _standardError = standardError;
    }

    /// <summary>criu's pid.</summary>
    public int Pid { get; }

    /// <summary>criu's version; null before <see cref="Warm"/>.</summary>
    public Version? Version { get; private set; }

    /// <summary>What criu can do on this kernel; null before <see cref="Warm"/>.</summary>
    public CriuFeatures? Features { get; private set; }

    /// <summary>Asks the kernel to end others first when memory runs out: a criu that is killed takes with it the task that it has in its hands
    /// (oom_score_adj, proc_pid_oom_score_adj(5)).</summary>
    /// <returns>False where that is not allowed (CAP_SYS_RESOURCE).</returns>
    /// <exception cref="SyscallException">criu has ended.</exception>
    public bool TryShield()
    {
        try
        {
            KernelFile.WriteText($"/proc/{Pid}/oom_score_adj", "-1000");
            return true;
        }
        catch (SyscallException e) when (e.Errno is Errno.EACCES or Errno.EPERM)
        {
            return false;
        }
    }

    /// <summary>Starts a criu that waits for requests.</summary>
    /// <exception cref="SyscallException">It could not be started.</exception>
    public static CriuWorker Start(CriuInstallation installation, CriuWorkerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(installation);
        return Start(installation.CriuPath, options);
    }

    /// <summary>Starts the criu at <paramref name="path"/>, which must be absolute.</summary>
    /// <exception cref="SyscallException">It could not be started.</exception>
    public static CriuWorker Start(string path, CriuWorkerOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Path.IsPathRooted(path))
            throw new ArgumentException("criu's path must be absolute.", nameof(path));
        options ??= new CriuWorkerOptions();
        foreach (var (_, number) in options.Inherited)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(number, SocketNumber, nameof(options));

        var (ours, theirs) = DescriptorCalls.PacketSocketPair();
        var standardError = MemoryFile.Create("criu-stderr");
        try
        {
            using (theirs)
            {
                var descriptors = options.Inherited.ToDictionary(inherited => inherited.Number, inherited => inherited.Descriptor);
                descriptors[2] = standardError;
                descriptors[SocketNumber] = theirs;
                var pid = Spawn.Start(new SpawnRequest
                {
                    Path = path,
                    Arguments = [path, "swrk", $"{SocketNumber}"],
                    Environment = CleanEnvironment(path, options.Environment),
                    Descriptors = descriptors,
                    // Away from the terminal's SIGINT: a criu interrupted while its parasite is injected kills the container.
                    NewSession = true,
                    // criu makes images that everybody may read: the container's memory is in them.
                    Umask = OthersNothing,
                });
                return new CriuWorker(path, pid, ours, standardError);
            }
        }
        catch
        {
            ours.Dispose();
            standardError.Dispose();
            throw;
        }
    }

    /// <summary>Has criu say its version and probe the kernel, and waits for both answers.</summary>
    /// <exception cref="CriuException">criu does not answer as it should.</exception>
    public void Warm()
    {
        AskVersion();
        Features = Ask(CriuRequest.FeatureCheck(), CriuRequestType.FeatureCheck).Features;
    }

    /// <summary>Ends a criu that was given no dump; waits for one that was. Never interrupts a dump: that would kill the container.</summary>
    public void Dispose()
    {
        // It ends when it sees its socket closed, having nothing to do.
        _socket?.Dispose();
        _socket = null;
        WaitForExit();
        _standardError.Dispose();
    }

    /// <summary>What criu has written to its standard error: usually nothing, else why it could not even open its log.</summary>
    public string ReadStandardError()
    {
        ObjectDisposedException.ThrowIf(_standardError.IsClosed, this);
        return File.ReadAllText($"/proc/self/fd/{_standardError.Number}");
    }

    /// <summary>Waits until criu has ended and reaps it. Only after a call has used it: it does not end by itself.</summary>
    /// <exception cref="SyscallException">Somebody else has reaped it.</exception>
    public ChildExit WaitForExit()
    {
        if (_socket is not null)
            throw new InvalidOperationException("This criu still waits for its request.");
        return _exit ??= ChildProcess.Wait(Pid);
    }

    internal Version AskVersion() =>
        Version = Ask(CriuRequest.Version(), CriuRequestType.Version).Version ?? throw Failed("version", Errno.EBADMSG, "criu does not say its version");

    /// <summary>Whether its socket is open: it waits for a request.</summary>
    internal bool IsWaiting => _socket is not null;

    /// <summary>Lends the socket to options, once. It stays this object's to close, so that a call that is never made leaves no criu waiting for it.</summary>
    internal FileDescriptor Lend()
    {
        var socket = Waiting();
        _lent = true;
        return socket;
    }

    /// <summary>libcriu has closed the socket: its number may already be somebody else's.</summary>
    internal void ForgetSocket()
    {
        _socket?.SetHandleAsInvalid();
        _socket = null;
    }

    private FileDescriptor Waiting() =>
        _socket is { } socket && !_lent ? socket : throw new InvalidOperationException("This criu has been given its request already.");

    private static Dictionary<string, string> CleanEnvironment(string path, IReadOnlyDictionary<string, string> wanted)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = $"{Path.GetDirectoryName(path)}:{SystemPath.Value}",
            ["LANG"] = "C",
            ["HOME"] = "/nonexistent",
        };
        foreach (var (name, value) in wanted)
            environment[name] = value;
        return environment;
    }

    private CriuResponse Ask(ReadOnlySpan<byte> request, CriuRequestType type)
    {
        var socket = Waiting();
        var operation = type == CriuRequestType.Version ? "version" : "feature check";
        CriuResponse answer;
        try
        {
            DescriptorCalls.SendPacket(socket, request);
            var packet = DescriptorCalls.ReceivePacket(socket);
            if (packet.Length == 0)
                throw Failed(operation, Errno.ECOMM, "criu ended without an answer");
            answer = CriuResponse.Parse(packet);
        }
        catch (SyscallException failure)
        {
            throw Failed(operation, Errno.ECOMM, "criu ended without an answer", failure);
        }
        catch (MalformedImageException failure)
        {
            throw Failed(operation, Errno.EBADMSG, "criu's answer cannot be read", failure);
        }
        return answer.Type == type && answer.Success
            ? answer
            : throw Failed(operation, Errno.EBADE, $"criu refuses{(answer.Message is null ? "" : ": " + answer.Message.Trim())}");
    }

    private CriuException Failed(string operation, Errno errno, string meaning, Exception? inner = null)
    {
        var text = ReadStandardError().Trim();
        return new CriuException($"{operation} of \"{_path}\"", -(int)errno, Errno.None, meaning, null, text.Length == 0 ? [] : text.Split('\n'), inner);
    }
}
