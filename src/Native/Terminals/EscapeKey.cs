namespace LxcNative.Native.Terminals;

/// <summary>The key that leaves a terminal when q follows; typed twice it is once for the program. A read may bring several keys, and half of what was
/// typed.</summary>
/// <param name="key">The key; null for none.</param>
internal sealed class EscapeKey(byte? key)
{
    private bool _isTyped;

    /// <summary>Takes the key out of what was typed.</summary>
    /// <param name="typed">What was typed; what is for the program is moved to its beginning.</param>
    /// <param name="length">How much that is, in bytes.</param>
    /// <returns>Whether the terminal is left: what was typed after it is for nobody.</returns>
    public bool Take(Span<byte> typed, out int length)
    {
        length = 0;
        foreach (var one in typed)
        {
            if (_isTyped && one == (byte)'q')
                return true;
            _isTyped = !_isTyped && one == key;
            if (!_isTyped)
                typed[length++] = one;
        }

        return false;
    }
}
