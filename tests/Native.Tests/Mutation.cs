using CsCheck;
using LxcNative.Native.Errors;

namespace LxcNative.Native.Tests;

/// <summary>Valid text with a few characters replaced, removed or doubled: a parser may take it or refuse it, nothing else.</summary>
internal static class Mutation
{
    public static void OnlyMalformed(string valid, Action<string> parse)
    {
        var refused = 0;
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, valid.Length - 1], Gen.Char[" \n\\:-/09),\0\té\ud800"])
            .List[1, 6]
            .Sample(changes =>
            {
                var text = valid;
                foreach (var (kind, position, character) in changes)
                {
                    var at = Math.Min(position, Math.Max(0, text.Length - 1));
                    text = kind switch
                    {
                        0 => text[..at] + character + text[Math.Min(at + 1, text.Length)..],
                        1 => text[..at],
                        _ => text[..at] + character + text[at..],
                    };
                }

                try
                {
                    parse(text);
                }
                catch (MalformedProcFileException)
                {
                    Interlocked.Increment(ref refused);
                }
            });
        // A parser that takes everything does not parse.
        Assert.NotEqual(0, refused);
    }
}
