using LxcNative.Native.Files;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Engines.Lxc.Configurations;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Preparation.Rootfs;

/// <summary>Makes a container fit for checkpoints before it is started: no console, no terminals, no udev, no user
/// namespaces of services; old keys replaced.</summary>
public sealed class ContainerPreparation : HostPreparation
{
    /// <summary>Where records of what was changed are kept: they outlast a reboot, like what they tell of.</summary>
    public const string DefaultRecords = "/var/lib/lxcnative/prepared";

    private const string BackupSuffix = ".lxcnative-backup";

    // What LXN040 and LXN043 object to.
    private static readonly (string Key, string Value)[] Settings = [("lxc.console.path", "none"), ("lxc.tty.max", "0")];
    private readonly string? _config;
    private readonly string _root;
    private readonly string _name;

    private ContainerPreparation(string name, string? config, string root) => (_name, _config, _root) = (name, config, root);

    /// <inheritdoc />
    public override string Subject => $"container {_name}";

    private string RecordName => RecordNameOf(_name);

    /// <summary>The name of the record of what was changed for a container.</summary>
    internal static string RecordNameOf(string name) => $"container-{name.Replace('/', '-')}";

    /// <summary>Prepares a defined container, its configuration and its root file system.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="lxcPath">Where LXC keeps it.</param>
    /// <exception cref="RefusedException">There is no such container, or its root is no directory.</exception>
    /// <exception cref="MalformedConfigurationException">Its configuration cannot be understood.</exception>
    public static ContainerPreparation Of(string name, string lxcPath)
    {
        RootOnly.Require("preparing a container");
        var config = Path.Combine(lxcPath, name, "config");
        if (!KnownContainers.IsDefined(name, lxcPath))
            throw new RefusedException(KnownContainers.None(name, lxcPath));
        var configuration = KeyConversion.Convert(LxcConfiguration.Parse(RegularFile.ReadText(config), config), config);
        var root = CurrentConfiguration.RootOf(configuration) ?? throw new RefusedException($"{config} names no root file system (lxc.rootfs.path)");
        return Directory.Exists(root)
            ? new ContainerPreparation(name, config, root)
            : throw new RefusedException($"the root of {name}, {root}, is no directory: mount it, and name the directory instead of the container");
    }

    /// <summary>Prepares a root file system alone.</summary>
    /// <param name="root">Its directory.</param>
    /// <exception cref="RefusedException">There is none.</exception>
    public static ContainerPreparation OfRootfs(string root) => Directory.Exists(root)
        ? new ContainerPreparation(DirectoryPath.Full(root), null, DirectoryPath.Full(root))
        : throw new RefusedException($"there is no directory {root}");

    /// <inheritdoc />
    private protected override IReadOnlyList<Step> Plan(RecordStore records)
    {
        var before = records.Read(RecordName, PreparationJson.Default.ContainerRecord);
        var text = _config is null ? null : RegularFile.ReadText(_config);
        var (steps, changesConfig) = text is null ? ([], false) : ConfigSteps(text);
        var changes = UdevSteps.Plan(_root).Concat(UserNamespaceSteps.Plan(_root)).ToList();
        steps.AddRange(changes.Select(one => one.Step));
        if (steps.All(step => step.Take is null))
            return steps;
        var record = new ContainerRecord(before?.Config ?? (changesConfig ? text : null),
            [.. before?.Paths ?? [], .. changes.Where(one => one.Path.Length > 0).Select(one => one.Path)]);
        return [records.Writing(RecordName, record, before, PreparationJson.Default.ContainerRecord), .. steps];
    }

    /// <inheritdoc />
    private protected override IReadOnlyList<Step> PlanUndo(RecordStore records)
    {
        if (records.Read(RecordName, PreparationJson.Default.ContainerRecord) is not { } record)
            return [];
        var steps = new List<Step>([.. UserNamespaceSteps.PlanUndo(_root, record.Paths), .. UdevSteps.PlanUndo(_root, record.Paths)]);
        if (record.Config is { } text && _config is not null)
        {
            var now = RegularFile.ReadText(_config);
            steps.Add(new Step($"{_config} as it was", () => Replace(text), () => Replace(now)));
            steps.Add(new Step($"its backup {_config}{BackupSuffix}", () => File.Delete(_config + BackupSuffix)));
        }

        return [.. steps, new Step("the record of what was changed", () => records.Remove(RecordName))];
    }

    // All keys are changed by one write; each is told of.
    private (List<Step> Steps, bool Changes) ConfigSteps(string text)
    {
        var current = LxcConfiguration.Parse(text, _config!);
        var converted = CurrentConfiguration.Of(current, _root, _config!);
        var result = Wanted(converted).ToString();
        var steps = new List<Step>();
        var changes = result != text;
        if (changes)
        {
            steps.Add(new Step($"a backup of the configuration, {_config}{BackupSuffix}", () => File.WriteAllText(_config + BackupSuffix, text),
                () => File.Delete(_config + BackupSuffix)));
            steps.Add(new Step("the configuration as told below", () => Replace(result), () => Replace(text)));
        }

        if (converted.ToString() != current.ToString())
            steps.Add(Told("old keys and an old fstab replaced by what LXC of today takes", isThere: false));
        foreach (var (key, value) in Settings)
            steps.Add(Told($"{key} = {value}", converted.Get(key) == value));
        return (steps, changes);
    }

    private static LxcConfiguration Wanted(LxcConfiguration converted) =>
        Settings.Aggregate(converted,
            (configuration, setting) => configuration.Get(setting.Key) == setting.Value ? configuration : configuration.With(setting.Key, setting.Value));

    private static Step Told(string what, bool isThere) => isThere ? Step.InPlace(what) : new Step(what, () => { });

    private void Replace(string text)
    {
        var temporary = _config + ".new";
        File.WriteAllText(temporary, text);
        File.SetUnixFileMode(temporary, File.GetUnixFileMode(_config!));
        File.Move(temporary, _config!, overwrite: true);
    }
}
