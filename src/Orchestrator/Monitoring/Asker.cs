using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LxcNative.Native.Criu.Interop;
using LxcNative.Native.Handles;
using Microsoft.Win32.SafeHandles;

namespace LxcNative.Orchestrator.Monitoring;

/// <summary>The process that started this one to ask it something, once, over <see cref="RequestPipes"/>.</summary>
internal static class Asker
{
    /// <summary>Where this process reads its request.</summary>
    public const int RequestDescriptor = 3;

    /// <summary>Where it writes its answer.</summary>
    public const int ReplyDescriptor = 4;

    /// <summary>What is written before an answer by a process that has prepared what it can; no reader of JSON minds it.</summary>
    public const byte ReadyMark = (byte)'\n';

    /// <summary>What is asked.</summary>
    /// <returns>Null where the asker found, after it had started this process, that there is nothing to do.</returns>
    public static T? Read<T>(JsonTypeInfo<T> type)
        where T : class
    {
        var request = Read(type, out var cues);
        cues.Dispose();
        return request;
    }

    /// <summary>What is asked, by somebody who has more to say.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="cues">Where that is to be read, a <see cref="MonitorCue"/> each; the caller's.</param>
    /// <returns>Null where the asker found, after it had started this process, that there is nothing to do.</returns>
    public static T? Read<T>(JsonTypeInfo<T> type, out FileDescriptor cues)
        where T : class
    {
        cues = new FileDescriptor(RequestDescriptor);
        DescriptorCalls.SetCloseOnExec(cues, true);
        using var stream = Stream(RequestDescriptor, FileAccess.Read, ownsHandle: false);
        return ReadFrame(stream) is { } text ? JsonSerializer.Deserialize(text, type) : null;
    }

    /// <summary>All is prepared that could be; the answer follows.</summary>
    public static void TellReady()
    {
        try
        {
            using var stream = Stream(ReplyDescriptor, FileAccess.Write, ownsHandle: false);
            stream.WriteByte(ReadyMark);
        }
        catch (IOException)
        {
            // Nobody is there to be told.
        }
    }

    /// <summary>Answers. From here on the asker goes its own way: closing the pipe is the end of the answer. That it is gone is no reason to end what
    /// runs.</summary>
    public static void Answer<T>(T reply, JsonTypeInfo<T> type)
    {
        try
        {
            using var stream = Stream(ReplyDescriptor, FileAccess.Write, ownsHandle: true);
            JsonSerializer.Serialize(stream, reply, type);
        }
        catch (IOException)
        {
            // Nobody is there to be told.
        }
    }

    /// <summary>Reads what <see cref="WriteFrame"/> wrote.</summary>
    /// <returns>Null where the other end was closed before all of it was there.</returns>
    internal static byte[]? ReadFrame(Stream stream)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        if (stream.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length)
            return null;
        var text = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        return stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length ? null : text;
    }

    /// <summary>Writes something of which the other end shall know where it ends, while the stream stays open.</summary>
    internal static void WriteFrame(Stream stream, ReadOnlySpan<byte> text)
    {
        var frame = new byte[sizeof(int) + text.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, text.Length);
        text.CopyTo(frame.AsSpan(sizeof(int)));
        stream.Write(frame);
    }

    private static FileStream Stream(int descriptor, FileAccess access, bool ownsHandle) =>
        new(new SafeFileHandle(descriptor, ownsHandle), access, bufferSize: 0);
}
