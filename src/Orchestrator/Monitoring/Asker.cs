using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
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

    /// <summary>What becomes readable when nobody waits for the answer any more: the asker has closed its end, or has ended. Not owned.</summary>
    public static FileDescriptor Listener => new(ReplyDescriptor, ownsHandle: false);

    /// <summary>What is asked.</summary>
    /// <returns>Null where the asker found, after it had started this process, that there is nothing to do.</returns>
    public static T? Read<T>(JsonTypeInfo<T> type)
        where T : class
    {
        using var stream = Stream(RequestDescriptor, FileAccess.Read);
        using var text = new MemoryStream();
        stream.CopyTo(text);
        return text.Length == 0 ? null : JsonSerializer.Deserialize(text.ToArray(), type);
    }

    /// <summary>Answers. From here on the asker goes its own way: closing the pipe is the end of the answer. That it is gone is no reason to end what
    /// runs.</summary>
    public static void Answer<T>(T reply, JsonTypeInfo<T> type)
    {
        try
        {
            using var stream = Stream(ReplyDescriptor, FileAccess.Write);
            JsonSerializer.Serialize(stream, reply, type);
        }
        catch (IOException)
        {
            // Nobody is there to be told.
        }
    }

    private static FileStream Stream(int descriptor, FileAccess access) => new(new SafeFileHandle(descriptor, ownsHandle: true), access, bufferSize: 0);
}
