using LxcNative.Native.Memory;

namespace LxcNative.Native.Criu.Images;

/// <summary>Pages that follow one another, of a pagemap (images/pagemap.proto).</summary>
/// <param name="Address">The address of the first.</param>
/// <param name="Pages">How many.</param>
/// <param name="Flags">What is known of them.</param>
internal readonly record struct PagemapEntry(ulong Address, ulong Pages, PagemapFlags Flags)
{
    /// <summary>The bytes of a page.</summary>
    public const int PageBytes = PageRange.PageBytes;

    /// <summary>Whether they are in this image's file of pages.</summary>
    public bool IsHere => (Flags & PagemapFlags.Present) != 0 && !IsInParent;

    /// <summary>Whether they are in an earlier image.</summary>
    public bool IsInParent => (Flags & PagemapFlags.InParent) != 0;

    /// <summary>The address behind the last.</summary>
    public ulong End => Address + Pages * PageBytes;

    /// <summary>Reads the head of a pagemap.</summary>
    /// <returns>The number of the file of pages.</returns>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static uint ParseHead(ProtobufReader message)
    {
        var number = 0U;
        while (message.Next())
            if (message.Field == 1)
                number = message.AsUInt32();
        message.Require("the head of a pagemap", 1);
        return number;
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static PagemapEntry Parse(ProtobufReader message)
    {
        var (address, count, compatible) = (0UL, 0UL, 0UL);
        bool isInParent = false, hasFlags = false, hasCount = false;
        var flags = PagemapFlags.None;
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    address = message.AsUInt64();
                    break;
                case 2:
                    compatible = message.AsUInt64();
                    break;
                case 3:
                    isInParent = message.AsBoolean();
                    break;
                case 4:
                    (flags, hasFlags) = ((PagemapFlags)message.AsUInt32(), true);
                    break;
                case 5:
                    (count, hasCount) = (message.AsUInt64(), true);
                    break;
            }
        }

        message.Require("an entry of a pagemap", 1, 2);
        // Older criu wrote no flags (init_compat_pagemap_entry).
        if (isInParent)
            flags |= PagemapFlags.InParent;
        else if (!hasFlags)
            flags = PagemapFlags.Present;
        return new PagemapEntry(address, hasCount ? count : compatible, flags);
    }

    /// <summary>Writes it.</summary>
    public ProtobufWriter Write() =>
        new ProtobufWriter().Number(1, Address).Number(2, Pages).Number(4, (ulong)Flags).Number(5, Pages);
}
