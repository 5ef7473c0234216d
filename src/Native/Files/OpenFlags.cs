using LxcNative.Native.Uapi;

namespace LxcNative.Native.Files;

/// <summary>How a file is opened (open(2)).</summary>
[Flags]
public enum OpenFlags
{
    /// <summary>For reading.</summary>
    ReadOnly = Fcntl.O_RDONLY,

    /// <summary>For writing.</summary>
    WriteOnly = Fcntl.O_WRONLY,

    /// <summary>For both.</summary>
    ReadWrite = Fcntl.O_RDWR,

    /// <summary>Created when absent.</summary>
    Create = Fcntl.O_CREAT,

    /// <summary>With <see cref="Create"/>: EEXIST when present.</summary>
    Exclusive = Fcntl.O_EXCL,

    /// <summary>A terminal does not become the controlling one.</summary>
    NoControllingTerminal = Fcntl.O_NOCTTY,

    /// <summary>Emptied.</summary>
    Truncate = Fcntl.O_TRUNC,

    /// <summary>Every write goes to the end.</summary>
    Append = Fcntl.O_APPEND,

    /// <summary>Neither the open nor later calls wait.</summary>
    NonBlocking = Fcntl.O_NONBLOCK,

    /// <summary>ENOTDIR for anything but a directory.</summary>
    Directory = Fcntl.O_DIRECTORY,

    /// <summary>ELOOP when the last component is a symbolic link (with <see cref="Path"/>: the link itself is opened).</summary>
    NoFollow = Fcntl.O_NOFOLLOW,

    /// <summary>Closed by execve. Always set by this library's own calls.</summary>
    CloseOnExec = Fcntl.O_CLOEXEC,

    /// <summary>Only the place in the tree: neither permissions of the file nor its driver are involved.</summary>
    Path = Fcntl.O_PATH,

    /// <summary>An unnamed file in the named directory.</summary>
    TemporaryFile = Fcntl.O_TMPFILE,
}
