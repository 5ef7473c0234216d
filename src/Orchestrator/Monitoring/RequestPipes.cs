using System.IO.Pipes;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LxcNative.Native.Handles;
using LxcNative.Native.Processes;

namespace LxcNative.Orchestrator.Monitoring;

/// <summary>The pipes over which a process that this one starts is asked, once, and answers; its side is <see cref="Asker"/>.</summary>
internal sealed class RequestPipes : IDisposable
{
    private readonly AnonymousPipeServerStream _asking = new(PipeDirection.Out, HandleInheritability.None);
    private readonly AnonymousPipeServerStream _answering = new(PipeDirection.In, HandleInheritability.None);

    /// <summary>What the process gets, by the numbers that it finds them under.</summary>
    public IReadOnlyDictionary<int, FileDescriptor> ChildEnds => new Dictionary<int, FileDescriptor>
    {
        [Asker.RequestDescriptor] = ChildEnd(_asking),
        [Asker.ReplyDescriptor] = ChildEnd(_answering),
    };

    /// <summary>The process has them: it alone holds the other ends now, and its death, too, is an end of the answer.</summary>
    public void Started()
    {
        _asking.DisposeLocalCopyOfClientHandle();
        _answering.DisposeLocalCopyOfClientHandle();
    }

    /// <summary>Hands it the request.</summary>
    /// <exception cref="IOException">It has ended.</exception>
    public void Ask<T>(T request, JsonTypeInfo<T> type)
    {
        JsonSerializer.Serialize(_asking, request, type);
        _asking.Dispose();
    }

    /// <summary>Whether an answer is there, or its end.</summary>
    public bool HasAnswer
    {
        get
        {
            using var answer = new FileDescriptor((int)_answering.SafePipeHandle.DangerousGetHandle(), ownsHandle: false);
            return DescriptorPoll.WaitReadable(answer, TimeSpan.Zero);
        }
    }

    /// <summary>Waits for the answer.</summary>
    /// <returns>Null when it ended without one.</returns>
    public T? Receive<T>(JsonTypeInfo<T> type)
        where T : class
    {
        using var text = new MemoryStream();
        _answering.CopyTo(text);
        return text.Length > 0 ? JsonSerializer.Deserialize(text.ToArray(), type) : null;
    }

    /// <summary>Waits for the answer no longer than that.</summary>
    /// <returns>Null when there was none in time, or it ended without one.</returns>
    public T? Receive<T>(JsonTypeInfo<T> type, Deadline deadline)
        where T : class
    {
        using var answer = new FileDescriptor((int)_answering.SafePipeHandle.DangerousGetHandle(), ownsHandle: false);
        using var text = new MemoryStream();
        var buffer = new byte[4096];
        while (DescriptorPoll.WaitReadable(answer, deadline.Left))
        {
            if (_answering.Read(buffer) is > 0 and var count)
            {
                text.Write(buffer, 0, count);
                continue;
            }

            return text.Length == 0 ? null : JsonSerializer.Deserialize(text.ToArray(), type);
        }

        return null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _asking.Dispose();
        _answering.Dispose();
    }

    private static FileDescriptor ChildEnd(AnonymousPipeServerStream pipe) => new((int)pipe.ClientSafePipeHandle.DangerousGetHandle(), ownsHandle: false);
}
