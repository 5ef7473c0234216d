using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Archives;
using LxcNative.Orchestrator.Archives.Roots;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Parts.Confinement;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Parts.Tmpfs;
using LxcNative.Orchestrator.Parts.Tmpfs.Format;
using LxcNative.Orchestrator.Registries;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Storage;
using LxcNative.Orchestrator.Storage.Transfer;
using static LxcNative.Fuzz.Targets.Corpus;

namespace LxcNative.Fuzz.Targets;

/// <summary>Images, manifests and archives: whoever has them may have changed them. What writes files does so below a directory that is thrown away.</summary>
internal static class CheckpointTargets
{
    private static readonly ImageReference s_image = ImageReference.Parse("registry.example/web:one");

    /// <summary>They.</summary>
    public static IReadOnlyList<FuzzTarget> List { get; } =
    [
        new FuzzTarget("manifest", [File("manifest.json")], input =>
            RestorePlan.For(ManifestReader.Parse(input, "manifest"), "/nowhere", new RestoreOptions()), typeof(RefusedException)),
        new FuzzTarget("network-image", [File("network-image.json")], input => NetworkImageFile.Read(input), typeof(MalformedNetworkImageException)),
        new FuzzTarget("apparmor-image", [Text("""{"version":1,"namespaces":["lxc-a"],"profiles":[{"name":"lxc-a","binary":"AAAA"}]}""")],
            input => AppArmorImageFile.Read(input), typeof(MalformedAppArmorImageException)),
        new FuzzTarget("tmpfs-image", [File("tmpfs.img")], input => Within((root, _) => TmpfsRestore.Extract(root, new MemoryStream(input))),
            typeof(MalformedTmpfsImageException), typeof(SyscallException)),
        new FuzzTarget("template", [File("template-pax.tar"), File("template-gnu.tar"), File("template-v7.tar")], input => Within((root, place) =>
        {
            System.IO.File.WriteAllBytes($"{place}/archive", input);
            RootExtraction.Extract($"{place}/archive", root);
        }), typeof(MalformedArchiveException), typeof(SyscallException)),
        new FuzzTarget("pax-records", [Text("20 mtime=1234567.89\n30 SCHILY.xattr.user.a=x\0y\u0001zw\n12 uid=1000\n25 LXCNATIVE.type=socket\n")],
            input => PaxRecords.Split(input, new TarExtras()), typeof(MalformedArchiveException)),
        new FuzzTarget("sparse-map", [Text("2\n0\n512\n1024\n512\n")],
            input => SparseMap.Read("4096", new MemoryStream(input.Length % 512 == 0 ? input : [.. input, .. new byte[512 - (input.Length % 512)]])),
            typeof(MalformedArchiveException)),
        new FuzzTarget("archive", [File("archive.tar")], input => Within((_, place) =>
        {
            System.IO.File.WriteAllBytes($"{place}/archive", input);
            CheckpointImport.Run($"{place}/archive", new CheckpointStore($"{place}/store"));
        }), typeof(LxcNativeException)),
        new FuzzTarget("image-manifest", [Text("""
            {"schemaVersion":2,
            "layers":[{"mediaType":"a","digest":"sha256:0000000000000000000000000000000000000000000000000000000000000000","size":10}],
            "annotations":{"a":"b"}}
            """)],
            input => CheckpointImage.Layer(CheckpointImage.Parse(input, s_image), s_image), typeof(MalformedArchiveException)),
        new FuzzTarget("auth-challenge", [Text("realm=\"https://a/token\",service=b, scope=\"repository:web:pull,push\"")],
            input => AuthChallenge.Parse(TextOf(input))),
        new FuzzTarget("image-reference",
            [Text("registry.example:5000/a/web:one"), Text("docker://docker.io/web@sha256:0000000000000000000000000000000000000000000000000000000000000000")],
            input => ImageReference.Parse(TextOf(input)), typeof(InvalidOptionException)),
        new FuzzTarget("lock-record", [Text("NfTables\tlxcnative-lock-0\tTrue\t1\t2\tinit\n")], input => LockRecord.Parse(TextOf(input))),
    ];

    // A name of any bytes is none that Directory.Delete finds again.
    private static void Remove(string place)
    {
        try
        {
            Directory.Delete(place, recursive: true);
        }
        catch (IOException)
        {
            using var rm = System.Diagnostics.Process.Start("rm", ["-rf", place]);
            rm.WaitForExit();
        }
    }

    private static void Within(Action<Native.Handles.FileDescriptor, string> use)
    {
        var place = Directory.CreateTempSubdirectory("lxcnative-fuzz-").FullName;
        try
        {
            Directory.CreateDirectory($"{place}/root");
            using var root = FileOpen.DirectoryPlace($"{place}/root");
            use(root, place);
        }
        finally
        {
            Remove(place);
        }
    }
}
