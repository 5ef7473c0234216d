using LxcNative.Native.Files;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Parts.Owners;

/// <summary>Lets the container's root come to the mount points that were made for it: it can go through the directories of this place, and see nothing in
/// them.</summary>
internal sealed class OwnersReturn(OwnersState state, string place) : PartReturn
{
    private const UnixFileMode Through = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <inheritdoc />
    public override IEnumerable<Step> Steps => state.Users.Count == 0 ? [] : [new Step("the way of the container's root", () =>
    {
        for (var directory = place; PathScope.Holds(RunDirectory.Path, directory); directory = Path.GetDirectoryName(directory)!)
            File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | Through);
    })];
}
