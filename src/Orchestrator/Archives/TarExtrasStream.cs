namespace LxcNative.Orchestrator.Archives;

/// <summary>A tar stream on its way to System.Formats.Tar, which cannot represent old GNU sparse files, takes names and extended attributes for text, and
/// knows neither large owners nor nanoseconds: all that is taken aside here, for each entry in turn.</summary>
internal sealed class TarExtrasStream(Stream source) : ReadingStream
{
    private const int MostPieces = 1 << 20;
    private const long LargestHeader = 16 << 20;
    private readonly Queue<TarExtras> _extras = new();
    private readonly MemoryStream _pending = new();
    private TarExtras _coming = new();
    private long _passing;
    private bool _ended;

    /// <summary>What the entry that the reader has just given has besides.</summary>
    public TarExtras Next() => _extras.TryDequeue(out var extras) ? extras : new TarExtras();

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        while (_pending.Position == _pending.Length && _passing == 0 && !_ended)
            ReadHeader();
        if (_pending.Position < _pending.Length)
            return _pending.Read(buffer);
        var count = source.Read(_passing > 0 && _passing < buffer.Length ? buffer[..(int)_passing] : buffer);
        _passing -= Math.Min(_passing, count);
        return count;
    }

    private void ReadHeader()
    {
        _pending.SetLength(0);
        var header = new byte[TarBlocks.Size];
        var count = source.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (count < header.Length || header.AsSpan().IndexOfAnyExcept((byte)0) < 0)
        {
            // The end of the archive, or of what there is of it: the reader decides.
            _ended = true;
            Give(header.AsSpan(0, count));
            return;
        }

        var type = TarBlocks.Type(header);
        // That of the file that follows an extended header, not of what may come between.
        var size = (type is (byte)'x' or (byte)'L' or (byte)'K' or (byte)'g' ? null : _coming.DataSize) ?? TarBlocks.DataSize(header);
        var padded = Padded(size);
        switch (type)
        {
            case (byte)'x':
                if (size > LargestHeader)
                    throw new MalformedArchiveException("the extended header of an entry is larger than any can be");
                var records = new byte[padded];
                if (source.ReadAtLeast(records, records.Length, throwOnEndOfStream: false) < records.Length)
                    throw new MalformedArchiveException("the extended header of an entry is cut off");
                GiveRecords(header, PaxRecords.Split(records.AsSpan(0, (int)size), _coming));
                return;
            case (byte)'L' or (byte)'K' or (byte)'g':
                // The reader takes all of it into memory.
                if (size > LargestHeader)
                    throw new MalformedArchiveException("the name of an entry is longer than any can be");
                Give(header);
                break;
            case (byte)'S':
                var map = ReadMap(header);
                TarBlocks.MakeRegular(header);
                Give(header);
                Enqueue(map);
                break;
            default:
                Give(header);
                Enqueue(null);
                break;
        }

        // A link has no data, whatever its size says (tar(5)).
        _passing = type is (byte)'1' or (byte)'2' ? 0 : padded;
    }

    private static long Padded(long size) => checked((size + TarBlocks.Size - 1) / TarBlocks.Size * TarBlocks.Size);

    // Without the attributes; where nothing else is in it, without the header too.
    private void GiveRecords(byte[] header, byte[] records)
    {
        if (records.Length == 0)
            return;
        TarBlocks.SetDataSize(header, records.Length);
        Give(header);
        Give(records);
        Give(new byte[(TarBlocks.Size - records.Length % TarBlocks.Size) % TarBlocks.Size]);
    }

    private void Enqueue(SparseMap? map)
    {
        _coming.Sparse = map;
        _extras.Enqueue(_coming);
        _coming = new TarExtras();
    }

    private void Give(ReadOnlySpan<byte> bytes)
    {
        var position = _pending.Position;
        _pending.Position = _pending.Length;
        _pending.Write(bytes);
        _pending.Position = position;
    }

    // struct oldgnu_header of GNU tar's tar.h: four pieces at 386, "is extended" at 482, the real size at 483; extension blocks have 21 pieces.
    private SparseMap ReadMap(ReadOnlySpan<byte> header)
    {
        var pieces = new List<(long, long)>();
        var size = TarBlocks.Number(header.Slice(483, 12));
        AddPieces(header[386..], 4, pieces);
        for (var isExtended = header[482] != 0; isExtended;)
        {
            var block = new byte[TarBlocks.Size];
            if (source.ReadAtLeast(block, block.Length, throwOnEndOfStream: false) < block.Length || pieces.Count > MostPieces)
                throw new MalformedArchiveException("the map of a sparse file is cut off");
            AddPieces(block, 21, pieces);
            isExtended = block[504] != 0;
        }

        return SparseMap.Checked(size, pieces);
    }

    private static void AddPieces(ReadOnlySpan<byte> fields, int count, List<(long, long)> pieces)
    {
        for (var i = 0; i < count && fields[i * 24] != 0; i++)
            pieces.Add((TarBlocks.Number(fields.Slice(i * 24, 12)), TarBlocks.Number(fields.Slice(i * 24 + 12, 12))));
    }
}
