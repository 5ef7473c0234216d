namespace LxcNative.Native.Criu.Images;

/// <summary>Walks the outermost statements of an nft ruleset: what is a brace and what only looks like one.</summary>
/// <remarks>Strings are in double quotes and know no escape; a comment goes from # to the end of the line (nft's scanner.l).</remarks>
internal ref struct NftScanner(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _position;

    /// <summary>Finds the next statement with a block.</summary>
    /// <param name="start">Its first character.</param>
    /// <param name="end">After its closing brace.</param>
    /// <param name="head">What is before its opening brace.</param>
    public bool NextStatement(out int start, out int end, out ReadOnlySpan<char> head)
    {
        start = -1;
        head = default;
        var depth = 0;
        for (; _position < _text.Length; _position++)
        {
            switch (_text[_position])
            {
                case '#':
                    SkipComment();
                    break;
                case '"':
                    start = start < 0 ? _position : start;
                    SkipString();
                    break;
                case '{':
                    start = start < 0 ? _position : start;
                    if (depth++ == 0)
                        head = _text[start.._position];
                    break;
                case '}' when depth == 0:
                    throw new FormatException($"A brace at character {_position} of the ruleset closes nothing.");
                case '}':
                    if (--depth == 0)
                    {
                        end = ++_position;
                        return true;
                    }
                    break;
                case '\n' or ';' when depth == 0:
                    start = -1;
                    break;
                case ' ' or '\t' or '\n' or '\r' or '\0':
                    break;
                default:
                    start = start < 0 ? _position : start;
                    break;
            }
        }
        end = _position;
        return depth == 0 ? false : throw new FormatException($"The block at character {start} of the ruleset does not end.");
    }

    private void SkipComment()
    {
        var length = _text[_position..].IndexOf('\n');
        // Stops before the line end, which the caller looks at next.
        _position = length < 0 ? _text.Length - 1 : _position + length - 1;
    }

    private void SkipString()
    {
        var length = _text[(_position + 1)..].IndexOf('"');
        if (length < 0)
            throw new FormatException($"The string at character {_position} of the ruleset does not end.");
        _position += length + 1;
    }
}
