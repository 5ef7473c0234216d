using LxcNative.Native.Interop;

namespace LxcNative.Native.Lxc;

/// <summary>A container of liblxc: a C structure with function pointers behind a private head.</summary>
/// <remarks>The offsets are those of struct lxc_container for 64-bit systems (lxc/lxccontainer.h), the same since 3.0: it only grows at its end.</remarks>
internal sealed unsafe class LiblxcContainer : IDisposable
{
    private const int IsDefinedOffset = 80;
    private const int IsRunningOffset = 96;
    private const int StartOffset = 136;
    private const int StopOffset = 152;
    private const int DaemonizeOffset = 160;
    private const int SetItemOffset = 192;
    private const int ShutdownOffset = 248;
    private readonly Action<nint> _put;
    private nint _address;

    internal LiblxcContainer(nint address, Action<nint> put) => (_address, _put) = (address, put);

    /// <summary>Whether it has a configuration that LXC understands.</summary>
    public bool IsDefined => ((delegate* unmanaged[Cdecl]<nint, byte>)At(IsDefinedOffset))(_address) != 0;

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => ((delegate* unmanaged[Cdecl]<nint, byte>)At(IsRunningOffset))(_address) != 0;

    /// <summary>Sets a configuration item in memory.</summary>
    public bool SetItem(string key, string value)
    {
        fixed (byte* keyBytes = CString.From(key), valueBytes = CString.From(value))
            return ((delegate* unmanaged[Cdecl]<nint, byte*, byte*, byte>)At(SetItemOffset))(_address, keyBytes, valueBytes) != 0;
    }

    /// <summary>Starts it, with a monitor in the background, and waits until it runs.</summary>
    public bool Start()
    {
        ((delegate* unmanaged[Cdecl]<nint, byte, byte>)At(DaemonizeOffset))(_address, 1);
        return ((delegate* unmanaged[Cdecl]<nint, int, byte**, byte>)At(StartOffset))(_address, 0, null) != 0;
    }

    /// <summary>Asks its init to end, and waits.</summary>
    /// <param name="seconds">How long, in seconds; -1 for ever.</param>
    public bool Shutdown(int seconds) => ((delegate* unmanaged[Cdecl]<nint, int, byte>)At(ShutdownOffset))(_address, seconds) != 0;

    /// <summary>Kills it.</summary>
    public bool Stop() => ((delegate* unmanaged[Cdecl]<nint, byte>)At(StopOffset))(_address) != 0;

    /// <inheritdoc />
    public void Dispose()
    {
        if (_address != 0)
            _put(_address);
        _address = 0;
    }

    private nint At(int offset)
    {
        ObjectDisposedException.ThrowIf(_address == 0, this);
        return *(nint*)(_address + offset);
    }
}
