using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Network.Capturing;
using LxcNative.Orchestrator.Parts.Network.Rulesets;

namespace LxcNative.Orchestrator.Parts.Network.Rebuilding;

/// <summary>Rebuilds a captured network namespace. Three steps, so that the caller can act between them: <see cref="In"/>, then lock the
/// empty namespace; <see cref="MakeLinks"/>, then attach the host ends; <see cref="Configure"/>.</summary>
internal sealed class NetworkRebuild : IDisposable
{
    private readonly NetworkImage _image;
    private readonly RouteSocket _inside;
    private readonly FileDescriptor _host;
    private readonly LinkRebuild _links;
    private readonly RulesetRebuild _ruleset;
    private readonly SettingsRebuild _settings;

    private NetworkRebuild(NetworkImage image, FileDescriptor netns)
    {
        _image = image;
        Namespace = netns;
        _host = Native.Namespaces.Namespace.OpenSelf(NamespaceKind.Net);
        _inside = RouteSocket.OpenIn(netns);
        _links = new LinkRebuild(_inside, _host, LinkFacts.Read(image.Links), new LinksAboveHost(netns, image.Below));
        _ruleset = new RulesetRebuild(image.Ruleset, netns);
        _settings = SettingsRebuild.Begin(image.Sysctls, netns);
    }

    /// <summary>The new namespace; it lives as long as this descriptor, a duplicate of it, or a process in it. Owned by this object.</summary>
    public FileDescriptor Namespace { get; }

    /// <summary>What is permitted while sockets are made; null before it is configured.</summary>
    public SocketPermits? Permits { get; private set; }

    /// <summary>Makes a new, empty namespace.</summary>
    /// <returns>It; the caller's to dispose.</returns>
    /// <exception cref="SyscallException">It cannot be made.</exception>
    public static FileDescriptor MakeNamespace() =>
        NamespaceThread.RunInNewNamespaces(NamespaceKind.Net, () => Native.Namespaces.Namespace.OpenSelf(NamespaceKind.Net));

    /// <summary>Begins with a new, empty namespace. The tables of nf_tables are in it afterwards, without anything inside, because the number of
    /// a table comes from the order in which they are made: the network lock comes after them.</summary>
    /// <param name="netns">The namespace, which this object owns from here on, also when this throws.</param>
    /// <param name="image">What it will be; see <see cref="NetworkImageFile.Read"/>.</param>
    /// <exception cref="SyscallException">The namespace cannot be entered.</exception>
    /// <exception cref="NetlinkException">The kernel refused a table.</exception>
    public static NetworkRebuild In(FileDescriptor netns, NetworkImage image)
    {
        NetworkRebuild rebuild;
        try
        {
            rebuild = new NetworkRebuild(image, netns);
        }
        catch
        {
            netns.Dispose();
            throw;
        }

        try
        {
            rebuild._ruleset.MakeTables();
            return rebuild;
        }
        catch
        {
            rebuild.Dispose();
            throw;
        }
    }

    /// <summary>Makes the links, all down, and the host ends of the pairs in the namespace of the process, down and on no bridge.</summary>
    /// <param name="hostEnds">The host end of each veth device, by its name inside. Bridge and IsUp are the caller's to see to.</param>
    /// <exception cref="NetlinkException">The kernel refused one; EEXIST when a host end's name is taken.</exception>
    public void MakeLinks(IReadOnlyDictionary<string, HostNic> hostEnds) => _links.Make(hostEnds);

    /// <summary>Gives everything the captured settings and sets up the links that were. The host ends should be up before, so that the links
    /// inside have a carrier.</summary>
    /// <returns>Settings that could not be made as they were, in words; empty when all is equal.</returns>
    /// <exception cref="NetlinkException">The kernel refused something.</exception>
    public IReadOnlyList<string> Configure()
    {
        _links.Settle();
        _settings.SetLinks();
        _links.SetUp();
        _links.SetTokens();
        new AddressLabelRebuild(_inside.Socket).Apply(_image.AddressLabels);
        _links.AwaitCarriers();
        var addresses = new AddressRebuild(_inside.Socket);
        addresses.Apply(_image.Addresses);
        new NextHopRebuild(_inside.Socket).Apply(_image.NextHops);
        new RuleRebuild(_inside.Socket).Apply(_image.Rules);
        new RouteRebuild(_inside.Socket).Apply(_image.Routes);
        var neighbours = new NeighbourRebuild(_inside.Socket);
        neighbours.Apply(_image.Neighbours);
        if (_image.ForwardingEntries.Count > 0)
            neighbours.ApplyForwarding(_image.ForwardingEntries);
        addresses.AwaitUsable(_image.Addresses);
        var failures = _settings.Finish();
        _ruleset.Fill();
        Permits = new SocketPermits(_inside, Namespace, _image);
        return [.. failures];
    }

    /// <summary>Closes the descriptors; the namespace ends unless something else holds it.</summary>
    public void Dispose()
    {
        Permits?.Dispose();
        _settings.Dispose();
        _inside.Dispose();
        _host.Dispose();
        Namespace.Dispose();
    }
}
