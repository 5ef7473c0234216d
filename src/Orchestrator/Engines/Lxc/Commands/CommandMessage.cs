using System.Buffers.Binary;
using System.Text;

namespace LxcNative.Orchestrator.Engines.Lxc.Commands;

/// <summary>A request to a monitor, or its answer: both have the same form.</summary>
/// <param name="Code">Of a request the <see cref="LxcCommand"/>, of an answer 0 or a negative error number.</param>
/// <param name="Value">A number that needs no data: a small argument, or a result.</param>
/// <param name="Data">What follows the header.</param>
/// <remarks>
/// <code>
/// | int cmd or ret | int datalen | u64 value | data: datalen bytes ... |
/// 0                4             8           16
/// </code>
/// The third field is a pointer in LXC's own structure, where a number is put instead when there is no data; with data it says nothing.
/// </remarks>
internal sealed record CommandMessage(int Code, ulong Value, byte[] Data)
{
    /// <summary>The size of the part that every message has.</summary>
    public const int HeaderSize = 16;

    /// <summary>The most data that LXC takes with a request.</summary>
    public const int LongestRequest = 8192;

    /// <summary>The most data that is taken with an answer: configuration values and logs are the longest.</summary>
    public const int LongestAnswer = 1 << 20;

    /// <summary>A request with a number.</summary>
    public static CommandMessage Request(LxcCommand command, ulong value = 0) => new((int)command, value, []);

    /// <summary>A request with text: a key, or a controller's name.</summary>
    public static CommandMessage Request(LxcCommand command, string text) => new((int)command, 0, Encoding.UTF8.GetBytes(text + "\0"));

    /// <summary>An answer that is a number.</summary>
    public static CommandMessage Answer(ulong value) => new(0, value, []);

    /// <summary>An answer that is text.</summary>
    public static CommandMessage Answer(string text) => new(0, 0, Encoding.UTF8.GetBytes(text + "\0"));

    /// <summary>An answer that is an error.</summary>
    public static CommandMessage Refusal(Native.Errors.Errno errno) => new(-(int)errno, 0, []);

    /// <summary>The data as text, without the NUL at its end, which C's strings have, nor the line end that lists have.</summary>
    public string Text => Encoding.UTF8.GetString(Data).TrimEnd('\0', '\n');

    /// <summary>The header.</summary>
    public byte[] Header()
    {
        var header = new byte[HeaderSize];
        BinaryPrimitives.WriteInt32LittleEndian(header, Code);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), Data.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(8), Value);
        return header;
    }

    /// <summary>Takes a header apart.</summary>
    /// <param name="header">Its <see cref="HeaderSize"/> bytes.</param>
    /// <param name="longest">The most data that may follow.</param>
    /// <exception cref="MalformedCommandException">More is announced, or less than nothing.</exception>
    public static (int Code, ulong Value, int DataLength) ParseHeader(ReadOnlySpan<byte> header, int longest)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        return length < 0 || length > longest
            ? throw new MalformedCommandException($"a message with {length} bytes of data, where 0 to {longest} are understood")
            : (BinaryPrimitives.ReadInt32LittleEndian(header), BinaryPrimitives.ReadUInt64LittleEndian(header[8..]), length);
    }
}
