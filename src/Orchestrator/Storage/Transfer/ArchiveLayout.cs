using System.Text;
using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>The names in the archive of a checkpoint: the layout that podman and CRI-O write and checkpointctl reads.</summary>
internal static class ArchiveLayout
{
    /// <summary>What container it is.</summary>
    public const string Config = "config.dump";

    /// <summary>The container in the words of the OCI's runtime specification.</summary>
    public const string Specification = "spec.dump";

    /// <summary>Its addresses.</summary>
    public const string Network = "network.status";

    /// <summary>criu's statistics.</summary>
    public const string Statistics = "stats-dump";

    /// <summary>The directory of the images; the manifest is the first file in it.</summary>
    public const string Images = "checkpoint/";

    /// <summary>The manifest, which says what images follow.</summary>
    public const string Manifest = Images + CheckpointManifest.FileName;

    /// <summary>A signature over it, where it has one.</summary>
    public const string Signature = Images + ManifestSignature.FileName;

    /// <summary>The root file system, where it goes along: a tar archive of its own.</summary>
    public const string Root = "rootfs.tar";

    /// <summary>The SHA-256 of <see cref="Root"/>, which comes before, as sha256sum(1) writes it.</summary>
    public const string RootDigest = Root + ".sha256";

    /// <summary>What is in <see cref="RootDigest"/>.</summary>
    public static byte[] DigestLine(string sha256) => Encoding.ASCII.GetBytes($"{sha256}  {Root}\n");

    /// <summary>Whether an entry only describes, for other programs: nothing of it is believed.</summary>
    public static bool IsDescription(string name) => name is Config or Specification or Network or Statistics;
}
