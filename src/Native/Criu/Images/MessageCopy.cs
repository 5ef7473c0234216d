namespace LxcNative.Native.Criu.Images;

/// <summary>Copies protobuf messages with some of their fields changed; everything else is kept as it is, unknown fields included.</summary>
internal static class MessageCopy
{
    /// <summary>What a message in a field becomes; null to leave the field out.</summary>
    public delegate ProtobufWriter? Changed(ProtobufReader field);

    /// <summary>Copies an entry of an image.</summary>
    /// <inheritdoc cref="Of(ProtobufReader, ReadOnlySpan{byte}, long, int, Changed, int, Changed?)" />
    public static ProtobufWriter Of(in ImageEntries entry, int number, Changed change) => Of(entry.Message, entry.Bytes, entry.Offset, number, change, 0, null);

    /// <summary>Copies the message in a field.</summary>
    /// <inheritdoc cref="Of(ProtobufReader, ReadOnlySpan{byte}, long, int, Changed, int, Changed?)" />
    public static ProtobufWriter Of(ProtobufReader field, int number, Changed change, int other = 0, Changed? changeOther = null) =>
        Of(field.AsMessage(), field.AsBytes(), field.ValueOffset, number, change, other, changeOther);

    /// <summary>Copies the message in a field without two of its fields, whatever is in them.</summary>
    public static ProtobufWriter Without(ProtobufReader field, int number, int other) => Of(field, number, _ => null, other, _ => null);

    /// <summary>The message in a field as it is.</summary>
    public static ProtobufWriter Same(ProtobufReader field) => new ProtobufWriter().Raw(field.AsBytes());

    // Fields of one or two numbers are changed.
    private static ProtobufWriter Of(
        ProtobufReader message, ReadOnlySpan<byte> bytes, long offset, int number, Changed change, int other, Changed? changeOther)
    {
        var copy = new ProtobufWriter();
        for (var start = 0; message.Next();)
        {
            var end = (int)(message.EndOffset - offset);
            if (message.Field != number && (changeOther is null || message.Field != other))
                copy.Raw(bytes[start..end]);
            else if ((message.Field == number ? change : changeOther!)(message) is { } changed)
                copy.Message(message.Field, changed);
            start = end;
        }

        return copy;
    }
}
