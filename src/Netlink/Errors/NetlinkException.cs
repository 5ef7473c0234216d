using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Errors;

/// <summary>The kernel answered a netlink request with an errno. The message reads
/// <c>rtnetlink NEWLINK > LINKINFO > KIND link "x": EOPNOTSUPP Operation not supported (Unknown device type)</c>.</summary>
public sealed class NetlinkException : LinuxException
{
    private NetlinkException(string message, Errno errno)
        : base(message, errno)
    {
    }

    /// <summary>The netlink family, as in <c>rtnetlink</c>.</summary>
    public required string Family { get; init; }

    /// <summary>The number of the request's message type.</summary>
    public required ushort MessageType { get; init; }

    /// <summary>Its name, as in <c>NEWLINK</c>.</summary>
    public required string MessageName { get; init; }

    /// <summary>What the request was about, if the requester said.</summary>
    public string? Target { get; init; }

    /// <summary>The request's sequence number.</summary>
    public required uint Sequence { get; init; }

    /// <summary>The kernel's own words, if it had any.</summary>
    public string? Text { get; init; }

    /// <summary>Where in the request the offending attribute begins, counted from the message header, if the kernel said.</summary>
    public uint? Offset { get; init; }

    /// <summary>The names from the outermost attribute to the offending one; empty when the kernel named none.</summary>
    public IReadOnlyList<string> AttributePath { get; init; } = [];

    /// <summary>Whether the last name of <see cref="AttributePath"/> is an attribute that the request lacks.</summary>
    public bool IsAttributeMissing { get; init; }

    /// <summary>The other errors of the same batch, in the order the kernel reported them.</summary>
    public IReadOnlyList<NetlinkException> Others { get; internal set; } = [];

    /// <summary>Makes the exception for a refused request.</summary>
    /// <param name="reply">What the kernel said.</param>
    /// <param name="request">The refused message with its header, as it was sent.</param>
    /// <param name="family">Names of the family.</param>
    /// <param name="target">What the request was about.</param>
    internal static NetlinkException For(in ErrorReply reply, ReadOnlySpan<byte> request, FamilySchema family, string? target)
    {
        var header = MessageHeader.Read(request);
        var schema = family.Find(header.Type) ?? new MessageSchema(family.NameOf(header.Type), 0);
        List<string> path = [];
        if (reply.Offset is { } offset)
            path = Errors.AttributePath.Find(request, schema, offset, out _);
        var isMissing = reply.MissingType is not null;
        if (reply.MissingType is { } missing)
        {
            var space = schema.Attributes;
            if (reply.MissingNest is { } nest)
                path = Errors.AttributePath.Find(request, schema, nest, out space);
            path.Add(space?.NameOf((ushort)missing) ?? $"#{missing}");
        }

        return new NetlinkException(Compose(reply, family.Name, schema.Name, path, isMissing, target), reply.Errno)
        {
            Family = family.Name,
            MessageType = header.Type,
            MessageName = schema.Name,
            Target = target,
            Sequence = header.Sequence,
            Text = reply.Text,
            Offset = reply.Offset,
            AttributePath = path,
            IsAttributeMissing = isMissing,
        };
    }

    private static string Compose(in ErrorReply reply, string family, string name, List<string> path, bool isMissing, string? target)
    {
        StringBuilder text = new($"{family} {string.Join(" > ", [name, .. path])}");
        if (target is not null)
            text.Append(' ').Append(target);
        text.Append(": ").Append(reply.Errno.Describe());
        if ((reply.Text, isMissing) is not (null, false))
            text.Append(" (").AppendJoin(", ", new[] { isMissing ? "attribute missing" : null, reply.Text }.OfType<string>()).Append(')');
        return text.ToString();
    }
}
