using System.Text;
using LxcNative.Native.Terminals;

namespace LxcNative.Native.Tests.Terminals;

/// <summary>As LXC's console has it.</summary>
public class EscapeKeyTests
{
    [Theory]
    [InlineData("abc", "abc", false)]
    [InlineData("\u0001q", "", true)]
    [InlineData("ab\u0001q", "ab", true)]
    [InlineData("ab\u0001qcd", "ab", true)]
    [InlineData("q", "q", false)]
    [InlineData("\u0001\u0001q", "\u0001q", false)]
    [InlineData("\u0001\u0001\u0001q", "\u0001", true)]
    [InlineData("\u0001xq", "xq", false)]
    [InlineData("\u0001", "", false)]
    public void HoweverManyKeysComeAtOnce(string typed, string passed, bool isLeft)
    {
        for (var size = 1; size <= typed.Length; size++)
        {
            var key = new EscapeKey(1);
            var (got, left) = (new StringBuilder(), false);
            foreach (var read in Encoding.ASCII.GetBytes(typed).Chunk(size))
            {
                left = key.Take(read, out var length);
                got.Append(Encoding.ASCII.GetString(read, 0, length));
                if (left)
                    break;
            }

            Assert.Equal((passed, isLeft), (got.ToString(), left));
        }
    }

    [Fact]
    public void WithoutAKeyEverythingPasses()
    {
        byte[] typed = [1, (byte)'q', 0];
        Assert.False(new EscapeKey(null).Take(typed, out var length));
        Assert.Equal([1, (byte)'q', 0], typed[..length]);
    }
}
