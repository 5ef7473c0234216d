using System.Runtime.InteropServices;

namespace LxcNative.Native.Criu;

/// <summary>libcriu.so.2, loaded at run time: a function that an older version lacks disables one option, not the library.</summary>
/// <remarks>Never unloaded. libcriu keeps state of a call in globals of the process, so calls go through <see cref="CriuService"/>, which
/// lets one in at a time. Source: lib/c/criu.h of criu.</remarks>
public sealed unsafe class LibCriu
{
    /// <summary>The name by which the system's loader finds the library.</summary>
    public const string Soname = "libcriu.so.2";

    private readonly Func<string, nint> _resolve;

    internal LibCriu(string path, Func<string, nint> resolve)
    {
        Path = path;
        _resolve = resolve;
        InitOptions = (delegate* unmanaged[Cdecl]<nint*, int>)Required("criu_local_init_opts");
        FreeOptions = (delegate* unmanaged[Cdecl]<nint, void>)Required("criu_local_free_opts");
        SetNotifyCallback = (delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<byte*, nint, int>, void>)Required("criu_local_set_notify_cb");
        NotifyPid = (delegate* unmanaged[Cdecl]<nint, int>)Required("criu_notify_pid");
        Dump = (delegate* unmanaged[Cdecl]<nint, int>)Required("criu_local_dump");
        Restore = (delegate* unmanaged[Cdecl]<nint, int>)Required("criu_local_restore");
        RestoreChild = (delegate* unmanaged[Cdecl]<nint, int>)Required("criu_local_restore_child");
        foreach (var symbol in (ReadOnlySpan<string>)
            ["criu_local_set_service_binary", "criu_local_set_service_fd", "criu_local_set_pid", "criu_local_set_images_dir_fd", "criu_local_set_log_file"])
            Required(symbol);
        OldestPossibleVersion = CriuSymbols.Newest(name => _resolve(name) != 0);
    }

    /// <summary>Where the library was loaded from; the bare name when the system's loader found it.</summary>
    public string Path { get; }

    /// <summary>libcriu does not say its version: this is the newest one whose functions it has, 4.2 for every later one.</summary>
    public Version? OldestPossibleVersion { get; }

    internal delegate* unmanaged[Cdecl]<nint*, int> InitOptions { get; }

    internal delegate* unmanaged[Cdecl]<nint, void> FreeOptions { get; }

    internal delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<byte*, nint, int>, void> SetNotifyCallback { get; }

    internal delegate* unmanaged[Cdecl]<nint, int> NotifyPid { get; }

    internal delegate* unmanaged[Cdecl]<nint, int> Dump { get; }

    internal delegate* unmanaged[Cdecl]<nint, int> Restore { get; }

    internal delegate* unmanaged[Cdecl]<nint, int> RestoreChild { get; }

    /// <summary>Loads the library.</summary>
    /// <param name="path">An absolute path, or <see cref="Soname"/> to let the system's loader search.</param>
    /// <exception cref="CriuNotFoundException">It is missing, cannot be loaded (libprotobuf-c.so.1 missing?), or is not libcriu.</exception>
    public static LibCriu Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        nint library;
        try
        {
            library = NativeLibrary.Load(path);
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            throw new CriuNotFoundException($"{path} cannot be loaded" + WhyNot(path), [path], inner: failure);
        }
        return new LibCriu(path, name => NativeLibrary.TryGetExport(library, name, out var address) ? address : 0);
    }

    /// <summary>Whether the loaded library has the functions of a feature.</summary>
    public bool Supports(CriuFeature feature) => _resolve(CriuSymbols.Of(feature)) != 0;

    /// <summary>The address of an optional function.</summary>
    /// <exception cref="CriuFeatureMissingException">The library is too old to have it.</exception>
    internal nint Optional(string symbol) => _resolve(symbol) is var address && address != 0
        ? address
        : throw new CriuFeatureMissingException(symbol, CriuSymbols.VersionOf(symbol), Path);

    private nint Required(string symbol) => _resolve(symbol) is var address && address != 0
        ? address
        : throw new CriuNotFoundException($"{Path} is not a usable libcriu: it has no {symbol}", [Path]);

    private static string WhyNot(string path)
    {
        if (path.Contains('/') && !File.Exists(path))
            return ": no such file";
        return NativeLibrary.TryLoad("libprotobuf-c.so.1", out _)
            ? ""
            : ": it needs libprotobuf-c.so.1, which the system does not have (Debian: libprotobuf-c1)";
    }
}
