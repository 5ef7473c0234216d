using Microsoft.Win32.SafeHandles;

namespace LxcNative.Orchestrator.Parts.Memory;

/// <summary>Copies a piece of a file.</summary>
internal static class FilePiece
{
    /// <summary>Puts it to the end of another file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Where the piece begins.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="other">The other file.</param>
    /// <param name="buffer">What it passes; its content is lost.</param>
    /// <exception cref="IOException">The disk is full, or the file ends before.</exception>
    public static void Copy(SafeFileHandle file, long offset, long length, FileStream other, byte[] buffer)
    {
        for (var end = offset + length; offset < end;)
        {
            var read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - offset)), offset);
            if (read == 0)
                throw new EndOfStreamException("a file of memory is shorter than what was written to it");
            other.Write(buffer, 0, read);
            offset += read;
        }
    }
}
