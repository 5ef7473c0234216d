using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Layers;

/// <summary>System calls and the kernel's numbers are in Native and Netlink, where gcc proves them; what a checkpoint is knows none of them.</summary>
public sealed partial class LayerTests
{
    public static TheoryData<string> UpperLayers => ["Orchestrator", "Cli"];

    [Fact]
    public void OrchestratorImportsNoFunction() =>
        Assert.Empty(typeof(CheckpointOptions).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(method => method.Attributes.HasFlag(MethodAttributes.PinvokeImpl) || method.IsDefined(typeof(LibraryImportAttribute)))
            .Select(method => $"{method.DeclaringType}.{method.Name}"));

    [Theory]
    [MemberData(nameof(UpperLayers))]
    public void NothingOfTheKernelIsWrittenIntoTheUpperLayers(string project) => Assert.Empty(Lines(project, KernelsOwn()));

    // Where criu is, which variables name it and where something is kept are this product's choice: whoever uses Native alone makes their own.
    [Fact]
    public void NativeHasNoPlacesOfThisProduct() => Assert.Empty(Lines("Native", OwnPlaces()));

    [Fact]
    public void RunDirectoryHasOneOwner() =>
        Assert.DoesNotContain(Lines("Orchestrator", Run()), line => !line.StartsWith("src/Orchestrator/Steps/RunDirectory.cs:", StringComparison.Ordinal));

    [Theory]
    [InlineData("[LibraryImport(\"libc\", EntryPoint = \"statx\")]")]
    [InlineData("[DllImport(\"libc\")]")]
    [InlineData("private const long NR_GETDENTS64 = 217;")]
    [InlineData("count = LibC.syscall(217, directory);")]
    [InlineData("using Tmds.Linux;")]
    [InlineData("[StructLayout(LayoutKind.Explicit, Size = 256)]")]
    [InlineData("type = (FileType)(mode & 0xf000);")]
    [InlineData("private const uint IFF_UP = 0x1;")]
    [InlineData("private const ushort RTM_GETLINK = 18;")]
    public void EachOfTheseWouldBeFound(string line) => Assert.Matches(KernelsOwn(), line);

    internal static IEnumerable<string> Lines(string project, Regex forbidden) =>
        from file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src", project), "*.cs", SearchOption.AllDirectories)
        where !file.Contains("/obj/", StringComparison.Ordinal)
        from line in File.ReadLines(file).Select((text, index) => (Text: text.Trim(), Number: index + 1))
        where !line.Text.StartsWith("//", StringComparison.Ordinal) && forbidden.IsMatch(line.Text)
        select $"{Path.GetRelativePath(RepositoryRoot.Path, file)}:{line.Number}: {line.Text}";

    [GeneratedRegex("/run/lxcnative", RegexOptions.CultureInvariant)]
    private static partial Regex Run();

    [GeneratedRegex("/(opt|run|var/lib)/lxcnative|LXCNATIVE_|eng/setup", RegexOptions.CultureInvariant)]
    private static partial Regex OwnPlaces();

    // An upper-case name with a value of its own is a number of a header.
    [GeneratedRegex(@"\b(LibraryImport|DllImport|StructLayout|Tmds\.Linux|LibC\.|__NR_\w+)|0xf000\b|\bconst\s+\w+\s+[A-Z]+_[A-Z0-9_]+\s*=",
        RegexOptions.CultureInvariant)]
    private static partial Regex KernelsOwn();
}
