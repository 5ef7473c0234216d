using LxcNative.Native.Criu.Interop;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;

namespace LxcNative.Native.Criu;

public sealed unsafe partial class CriuOptions
{
    /// <summary>The criu that libcriu executes: give an absolute path. libcriu's default is <c>criu</c> from PATH.</summary>
    public string? ServiceBinary
    {
        get;
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            RequireNoService();
            SetText("criu_local_set_service_binary", value);
            field = value;
        }
    }

    /// <summary>A criu that is already running, for <see cref="CriuService.Dump"/>. Waited for after the call, and disposed with these options, if its owner
    /// did not do so before.</summary>
    public CriuWorker? Worker
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            RequireNoService();
            SetNumber("criu_local_set_service_fd", value.Lend().Number);
            field = value;
        }
    }

    /// <summary>A connected SOCK_SEQPACKET socket to a criu. Owned by these options from then on; libcriu closes it after one call.</summary>
    public void SetServiceFd(FileDescriptor socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        RequireNoService();
        SetNumber("criu_local_set_service_fd", socket.Number);
        _service = socket;
    }

    /// <summary>Lets criu inherit a descriptor in place of an external resource, where libcriu starts criu itself. Duplicated: the caller's may be closed at
    /// once.</summary>
    /// <remarks>Anything else that this process executes during the call without closing its descriptors would inherit it too.</remarks>
    public void AddInheritFd(FileDescriptor descriptor, string key)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentException.ThrowIfNullOrEmpty(key);
        var copy = DescriptorCalls.Duplicate(descriptor);
        _inherited.Add(copy);
        AddInheritNumber(copy.Number, key);
    }

    /// <summary>The same by the number that the descriptor has inside of a <see cref="CriuWorker"/>, which was given it at its start.</summary>
    public void AddInheritFd(int numberInWorker, string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentOutOfRangeException.ThrowIfNegative(numberInWorker);
        AddInheritNumber(numberInWorker, key);
    }

    private void RequireNoService()
    {
        if (HasServiceFd)
            throw new InvalidOperationException("These options already have a criu that is running.");
    }

    private void AddInheritNumber(int number, string key)
    {
        fixed (byte* text = CString.From(key))
        {
            var result = ((delegate* unmanaged[Cdecl]<nint, int, byte*, int>)Library.Optional("criu_local_add_inherit_fd"))(Address, number, text);
            if (result != 0)
                throw Refused("criu_local_add_inherit_fd", $"{number}, {key}", result);
        }
    }
}
