using System.Buffers.Binary;

namespace LxcNative.Native.Criu.Images;

/// <summary>Walks the entries of an image.</summary>
/// <remarks>All numbers little-endian:
/// <code>
///   u32 common magic   (not in inventory.img; another one in statistics)
///   u32 type magic
///   u32 size, message  ... to the end of the file
/// </code>
/// For images without raw bytes between their entries, which are all that this library reads.</remarks>
internal ref struct ImageEntries
{
    private readonly ReadOnlySpan<byte> _image;
    private readonly string _file;
    private int _position;

    /// <summary>Checks the head of an image and stops before its first entry.</summary>
    /// <param name="image">The whole file.</param>
    /// <param name="magic">The type it must have.</param>
    /// <param name="file">Its path, for errors.</param>
    /// <exception cref="MalformedImageException">It is another kind of file.</exception>
    public ImageEntries(ReadOnlySpan<byte> image, ImageMagic magic, string file)
    {
        _image = image;
        _file = file;
        if (magic != ImageMagic.Inventory)
            ReadMagic(magic == ImageMagic.Statistics ? ImageMagic.Service : ImageMagic.Common);
        ReadMagic(magic);
    }

    /// <summary>Where in the file the entry's message starts.</summary>
    public int Offset { get; private set; }

    /// <summary>The entry's message.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>A reader of the entry's message.</summary>
    public readonly ProtobufReader Message => new(Bytes, _file, Offset);

    /// <summary>Reads the next entry.</summary>
    /// <returns>False at the end of the image.</returns>
    /// <exception cref="MalformedImageException">The image ends inside of an entry.</exception>
    public bool Next()
    {
        if (_position == _image.Length)
            return false;
        var size = ReadUInt32("the size of an entry");
        if (size > (uint)(_image.Length - _position))
            throw new MalformedImageException(_file, _position - 4, $"an entry wants {size} bytes of {_image.Length - _position} left");
        Offset = _position;
        Bytes = _image.Slice(_position, (int)size);
        _position += (int)size;
        return true;
    }

    /// <summary>The message of an image that has exactly one entry.</summary>
    /// <exception cref="MalformedImageException">It has none, or more.</exception>
    public ProtobufReader Single()
    {
        if (!Next())
            throw new MalformedImageException(_file, _position, "the image has no entry");
        var message = Message;
        return _position == _image.Length ? message : throw new MalformedImageException(_file, _position, "the image has more than one entry");
    }

    private void ReadMagic(ImageMagic expected)
    {
        var magic = ReadUInt32("a magic number");
        if (magic != (uint)expected)
            throw new MalformedImageException(_file, _position - 4, $"the magic number is 0x{magic:x8} where {expected} has 0x{(uint)expected:x8}");
    }

    private uint ReadUInt32(string what)
    {
        if (_image.Length - _position < 4)
            throw new MalformedImageException(_file, _position, $"the file ends inside of {what}");
        _position += 4;
        return BinaryPrimitives.ReadUInt32LittleEndian(_image[(_position - 4)..]);
    }
}
