using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Parts.Network.Rebuilding;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>A new network namespace, made while the monitor still waits for what it is asked.</summary>
internal sealed class EmptyNetwork : IDisposable
{
    private readonly Task<FileDescriptor> _making = Task.Run(NetworkRebuild.MakeNamespace);
    private bool _isTaken;

    private EmptyNetwork()
    {
    }

    /// <summary>Begins to make it.</summary>
    public static EmptyNetwork Begin() => new();

    /// <summary>Waits for it, and gives it away.</summary>
    /// <exception cref="Native.Errors.SyscallException">It could not be made.</exception>
    public FileDescriptor Take()
    {
        var network = _making.GetAwaiter().GetResult();
        _isTaken = true;
        return network;
    }

    /// <summary>Ends one that nobody took.</summary>
    public void Dispose()
    {
        if (_isTaken)
            return;
        // That it could not be made is of no interest to those who did not ask for it.
        ((IAsyncResult)_making).AsyncWaitHandle.WaitOne();
        if (_making.IsCompletedSuccessfully)
            _making.Result.Dispose();
    }
}
