namespace LxcNative.Native.Xtables;

/// <summary>The bytes of a legacy table do not have the form that the kernel's headers give them.</summary>
public sealed class MalformedTableException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="offset">Where in the entries, in bytes.</param>
    /// <param name="reason">What is wrong there.</param>
    public MalformedTableException(string table, int offset, string reason)
        : base($"legacy table {table}, entry at {offset}: {reason}") => Offset = offset;

    /// <summary>Where in the table's entries, in bytes.</summary>
    public int Offset { get; }
}
