using System.Runtime.InteropServices;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Sockets;

/// <summary>Prints messages in the layout of libmnl's mnl_nlmsg_fprintf without its colours, so they compare with <c>nft --debug=mnl</c>.</summary>
internal static class MessagePrinter
{
    private const string Line = "----------------\t------------------";

    /// <summary>Prints every message of a datagram; a malformed rest is printed as data.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="datagram">The messages.</param>
    /// <param name="fixedHeaderLength">Bytes of the family's fixed header of a message type.</param>
    public static void Print(TextWriter output, ReadOnlySpan<byte> datagram, Func<ushort, int> fixedHeaderLength)
    {
        while (datagram.Length >= MessageHeader.Size)
        {
            var header = MessageHeader.Read(datagram);
            var length = (int)Math.Clamp(header.Length, MessageHeader.Size, (uint)datagram.Length);
            PrintHeader(output, header);
            PrintPayload(output, header, datagram[MessageHeader.Size..length], fixedHeaderLength(header.Type));
            output.WriteLine(Line);
            datagram = datagram[Alignment.AlignWithin(length, datagram.Length)..];
        }
    }

    private static void PrintHeader(TextWriter output, MessageHeader header)
    {
        char Flag(MessageFlags flag, char letter) => header.Flags.HasFlag(flag) ? letter : '-';
        string flags =
            new([Flag(MessageFlags.Request, 'R'), Flag(MessageFlags.Multipart, 'M'), Flag(MessageFlags.Acknowledge, 'A'), Flag(MessageFlags.Echo, 'E')]);
        output.WriteLine(Line);
        output.WriteLine($"|  {header.Length:D10}  |\t| message length |");
        output.WriteLine($"| {header.Type:D5} | {flags} |\t|  type | flags  |");
        output.WriteLine($"|  {header.Sequence:D10}  |\t| sequence number|");
        output.WriteLine($"|  {header.PortId:D10}  |\t|     port ID    |");
        output.WriteLine(Line);
    }

    private static void PrintPayload(TextWriter output, MessageHeader header, ReadOnlySpan<byte> payload, int fixedHeaderLength)
    {
        var extra = header.Type < (ushort)NLMSG.NLMSG_MIN_TYPE ? payload.Length : Math.Min(Alignment.Align(fixedHeaderLength), payload.Length);
        var untilHeader = 0;
        for (var at = 0; at < payload.Length; at += 4)
        {
            var word = payload[at..Math.Min(at + 4, payload.Length)];
            if (at < extra)
            {
                output.WriteLine($"| {Hex(word)}  |\t|  extra header  |");
            }
            else if (untilHeader == 0 && word.Length == 4)
            {
                var attribute = MemoryMarshal.Read<AttributeHeader>(word);
                var isNested = (attribute.RawType & AttributeHeader.NestedFlag) != 0;
                var order = (attribute.RawType & AttributeHeader.NetByteOrderFlag) != 0 ? 'B' : '-';
                output.WriteLine($"|{attribute.Length:D5}|{(isNested ? 'N' : '-')}{order}|{attribute.Type:D5}|\t|len |flags| type|");
                untilHeader = isNested ? 0 : Alignment.Align(Math.Max(attribute.Length - AttributeHeader.Size, 0)) / 4;
            }
            else
            {
                output.WriteLine($"| {Hex(word)}  |\t|      data      |\t {Text(word)}");
                untilHeader = Math.Max(untilHeader - 1, 0);
            }
        }
    }

    private static string Hex(ReadOnlySpan<byte> word) =>
        Convert.ToHexStringLower(word).Chunk(2).Select(pair => new string(pair)).Aggregate((a, b) => $"{a} {b}");

    private static string Text(ReadOnlySpan<byte> word) =>
        string.Join(' ', word.ToArray().Select(value => value is >= 0x20 and < 0x7f ? (char)value : ' '));
}
