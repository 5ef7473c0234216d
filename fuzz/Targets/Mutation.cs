using System.Buffers.Binary;
using System.Text;

namespace LxcNative.Fuzz.Targets;

/// <summary>Changes inputs as damage and malice would: bits, bytes, lengths and numbers, pieces that go, come twice, or are of another input.</summary>
internal static class Mutation
{
    private const int MostChanges = 8, LongestPiece = 256, LongestInput = 1 << 18;

    private static readonly byte[] s_bytes = [0, 1, 2, 4, 8, 0x0a, 0x10, 0x20, 0x22, 0x2e, 0x2f, 0x3a, 0x7f, 0x80, 0xc0, 0xfe, 0xff];
    private static readonly long[] s_numbers = [0, 1, -1, 2, 127, 128, 255, 256, 32767, 65535, 65536, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue,
        long.MinValue];

    private static readonly string[] s_texts =
    [
        "-1", "0", "4294967296", "18446744073709551616", "null", "\"\"", "[]", "{}", "..", "/", "\\u0000", "\u001b[2J", "%n", ",", ":", "=",
        "\n", " ", "é", "\ufeff",
    ];

    /// <summary>A changed input.</summary>
    /// <param name="input">Of what.</param>
    /// <param name="other">What pieces are taken of.</param>
    /// <param name="random">Whose choice it is.</param>
    public static byte[] Of(byte[] input, byte[] other, Random random)
    {
        var changed = new List<byte>(input);
        for (var left = random.Next(1, MostChanges + 1); left > 0; left--)
            Change(changed, other, random);
        return changed.Count <= LongestInput ? [.. changed] : [.. changed.Take(LongestInput)];
    }

    private static void Change(List<byte> input, byte[] other, Random random)
    {
        var at = random.Next(input.Count + 1);
        var length = Math.Min(random.Next(1, LongestPiece), input.Count - at);
        switch (random.Next(9))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = s_bytes[random.Next(s_bytes.Length)];
                break;
            case 2 when at < input.Count:
                input[at] = (byte)random.Next(256);
                break;
            case 3:
                input.RemoveRange(at, length);
                break;
            case 4:
                input.InsertRange(at, input.GetRange(at, length));
                break;
            case 5 when other.Length > 0:
                var from = random.Next(other.Length);
                input.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(1, LongestPiece), other.Length - from)).ToArray());
                break;
            case 6:
                Overwrite(input, at, random);
                break;
            case 7:
                input.InsertRange(at, Encoding.UTF8.GetBytes(s_texts[random.Next(s_texts.Length)]));
                break;
            case 8 when random.Next(8) == 0:
                input.RemoveRange(at, input.Count - at);
                break;
        }
    }

    private static void Overwrite(List<byte> input, int at, Random random)
    {
        var bytes = new byte[sizeof(long)];
        var number = s_numbers[random.Next(s_numbers.Length)];
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        else
            BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        var width = 1 << random.Next(4);
        var piece = BitConverter.IsLittleEndian && random.Next(2) == 0 ? bytes.AsSpan(0, width) : bytes.AsSpan(bytes.Length - width);
        for (var i = 0; i < width && at + i < input.Count; i++)
            input[at + i] = piece[i];
    }
}
