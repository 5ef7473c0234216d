using LxcNative.Native.Files;
using LxcNative.Native.Files.Raw;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Archives.Roots;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Engines.Lxc;
using LxcNative.Orchestrator.Engines.Lxc.Configurations;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preparation.Rootfs;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Preparation.Templates;

/// <summary>Makes a container of a template archive and a configuration, which may have the keys of LXC before 3.0.</summary>
public sealed class ContainerCreation : HostPreparation
{
    private const string RootfsKey = "lxc.rootfs.path";
    private const UnixFileMode RootOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;
    private readonly string _name;
    private readonly string _lxcPath;
    private readonly string? _archive;
    private readonly LxcConfiguration _configuration;
    private readonly string _root;

    /// <summary>Prepares to make it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="lxcPath">Where LXC keeps containers.</param>
    /// <param name="archive">The template; null for an undo, which needs none.</param>
    /// <param name="configuration">The configuration's text; where it names a root file system, that is made there, else below the container's
    /// directory.</param>
    /// <param name="file">What the configuration's file is called in an error.</param>
    /// <exception cref="RefusedException">The name is none.</exception>
    /// <exception cref="MalformedConfigurationException">The configuration cannot be understood.</exception>
    public ContainerCreation(string name, string lxcPath, string? archive, string configuration, string file = "config")
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > 200 || name[0] is '.' or '-' || name.Any(one => one is '/' or '\0' || char.IsControl(one) || char.IsWhiteSpace(one)))
            throw new RefusedException($"\"{name}\" is no name for a container");
        (_name, _lxcPath, _archive) = (name, DirectoryPath.Full(lxcPath), archive);
        _configuration = KeyConversion.Convert(LxcConfiguration.Parse(configuration, file), file);
        var root = CurrentConfiguration.RootOf(_configuration) ?? Path.Combine(Home, "rootfs");
        _root = Path.IsPathRooted(root)
            ? Path.GetFullPath(root).TrimEnd('/')
            : throw new RefusedException($"{RootfsKey} = {root}: an absolute path to a directory is needed");
    }

    /// <inheritdoc />
    public override string Subject => $"container {_name}";

    private string Home => Path.Combine(_lxcPath, _name);

    private string Config => Path.Combine(Home, "config");

    private string RecordName => $"created-{_name}";

    /// <inheritdoc />
    private protected override IReadOnlyList<Step> Plan(RecordStore records)
    {
        if (File.Exists(Config))
            return records.Read(RecordName, PreparationJson.Default.CreationRecord) is not null
                ? [Step.InPlace($"root file system {_root}"), Step.InPlace($"configuration {Config}")]
                : throw new RefusedException($"there is a container {_name} already ({Config})");
        if (_archive is null || !File.Exists(_archive))
            throw new RefusedException($"there is no template {_archive}");
        if (Directory.Exists(_root) && Directory.EnumerateFileSystemEntries(_root).Any())
            throw new RefusedException($"{_root}, the place of its root file system, is not empty");
        var configuration = Complete();
        return
        [
            records.Writing(RecordName, new CreationRecord(Home, _root), null, PreparationJson.Default.CreationRecord),
            new Step($"root file system {_root} from {_archive}", Extract, () => RemoveTree(_root)),
            new Step($"configuration {Config}", () => WriteConfig(configuration), () => RemoveHome()),
        ];
    }

    /// <inheritdoc />
    private protected override IReadOnlyList<Step> PlanUndo(RecordStore records)
    {
        if (records.Read(RecordName, PreparationJson.Default.CreationRecord) is not { } record)
            return [];
        if (LxcCommandSocket.InitPid(_lxcPath, _name) is { } init)
            throw new RefusedException($"{_name} is running (init {init}): stop it first");
        if (RestoredContainer.ByName(_name) is { } restored)
            throw new RefusedException($"{_name} is running, restored (init {restored.InitPid}): stop it first");
        if (UnattendedContainer.ProcessOf(_name, _lxcPath) is { } process)
            throw new RefusedException($"{_name} is running, though no monitor answers for it (process {process} is one of it): end its init first");
        if (MountInfo.ReadSelf()
            .FirstOrDefault(entry => entry.MountPoint == record.Root
            || entry.MountPoint.StartsWith(record.Root + "/", StringComparison.Ordinal)) is { } mounted)
            throw new RefusedException(
                $"{mounted.MountPoint}, in its root file system, is a mount point: unmount it first, so that what is mounted there is not removed");
        return
        [
            new Step($"configuration {Config}", () => RemoveHome()),
            new Step($"root file system {record.Root}", () => RemoveTree(record.Root)),
            // What was prepared in it goes with it.
            new Step("the record of what was made", () =>
            {
                records.Remove(RecordName);
                records.Remove(ContainerPreparation.RecordNameOf(_name));
            }),
        ];
    }

    private LxcConfiguration Complete()
    {
        var complete = CurrentConfiguration.WithoutOldFstab(_configuration, _root).With(RootfsKey, $"dir:{_root}");
        return complete.Get("lxc.uts.name") is null ? complete.With("lxc.uts.name", _name) : complete;
    }

    private void Extract()
    {
        var parent = Path.GetDirectoryName(_root)!;
        var madeParent = FirstMissing(parent);
        if (PathScope.Holds(Home, parent))
            MakeHome();
        Directory.CreateDirectory(parent);
        try
        {
            using var root = NewRoot.Begin(_root);
            RootExtraction.Extract(_archive!, root.Directory);
            root.Keep();
        }
        catch
        {
            if (madeParent is not null && Directory.Exists(madeParent))
                Directory.Delete(madeParent, recursive: true);
            throw;
        }
    }

    private static string? FirstMissing(string path)
    {
        string? missing = null;
        for (var at = path; at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at))
            missing = at;
        return missing;
    }

    private void WriteConfig(LxcConfiguration configuration)
    {
        MakeHome();
        File.WriteAllText(Config, configuration.ToString());
    }

    private void MakeHome()
    {
        Directory.CreateDirectory(Home, RootOnly);
        File.SetUnixFileMode(Home, RootOnly);
    }

    private void RemoveHome()
    {
        File.Delete(Config);
        if (Directory.Exists(Home) && !Directory.EnumerateFileSystemEntries(Home).Any(entry => entry != _root))
            RemoveTree(Home);
    }

    // Symbolic links in it are removed, not followed.
    private static void RemoveTree(string path)
    {
        if (!Directory.Exists(path))
            return;
        using (var tree = FileOpen.DirectoryPlace(path))
            RawTree.Empty(tree);
        Directory.Delete(path);
    }
}
