using System.Buffers;
using System.Buffers.Binary;

namespace LxcNative.Native.Criu.Images;

/// <summary>Writes an image: its head, then entries in the order of the calls. The layout is drawn at <see cref="ImageEntries"/>.</summary>
internal sealed class ImageWriter
{
    private readonly ArrayBufferWriter<byte> _image = new();

    /// <summary>Starts an image.</summary>
    public ImageWriter(ImageMagic magic)
    {
        if (magic != ImageMagic.Inventory)
            WriteUInt32((uint)(magic == ImageMagic.Statistics ? ImageMagic.Service : ImageMagic.Common));
        WriteUInt32((uint)magic);
    }

    /// <summary>The image so far.</summary>
    public ReadOnlySpan<byte> Written => _image.WrittenSpan;

    /// <summary>Adds an entry.</summary>
    public ImageWriter Entry(ReadOnlySpan<byte> message)
    {
        WriteUInt32((uint)message.Length);
        _image.Write(message);
        return this;
    }

    /// <summary>Adds an entry.</summary>
    public ImageWriter Entry(ProtobufWriter message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Entry(message.Written);
    }

    private void WriteUInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_image.GetSpan(4), value);
        _image.Advance(4);
    }
}
