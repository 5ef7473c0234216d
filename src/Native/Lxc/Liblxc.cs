using System.Runtime.InteropServices;

namespace LxcNative.Native.Lxc;

/// <summary>LXC's own library, which alone starts containers as LXC does (lxccontainer.h).</summary>
/// <remarks>It forks the calling process, and the fork becomes the container's monitor: call it only in a process that has nothing else to do.</remarks>
internal sealed unsafe class Liblxc
{
    /// <summary>The library's name.</summary>
    public const string Soname = "liblxc.so.1";

    private readonly delegate* unmanaged[Cdecl]<byte*, byte*, nint> _new;
    private readonly delegate* unmanaged[Cdecl]<nint, int> _put;
    private readonly delegate* unmanaged[Cdecl]<byte*> _version;

    private Liblxc(nint library)
    {
        _new = (delegate* unmanaged[Cdecl]<byte*, byte*, nint>)NativeLibrary.GetExport(library, "lxc_container_new");
        _put = (delegate* unmanaged[Cdecl]<nint, int>)NativeLibrary.GetExport(library, "lxc_container_put");
        _version = (delegate* unmanaged[Cdecl]<byte*>)NativeLibrary.GetExport(library, "lxc_get_version");
    }

    /// <summary>Its version, like 5.0.2.</summary>
    public string Version => Marshal.PtrToStringUTF8((nint)_version()) ?? "";

    /// <summary>Loads the library.</summary>
    /// <exception cref="LiblxcNotFoundException">It is missing, or is not liblxc.</exception>
    public static Liblxc Load()
    {
        try
        {
            return new Liblxc(NativeLibrary.Load(Soname));
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new LiblxcNotFoundException(failure);
        }
    }

    /// <summary>Opens a container; null where the library cannot.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="lxcPath">Where LXC keeps it.</param>
    /// <returns>The caller's to dispose.</returns>
    public LiblxcContainer? Open(string name, string lxcPath)
    {
        fixed (byte* nameBytes = Interop.CString.From(name), pathBytes = Interop.CString.From(lxcPath))
        {
            var container = _new(nameBytes, pathBytes);
            return container == 0 ? null : new LiblxcContainer(container, address => _put(address));
        }
    }
}
