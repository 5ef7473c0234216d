using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing;

/// <summary>Writes the attributes of a nest.</summary>
public delegate void AttributeComposer(AttributeWriter<HostEndian> attributes);
