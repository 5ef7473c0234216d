using System.Text;

namespace LxcNative.Netlink.Netfilter;

/// <summary>The comment that nft keeps in the userdata of a table, a chain, a rule or a set.</summary>
/// <remarks><code>
/// | type 0 | length | text with NUL |   and so on for other types
/// </code></remarks>
public static class UserdataComment
{
    private const byte CommentType = 0;

    /// <summary>Userdata that holds nothing but a comment.</summary>
    /// <exception cref="ArgumentException">The comment is longer than 127 bytes of UTF-8, nft's limit.</exception>
    public static byte[] Encode(string comment)
    {
        var length = Encoding.UTF8.GetByteCount(comment);
        if (length > 127)
            throw new ArgumentException($"a comment of {length} bytes; at most 127", nameof(comment));
        var userdata = new byte[length + 3];
        userdata[0] = CommentType;
        userdata[1] = (byte)(length + 1);
        Encoding.UTF8.GetBytes(comment, userdata.AsSpan(2));
        return userdata;
    }

    /// <summary>Finds the comment; false where there is none, or where the bytes are not nft's.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> userdata, out string comment)
    {
        comment = "";
        while (userdata.Length >= 2)
        {
            int length = userdata[1];
            if (length > userdata.Length - 2)
                return false;
            if (userdata[0] == CommentType)
            {
                comment = Encoding.UTF8.GetString(userdata.Slice(2, length).TrimEnd((byte)0));
                return true;
            }

            userdata = userdata[(2 + length)..];
        }

        return false;
    }
}
