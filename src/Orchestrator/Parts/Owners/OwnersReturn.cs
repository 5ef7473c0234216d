using LxcNative.Native.Criu;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Parts.Cgroups;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Parts.Owners;

/// <summary>Lets the container's root come to the mount points that were made for it, through directories in which it sees nothing; and gives it the files
/// of its cgroups, before its tasks open them.</summary>
internal sealed class OwnersReturn(OwnersState state, ReturnContext context) : PartReturn
{
    private const UnixFileMode Through = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private IEnumerable<string> _shortfalls = [];

    /// <inheritdoc />
    public override IEnumerable<string> Shortfalls => _shortfalls;

    /// <inheritdoc />
    public override IEnumerable<Step> Steps => !state.IsMapped ? [] : [new Step("the way of the container's root", () =>
    {
        for (var directory = context.Place; PathScope.Holds(RunDirectory.Path, directory); directory = Path.GetDirectoryName(directory)!)
            File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | Through);
    })];

    /// <inheritdoc />
    public override void On(CriuNotification notification, int init)
    {
        if (notification.Action == CriuNotifyAction.PostSetupNamespaces && state.Cgroups.Count > 0)
            _shortfalls = CgroupFileOwners.Set(state, new CgroupsPart().Read(context.Plan.States).Cgroups);
    }
}
