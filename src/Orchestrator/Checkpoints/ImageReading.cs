using System.Buffers;
using LxcNative.Native.Files;
using Microsoft.Win32.SafeHandles;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Reads image files whole; where there is much of it, several at a time.</summary>
internal static class ImageReading
{
    private const int BufferBytes = 1 << 17;

    // Below it a second thread costs more than it does.
    private const long WorthThreads = 1 << 24;

    /// <summary>Makes of each file what its content says.</summary>
    /// <param name="directory">Where they are; <c>/proc/self/fd/N</c> for one that is open.</param>
    /// <param name="files">Which.</param>
    /// <param name="read">Given a file's path, what becomes of it.</param>
    /// <exception cref="Native.Errors.SyscallException">One cannot be opened.</exception>
    /// <exception cref="IOException">One cannot be read.</exception>
    public static IReadOnlyList<ImageFile> All(string directory, IReadOnlyList<ImageFile> files, Func<string, ImageFile, ImageFile> read)
    {
        ImageFile Done(ImageFile file) => read(Path.Combine(directory, file.Name), file);

        if (files.Sum(file => file.Size) < WorthThreads)
            return [.. files.Select(Done)];
        var done = new ImageFile[files.Count];
        try
        {
            // The longest first: the others are done beside it.
            Parallel.ForEach(Enumerable.Range(0, files.Count).OrderByDescending(index => files[index].Size), index => done[index] = Done(files[index]));
        }
        catch (AggregateException e)
        {
            throw e.InnerExceptions[0];
        }

        return done;
    }

    /// <summary>Reads one from its beginning to its end.</summary>
    /// <param name="path">Its path; a symbolic link is not followed.</param>
    /// <param name="part">Given each part of it, in order; it may not keep it.</param>
    /// <inheritdoc cref="All" path="/exception" />
    public static void Parts(string path, Action<ReadOnlySpan<byte>> part)
    {
        using var descriptor = FileOpen.Open(path, OpenFlags.ReadOnly | OpenFlags.NoFollow);
        using var handle = new SafeFileHandle(descriptor.DangerousGetHandle(), ownsHandle: false);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        for (long at = 0; RandomAccess.Read(handle, buffer, at) is > 0 and var read; at += read)
            part(buffer.AsSpan(0, read));
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
