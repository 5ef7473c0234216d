using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>Typed reads of copied attributes: the exact length only.</summary>
internal static class OwnedAttributeExtensions
{
    extension(OwnedAttribute attribute)
    {
        /// <summary>A 32-bit number in host order.</summary>
        public uint AsUInt32() => MemoryMarshal.Read<uint>(attribute.Exactly(4));

        /// <summary>A 32-bit number in network order.</summary>
        public uint AsBigUInt32() => BinaryPrimitives.ReadUInt32BigEndian(attribute.Exactly(4));

        /// <summary>A 64-bit number in network order.</summary>
        public ulong AsBigUInt64() => BinaryPrimitives.ReadUInt64BigEndian(attribute.Exactly(8));

        /// <summary>Text without the terminating NUL.</summary>
        public string AsText() => Encoding.UTF8.GetString(attribute.Value.TrimEnd((byte)0));

        /// <summary>The attributes of a nest.</summary>
        public List<OwnedAttribute> AsList()
        {
            var list = new List<OwnedAttribute>();
            foreach (var inner in new AttributeReader<HostEndian>(attribute.Value))
                list.Add(inner.ToOwned());
            return list;
        }

        /// <summary>The attribute of a type in a nest, or null.</summary>
        public OwnedAttribute? Inner(ushort type) => attribute.AsList().FirstOrDefault(inner => inner.Type == type);

        private ReadOnlySpan<byte> Exactly(int length) => attribute.Value.Length == length
            ? attribute.Value
            : throw new NetlinkProtocolException($"attribute {attribute.Type}: {attribute.Value.Length} bytes where {length} are expected");
    }
}
