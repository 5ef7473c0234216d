using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Preparation.Rootfs;

/// <summary>Keeps udev from running in a container: the host's own already answers the kernel's events, and its netlink sockets with pending
/// messages are what criu refuses most often.</summary>
internal static class UdevSteps
{
    private const string Aside = ".bcp";
    private const string Null = "/dev/null";
    private const string Units = "/etc/systemd/system/";

    private static readonly string[] Programs = ["/sbin/udevd", "/usr/sbin/udevd", "/lib/udev/udevd", "/usr/lib/udev/udevd"];
    private static readonly string[] Masked = ["systemd-udevd.service", "systemd-udevd-kernel.socket", "systemd-udevd-control.socket",
        "systemd-udev-trigger.service"];

    /// <summary>The steps for a root file system, with what each changes.</summary>
    public static IEnumerable<(string Path, Step Step)> Plan(string root)
    {
        foreach (var program in Programs)
        {
            var place = new RootfsPath(root, program);
            var aside = new RootfsPath(root, program + Aside);
            if (place.Exists && place.Link is null)
                yield return (program,
                    new Step($"{program} moved aside to {program}{Aside}", () => place.Rename(Path.GetFileName(program) + Aside),
                    () => aside.Rename(Path.GetFileName(program))));
            else if (aside.Exists)
                yield return ("", Step.InPlace($"{program} is moved aside to {program}{Aside}"));
        }

        if (!new RootfsPath(root, Units + "x").HasDirectory)
            yield break;
        foreach (var unit in Masked)
        {
            var place = new RootfsPath(root, Units + unit);
            if (place.Link == Null)
                yield return ("", Step.InPlace($"{unit} is masked"));
            else if (!place.Exists)
                yield return (Units + unit, new Step($"{unit} masked", () => place.MakeLink(Null), place.Remove));
        }
    }

    /// <summary>The steps that take the named changes back.</summary>
    public static IEnumerable<Step> PlanUndo(string root, IEnumerable<string> changed)
    {
        foreach (var path in changed.Reverse())
        {
            var place = new RootfsPath(root, path);
            if (path.StartsWith(Units, StringComparison.Ordinal))
            {
                if (place.Link == Null)
                    yield return new Step($"{Path.GetFileName(path)} masked", place.Remove, () => place.MakeLink(Null));
            }
            else if (new RootfsPath(root, path + Aside) is { Exists: true } aside && !place.Exists)
            {
                yield return new Step($"{path} moved aside", () => aside.Rename(Path.GetFileName(path)), () => place.Rename(Path.GetFileName(path) + Aside));
            }
        }
    }
}
