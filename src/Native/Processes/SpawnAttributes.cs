using System.Runtime.InteropServices;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Processes;

/// <summary>posix_spawnattr_t: default actions for all signals, none blocked, and a session where asked for.</summary>
internal sealed unsafe class SpawnAttributes : IDisposable
{
    private void* _attributes;

    public SpawnAttributes(bool newSession)
    {
        _attributes = NativeMemory.AllocZeroed(SpawnFlags.OpaqueSize);
        SpawnActions.Check(Libc.SpawnAttributesInit(_attributes), "posix_spawnattr_init", "");
        var set = stackalloc byte[Signals.SizeOfSigset];
        // Not sigfillset, which leaves out signals 32 and 33: the GNU C library would then start the child with both of them ignored.
        new Span<byte>(set, Signals.SizeOfSigset).Fill(0xff);
        SpawnActions.Check(Libc.SpawnAttributesSetSignalDefault(_attributes, set), "posix_spawnattr_setsigdefault", "all");
        new Span<byte>(set, Signals.SizeOfSigset).Clear();
        SpawnActions.Check(Libc.SpawnAttributesSetSignalMask(_attributes, set), "posix_spawnattr_setsigmask", "none");
        var flags = SpawnFlags.POSIX_SPAWN_SETSIGDEF | SpawnFlags.POSIX_SPAWN_SETSIGMASK | (newSession ? SpawnFlags.POSIX_SPAWN_SETSID : 0);
        SpawnActions.Check(Libc.SpawnAttributesSetFlags(_attributes, (short)flags), "posix_spawnattr_setflags", $"0x{flags:x}");
    }

    public void* Pointer => _attributes;

    public void Dispose()
    {
        if (_attributes is null)
            return;
        _ = Libc.SpawnAttributesDestroy(_attributes);
        NativeMemory.Free(_attributes);
        _attributes = null;
    }
}
