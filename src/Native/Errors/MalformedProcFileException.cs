namespace LxcNative.Native.Errors;

/// <summary>A line of a kernel text file (/proc, cgroup) is not what its manual page promises. Carries no errno: no call failed.</summary>
public sealed class MalformedProcFileException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="file">The file's path, or its name where only text was given.</param>
    /// <param name="lineNumber">The line, counted from 1.</param>
    /// <param name="line">The text of the line.</param>
    /// <param name="reason">What is wrong with it.</param>
    public MalformedProcFileException(string file, int lineNumber, string line, string reason)
        : base($"{file} line {lineNumber}: {reason}: \"{line}\"")
    {
        File = file;
        LineNumber = lineNumber;
        Line = line;
        Reason = reason;
    }

    /// <summary>The file's path, or its name where only text was given.</summary>
    public string File { get; }

    /// <summary>The line, counted from 1.</summary>
    public int LineNumber { get; }

    /// <summary>The text of the line.</summary>
    public string Line { get; }

    /// <summary>What is wrong with the line.</summary>
    public string Reason { get; }
}
