using LxcNative.Native.Criu.Images;
using LxcNative.Orchestrator.Parts.Mounts;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Parts.Files;

/// <summary>Has criu take the files that have changed as they are now, where that was asked for; and open executables as such.</summary>
internal sealed class FilesReturn(FilesState state, ReturnContext context) : PartReturn
{
    private readonly List<string> _taken = [];

    /// <inheritdoc />
    public override IEnumerable<string> Shortfalls => _taken;

    /// <inheritdoc />
    public override IEnumerable<Step> Steps =>
    [
        new Step("executables that are open as paths alone", OpenExecutables),
        .. state.AcceptsChanged ? (Step[])[new Step("files that have changed since", Accept)] : [],
    ];

    private void OpenExecutables()
    {
        var images = context.Plan.ImagesDirectory;
        var files = Path.Combine(images, ChangedFiles.Image);
        if (!File.Exists(files))
            return;
        var spaces = Directory.EnumerateFiles(images, "mm-*.img").ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);
        var numbers = ProgramsOpenAsPaths.Find(File.ReadAllBytes(files), files,
            spaces.Select(space => ProgramsOpenAsPaths.ExecutableOf(space.Value, space.Key)).ToHashSet());
        if (numbers.Count == 0)
            return;
        context.Images.Rewrite(ChangedFiles.Image, (image, file) => ProgramsOpenAsPaths.WithEntries(image, file, numbers));
        foreach (var name in spaces.Keys)
            context.Images.Rewrite(name, (image, file) => ProgramsOpenAsPaths.WithExecutable(image, file, numbers));
    }

    private void Accept()
    {
        var plan = context.Plan;
        var changed = ChangedFiles.Find(plan.ImagesDirectory, new MountsPart().Read(plan.States), plan.Cloned);
        ChangedFiles.Accept(context.Images, changed);
        _taken.AddRange(changed.Where(file => file.IsAcceptable).Select(file => $"taken as it is now: {file.Describe()}").Distinct());
    }
}
