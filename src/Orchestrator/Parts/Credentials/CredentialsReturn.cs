using LxcNative.Native.Criu;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Parts.Mounts;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Parts.Credentials;

/// <summary>Makes the file systems, for criu to bind.</summary>
/// <param name="state">The mounts.</param>
/// <param name="place">A directory for them, below /run/lxcnative.</param>
internal sealed class CredentialsReturn(CredentialsState state, string place) : PartReturn
{
    /// <inheritdoc />
    public override IEnumerable<Step> Steps => state.Mounts.Count == 0 ? [] : [new Step("file systems for credentials", Make)];

    /// <inheritdoc />
    public override void DescribeTo(CriuOptions criu)
    {
        for (var number = 0; number < state.Mounts.Count; number++)
            criu.AddExternal($"mnt[{CredentialsState.Key(number)}]:{PlaceOf(number)}");
    }

    /// <inheritdoc />
    public override void On(CriuNotification notification, int init)
    {
        if (notification.Action == CriuNotifyAction.PostRestore && state.Mounts.Count > 0)
            MountFlagRepair.Repair(init, MountInfo.Read(init), [.. state.Mounts.Select(mount => new MountPlace(mount.MountPoint, mount.Options))]);
    }

    // They are this thread's mounts, and the container's as soon as criu has bound them.
    private void Make()
    {
        PrivateDirectory.CreatePassage(place);
        for (var number = 0; number < state.Mounts.Count; number++)
        {
            var (mount, point) = (state.Mounts[number], PlaceOf(number));
            PrivateDirectory.Create(point);
            Mount.MountFileSystem("ramfs", "ramfs", point, MountFlags.NoSuid | MountFlags.NoDev | MountFlags.NoExec, mount.Data);
            FileOwner.Set(point, mount.User, mount.Group);
            File.SetUnixFileMode(point, (UnixFileMode)mount.Permissions);
        }
    }

    private string PlaceOf(int number) => Path.Combine(place, CredentialsState.Key(number));
}
