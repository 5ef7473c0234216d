namespace LxcNative.Native.Criu.Images;

/// <summary>The bytes of an image are not what criu writes. Carries no errno: no call failed.</summary>
public sealed class MalformedImageException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="file">The file's path, or its name where only bytes were given.</param>
    /// <param name="offset">The byte at which it was noticed, from the start of the file.</param>
    /// <param name="reason">What is wrong.</param>
    public MalformedImageException(string file, long offset, string reason)
        : base($"{file} at byte {offset}: {reason}")
    {
        File = file;
        Offset = offset;
        Reason = reason;
    }

    /// <summary>The file's path, or its name where only bytes were given.</summary>
    public string File { get; }

    /// <summary>The byte at which it was noticed.</summary>
    public long Offset { get; }

    /// <summary>What is wrong.</summary>
    public string Reason { get; }
}
