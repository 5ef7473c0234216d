using LxcNative.Native.Criu;
using LxcNative.Native.Files;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Hosts;
using LxcNative.Orchestrator.Preflight.Images;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Orchestrator.Preflight;

/// <summary>Tells whether a checkpoint can be restored here and now. Nothing is made.</summary>
public static class ImagesCheck
{
    /// <summary>Looks at a checkpoint.</summary>
    /// <param name="imagesDirectory">Its directory.</param>
    /// <param name="options">The options of the restore that is intended; null for the defaults.</param>
    public static PreflightReport Run(string imagesDirectory, RestoreOptions? options = null)
    {
        options ??= new RestoreOptions();
        var start = MonotonicClock.Microseconds();
        var directory = DirectoryPath.Full(imagesDirectory);
        var findings = Collect(directory, options).OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Id, StringComparer.Ordinal).ToList();
        return new PreflightReport(directory, findings, MonotonicClock.Microseconds() - start);
    }

    private static List<Finding> Collect(string directory, RestoreOptions options)
    {
        var findings = new List<Finding>();
        CheckpointManifest? manifest = null;
        Try(findings, ImageRules.NotUsable, () =>
        {
            var read = CheckpointManifest.Read(directory);
            RestoreRefusals.CheckImages(directory, read);
            manifest = read;
        });
        if (manifest is null)
            return findings;
        Try(findings, ImageRules.PlaceTaken, () => RestoreRefusals.CheckNotRunning(manifest.Container));
        try
        {
            var criu = CriuInstallation.Find(options.Criu);
            if (Version.TryParse(manifest.Criu, out var wrote) && criu.CriuVersion < wrote)
                findings.Add(ImageRules.OtherCriu.Found($"criu {wrote} wrote them, here is {criu.CriuVersion}"));
            Try(findings, ImageRules.HostLacks, () => RestoreRefusals.CheckHost(RestorePlan.For(manifest, directory, options, criu, kerndat: null)));
        }
        catch (CriuNotFoundException e)
        {
            findings.Add(new CriuMissing().Description.Found(e.Message));
        }

        var kernel = KernelRelease.Read();
        if (kernel != manifest.Kernel)
            findings.Add(ImageRules.OtherKernel.Found($"Linux {manifest.Kernel} then, {kernel} here"));
        return findings;
    }

    private static void Try(List<Finding> findings, RuleDescription rule, Action check)
    {
        try
        {
            check();
        }
        catch (CheckpointRefusedException refusal)
        {
            findings.Add(rule.Found(refusal.Message));
        }
    }
}
