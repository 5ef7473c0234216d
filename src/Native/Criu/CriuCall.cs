using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LxcNative.Native.Criu.Interop;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;

namespace LxcNative.Native.Criu;

/// <summary>What one running call of libcriu needs to know when criu asks back.</summary>
/// <remarks>libcriu's callback carries no context of the caller. It comes on the thread of the call, so that thread remembers.</remarks>
internal sealed unsafe class CriuCall(LibCriu library, CriuNotifyHandler? handler)
{
    [ThreadStatic]
    private static CriuCall? _current;

    private volatile int _rootPid;

    /// <summary>What the handler threw where that refused the call.</summary>
    public Exception? Refusal { get; private set; }

    /// <summary>What the handler threw where criu could not be refused.</summary>
    public Exception? LateFailure { get; private set; }

    /// <summary>The last pid of the root task that criu has told.</summary>
    public int? RootPid => _rootPid == 0 ? null : _rootPid;

    /// <summary>The callback that libcriu is given.</summary>
    public static delegate* unmanaged[Cdecl]<byte*, nint, int> Callback => &OnNotify;

    /// <summary>Runs one function of libcriu with this context.</summary>
    /// <returns>libcriu's return value, and the errno that it left.</returns>
    public (int Result, Errno Errno) Run(delegate* unmanaged[Cdecl]<nint, int> function, nint options)
    {
        if (_current is not null)
            throw new InvalidOperationException("libcriu cannot be called from inside of a notification.");
        _current = this;
        try
        {
            Marshal.SetLastSystemError(0);
            var result = function(options);
            return (result, (Errno)Marshal.GetLastSystemError());
        }
        finally
        {
            _current = null;
        }
    }

    /// <summary>Whether this thread is inside of a notification or about to be.</summary>
    public static bool IsRunningHere => _current is not null;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnNotify(byte* action, nint argument)
    {
        // Nothing may be thrown through libcriu's frames: they are C.
        var call = _current;
        if (call is null)
            return -(int)Errno.EINVAL;
        try
        {
            return call.Notify(Marshal.PtrToStringUTF8((nint)action) ?? "", argument);
        }
#pragma warning disable CA1031 // Kept, and reported by the call that is running.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            call.Refusal ??= failure;
            return -(int)Errno.ECANCELED;
        }
    }

    private int Notify(string text, nint argument)
    {
        var pid = argument == 0 ? 0 : library.NotifyPid(argument);
        if (pid > 0)
            _rootPid = pid;
        var action = CriuNotifyActionExtensions.Parse(text);
        try
        {
            handler?.Invoke(new CriuNotification(text, pid > 0 ? pid : null, action == CriuNotifyAction.OrphanPtsMaster ? TakeOrphanMaster() : null));
            return 0;
        }
#pragma warning disable CA1031 // Kept, and reported by the call that is running.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (action.CannotBeRefused())
            {
                LateFailure = LateFailure is null ? failure : new AggregateException(LateFailure, failure);
                return 0;
            }
            Refusal = failure;
            // Always negative: libcriu returns this value, and a positive one would read as a pid.
            return failure is LinuxException { Errno: > Errno.None } refused ? -(int)refused.Errno : -(int)Errno.ECANCELED;
        }
    }

    private FileDescriptor? TakeOrphanMaster()
    {
        var number = ((delegate* unmanaged[Cdecl]<int>)library.Optional("criu_get_orphan_pts_master_fd"))();
        if (number < 0)
            return null;
        var master = new FileDescriptor(number);
        DescriptorCalls.SetCloseOnExec(master, true);
        return master;
    }
}
