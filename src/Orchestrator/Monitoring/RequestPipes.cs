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
    private byte[] _begun = [];

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

    /// <summary>Hands it the request; there is nothing more to tell it.</summary>
    /// <exception cref="IOException">It has ended.</exception>
    public void Ask<T>(T request, JsonTypeInfo<T> type)
    {
        Begin(request, type);
        _asking.Dispose();
    }

    /// <summary>Hands it the request; cues follow.</summary>
    /// <exception cref="IOException">It has ended.</exception>
    public void Begin<T>(T request, JsonTypeInfo<T> type) => Asker.WriteFrame(_asking, JsonSerializer.SerializeToUtf8Bytes(request, type));

    /// <summary>Tells it what follows from its request.</summary>
    /// <exception cref="IOException">It has ended.</exception>
    public void Tell(MonitorCue cue) => _asking.WriteByte((byte)cue);

    /// <summary>Whether an answer is there, or its end.</summary>
    public bool HasAnswer => _begun.Length > 0 || IsReadable(TimeSpan.Zero);

    /// <summary>Waits until it says that it is ready.</summary>
    /// <returns>False where it has answered instead, or has ended, or says nothing in that time.</returns>
    public bool AwaitReady(TimeSpan patience)
    {
        if (!IsReadable(patience))
            return false;
        var first = _answering.ReadByte();
        if (first >= 0 && first != Asker.ReadyMark)
            _begun = [(byte)first];
        return first == Asker.ReadyMark;
    }

    /// <summary>Waits for the answer.</summary>
    /// <param name="type">How it is read.</param>
    /// <param name="deadline">For how long; null for any time.</param>
    /// <returns>Null when there was none in time, or it ended without one.</returns>
    public T? Receive<T>(JsonTypeInfo<T> type, Deadline? deadline = null)
        where T : class
    {
        using var text = new MemoryStream();
        text.Write(_begun);
        var buffer = new byte[4096];
        while (IsReadable(deadline?.Left))
        {
            if (_answering.Read(buffer) is > 0 and var count)
            {
                text.Write(buffer, 0, count);
                continue;
            }

            // One that was ready, and ended, has said nothing else.
            return text.ToArray().AsSpan().Trim(Asker.ReadyMark) is { Length: > 0 } answer ? JsonSerializer.Deserialize(answer, type) : null;
        }

        return null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _asking.Dispose();
        _answering.Dispose();
    }

    private bool IsReadable(TimeSpan? patience)
    {
        using var answer = new FileDescriptor((int)_answering.SafePipeHandle.DangerousGetHandle(), ownsHandle: false);
        return DescriptorPoll.WaitReadable(answer, patience);
    }

    private static FileDescriptor ChildEnd(AnonymousPipeServerStream pipe) => new((int)pipe.ClientSafePipeHandle.DangerousGetHandle(), ownsHandle: false);
}
