using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Processes;

namespace LxcNative.Native.Criu;

/// <summary>criu or libcriu failed. Carries both of libcriu's facts (what it returned, what criu's errno was) and the log's own error lines.</summary>
public sealed class CriuException : LinuxException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="operation">What was asked: dump, restore, ...</param>
    /// <param name="returnCode">What libcriu returned.</param>
    /// <param name="criuErrno">The errno that criu reported (cr_errno) or libcriu left; usually <see cref="Errno.None"/>.</param>
    /// <param name="meaning">What the two mean, in words.</param>
    /// <param name="logPath">The log, where there is one.</param>
    /// <param name="logErrors">The log's error lines with their context.</param>
    /// <param name="inner">What the caller's handler threw, when that ended the call.</param>
    public CriuException(string operation, int returnCode, Errno criuErrno, string meaning, string? logPath = null,
        IReadOnlyList<string>? logErrors = null, Exception? inner = null)
        : base(Compose(operation, returnCode, criuErrno, meaning, logPath, logErrors ?? [], inner),
            criuErrno != Errno.None ? criuErrno : returnCode < 0 ? (Errno)(-returnCode) : Errno.None, inner)
    {
        Operation = operation;
        ReturnCode = returnCode;
        CriuErrno = criuErrno;
        Meaning = meaning;
        LogPath = logPath;
        LogErrors = logErrors ?? [];
    }

    /// <summary>What was asked.</summary>
    public string Operation { get; }

    /// <summary>What libcriu returned.</summary>
    public int ReturnCode { get; }

    /// <summary>The errno that criu reported; <see cref="Errno.None"/> for most failures.</summary>
    public Errno CriuErrno { get; }

    /// <summary>What return code and errno mean.</summary>
    public string Meaning { get; }

    /// <summary>The log; null where criu was told of none.</summary>
    public string? LogPath { get; }

    /// <summary>The log's error lines, each with the lines before it.</summary>
    public IReadOnlyList<string> LogErrors { get; }

    /// <summary>The signal that ended criu itself; null where it ended by itself, or was no <see cref="CriuWorker"/>.</summary>
    public Signal? EndedBy { get; init; }

    /// <summary>A failed criu does not succeed by being asked again.</summary>
    public override bool IsTransient => false;

    private static string Compose(string operation, int returnCode, Errno criuErrno, string meaning, string? logPath, IReadOnlyList<string> errors,
        Exception? inner)
    {
        var text = new StringBuilder($"criu {operation}: {meaning} (libcriu {returnCode}");
        if (returnCode < 0)
            text.Append(' ').Append(((Errno)(-returnCode)).Describe());
        if (criuErrno != Errno.None)
            text.Append(", criu ").Append(criuErrno.Describe());
        text.Append(')');
        if (inner is not null)
            text.Append(": ").Append(inner.Message);
        if (logPath is not null)
            text.Append("; log ").Append(logPath);
        foreach (var line in errors)
            text.Append("\n  ").Append(line);
        return text.ToString();
    }
}
