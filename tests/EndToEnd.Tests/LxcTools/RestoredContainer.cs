using LxcNative.EndToEnd.Tests.Cycles;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.LxcTools;

/// <summary>A container with terminals that was started by LXC, asked what LXC's monitor says of it, checkpointed and restored.</summary>
public sealed class RestoredContainer : IDisposable
{
    private readonly HostBridge _bridge;
    private readonly TemporaryDirectory _images = new();

    public RestoredContainer()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        _bridge = HostBridge.Create();
        Container = LxcContainer.Start(new LxcContainerOptions
        {
            Nics = [new ContainerNic(_bridge) { HasIpv6 = false }],
            Configuration = ["lxc.tty.max = 2", "lxc.group = some", "lxc.group = other", "lxc.environment = ONE=1"],
        });
        // Some answers to what no tool asks are what LXC's monitor happens to have in its memory.
        Before = [.. Enumerable.Range(0, 5).Select(_ => CommandAnswers.All(Container.Name))];
        InfoBefore = Command.Output("lxc-info", "-n", Container.Name);
        Cycle.Checkpoint(Container, _images["1"]);
        Cycle.Restore(Container, _images["1"]);
    }

    public LxcContainer Container { get; }

    /// <summary>What LXC's own monitor answered.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Before { get; }

    /// <summary>What lxc-info said of it then.</summary>
    public string InfoBefore { get; }

    public string Name => Container.Name;

    public void Dispose()
    {
        Container.Dispose();
        _images.Dispose();
        _bridge.Dispose();
    }
}
