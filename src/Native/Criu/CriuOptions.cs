using System.Runtime.InteropServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;

namespace LxcNative.Native.Criu;

/// <summary>The options of one dump or restore, kept by libcriu. Not thread-safe; use once and dispose.</summary>
/// <remarks>Defaults are criu's. criu reads /etc/criu/default.conf, $HOME/.criu/default.conf and $CRIU_CONFIG_FILE before these options
/// and <see cref="ConfigFile"/> after them. Every setter throws <see cref="CriuFeatureMissingException"/> when the loaded libcriu is too old for it,
/// and <see cref="CriuException"/> when libcriu refuses the value. Descriptors stay the caller's unless the member says otherwise.</remarks>
public sealed unsafe partial class CriuOptions : SafeHandle
{
    private readonly List<FileDescriptor> _inherited = [];
    private FileDescriptor? _service;

    /// <summary>Makes options with criu's defaults.</summary>
    /// <exception cref="CriuException">libcriu could not allocate them.</exception>
    public CriuOptions(LibCriu library)
        : base(0, ownsHandle: true)
    {
        ArgumentNullException.ThrowIfNull(library);
        Library = library;
        nint options = 0; // libcriu frees what it finds here first.
        if (library.InitOptions(&options) != 0 || options == 0)
            throw new CriuException("options", -1, Errno.ENOMEM, "libcriu could not allocate them");
        SetHandle(options);
    }

    /// <summary>The library that keeps these options.</summary>
    public LibCriu Library { get; }

    /// <inheritdoc />
    public override bool IsInvalid => handle == 0;

    /// <summary>The numbers that are open in this process only for criu to inherit.</summary>
    internal IReadOnlyList<FileDescriptor> Inherited => _inherited;

    /// <summary>Whether a call goes over a socket that was handed in, rather than to a criu that libcriu forks.</summary>
    internal bool HasServiceFd => _service is not null || Worker is { IsWaiting: true };

    /// <summary>The address of libcriu's options.</summary>
    /// <exception cref="ObjectDisposedException">They are freed.</exception>
    internal nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return handle;
        }
    }

    /// <summary>libcriu has closed the service socket: its number may already be somebody else's.</summary>
    internal void ForgetServiceFd()
    {
        _service?.SetHandleAsInvalid();
        _service = null;
        Worker?.ForgetSocket();
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _service?.Dispose();
            Worker?.Dispose();
            foreach (var descriptor in _inherited)
                descriptor.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        Library.FreeOptions(handle);
        return true;
    }

    private void SetFlag(string symbol, bool value) => SetNumber(symbol, value ? 1 : 0);

    // Through a C bool, an int or an enum alike: the register holds the value zero-extended.
    private void SetNumber(string symbol, int value) =>
        ((delegate* unmanaged[Cdecl]<nint, int, void>)Library.Optional(symbol))(Address, value);

    private void SetChecked(string symbol, int value)
    {
        var result = ((delegate* unmanaged[Cdecl]<nint, int, int>)Library.Optional(symbol))(Address, value);
        if (result != 0)
            throw Refused(symbol, value.ToString(), result);
    }

    private void SetText(string symbol, string value)
    {
        fixed (byte* text = CString.From(value))
        {
            var result = ((delegate* unmanaged[Cdecl]<nint, byte*, int>)Library.Optional(symbol))(Address, text);
            if (result != 0)
                throw Refused(symbol, value, result);
        }
    }

    private void SetPair(string symbol, string? first, string second)
    {
        fixed (byte* one = first is null ? null : CString.From(first), two = CString.From(second))
        {
            var result = ((delegate* unmanaged[Cdecl]<nint, byte*, byte*, int>)Library.Optional(symbol))(Address, one, two);
            if (result != 0)
                throw Refused(symbol, $"{first}, {second}", result);
        }
    }

    private static CriuException Refused(string symbol, string value, int result) =>
        new($"{symbol}({value})", result, Errno.None, "libcriu refuses the value or is out of memory");
}
