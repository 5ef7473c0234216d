using System.Runtime.InteropServices;

namespace LxcNative.Native.Interop;

/// <summary>argv or envp: pointers to NUL-terminated texts, closed by a null pointer.</summary>
internal sealed unsafe class CStringArray : IDisposable
{
    private byte** _array;

    public CStringArray(IEnumerable<string> texts)
    {
        byte[][] strings = [.. texts.Select(CString.From)];
        // The pointers and the texts behind them in one piece.
        var table = checked((nuint)(strings.Length + 1) * (nuint)sizeof(byte*));
        _array = (byte**)NativeMemory.AllocZeroed(table + (nuint)strings.Sum(text => (long)text.Length));
        var next = (byte*)_array + table;
        for (var i = 0; i < strings.Length; i++)
        {
            _array[i] = next;
            strings[i].CopyTo(new Span<byte>(next, strings[i].Length));
            next += strings[i].Length;
        }
    }

    public byte** Pointer => _array;

    public void Dispose()
    {
        NativeMemory.Free(_array);
        _array = null;
    }
}
