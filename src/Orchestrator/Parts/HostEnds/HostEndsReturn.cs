using LxcNative.Native.Criu;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.Engines.Lxc.Scripts;
using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Steps.Undoing;

namespace LxcNative.Orchestrator.Parts.HostEnds;

/// <summary>Reserves the names of the host's ends: none of these devices is there, and whoever makes one, a failure removes it. The network makes them; then
/// the administrator's scripts are run for them, and they get what they had on the host.</summary>
internal class HostEndsReturn(HostEndsState state, ReturnContext context) : PartReturn
{
    private readonly List<string> _shortfalls = [];
    private NetworkScripts? _scripts;

    /// <inheritdoc />
    public override IEnumerable<Step> Steps
    {
        get
        {
            if (state.Ends.Count == 0)
                yield break;
            // Looked at again: what is there now is somebody else's, and no undo of ours may remove it.
            HostEndLinks.RequireAbsent(state.Ends);
            // Those of a rehearsal go with its network; the host's of the same names are those of the container that runs.
            if (!IsRehearsal)
                yield return new Step("host veth devices", () => { }) { Undo = [.. state.Ends.Select(end => new LinkUndo(end.Host.Name))] };
        }
    }

    /// <inheritdoc />
    public override IEnumerable<string> Shortfalls => _shortfalls;

    private bool IsRehearsal => context.Plan.Rehearsal is not null;

    /// <inheritdoc />
    // They are there, and nothing of the container runs yet.
    public override void On(CriuNotification notification, int init)
    {
        if (notification.Action != CriuNotifyAction.PostRestore || context is not { HostMounts: { } mounts, HostNetwork: { } network })
            return;
        Attempt.Run(_shortfalls, "scripts of its network devices were not run", () => _shortfalls.AddRange(NamespaceThread.Run(() =>
        {
            _scripts = new NetworkScripts(context.Plan.ScriptsIn(mounts), state.NameOf);
            return _scripts.Up();
        }, network)));
        GiveSides(network);
    }

    /// <inheritdoc />
    // From here on whoever watches over it runs those of its end.
    public override void Running(int init) => _scripts = null;

    /// <inheritdoc />
    protected override void Close()
    {
        if (Interlocked.Exchange(ref _scripts, null) is { } scripts)
            Attempt.Run(_shortfalls, "scripts of its network devices were not run", () => NamespaceThread.Run(scripts.Down, context.HostNetwork!));
    }

    /// <summary>Gives them what they had on the host besides.</summary>
    /// <param name="network">The host's network namespace.</param>
    protected virtual void GiveSides(FileDescriptor network)
    {
        var ends = state.Ends.Where(end => end.Side is not null).ToList();
        if (ends.Count == 0)
            return;
        Attempt.Run(_shortfalls, "the host's ends of its links have not got all that they had", () => NamespaceThread.Run(() =>
        {
            using var host = RouteSocket.Open();
            foreach (var end in ends)
                new HostSideReturn(host, _shortfalls).Apply(end.Host.Name, end.Side!);
        }, network));
    }
}
