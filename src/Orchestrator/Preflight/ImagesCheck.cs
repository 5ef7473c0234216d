using LxcNative.Native.Criu;
using LxcNative.Native.Files;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight.Hosts;
using LxcNative.Orchestrator.Preflight.Images;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Restores.Rehearsals;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Orchestrator.Preflight;

/// <summary>Tells whether a checkpoint can be restored here and now. Nothing is made.</summary>
public static class ImagesCheck
{
    /// <summary>Looks at a checkpoint.</summary>
    /// <param name="imagesDirectory">Its directory.</param>
    /// <param name="options">The options of the restore that is intended; null for the defaults.</param>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static PreflightReport Run(string imagesDirectory, RestoreOptions? options = null)
    {
        options ??= new RestoreOptions();
        RootOnly.Require("reading a checkpoint");
        var start = MonotonicClock.Microseconds();
        var directory = DirectoryPath.Full(imagesDirectory);
        return Report(directory, Collect(directory, options), start);
    }

    /// <summary>Looks at a checkpoint, and rehearses its restore where nothing stands in the way: beside whatever runs, up to the moment before anything of it
    /// would run.</summary>
    /// <param name="imagesDirectory">Its directory.</param>
    /// <param name="options">The options of the restore that is intended; null for the defaults.</param>
    /// <param name="patience">How long the rehearsal may take; one that takes longer has failed. Null for a minute.</param>
    /// <exception cref="RefusedException">No program can become the process that rehearses, or there is no criu.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static PreflightReport Rehearse(string imagesDirectory, RestoreOptions? options = null, TimeSpan? patience = null)
    {
        options ??= new RestoreOptions();
        RestoreOptionsCheck.Run(options);
        RootOnly.Require("rehearsing a restore");
        var start = MonotonicClock.Microseconds();
        var directory = DirectoryPath.Full(imagesDirectory);
        using var use = Directory.Exists(directory) ? ImagesUse.Begin(directory) : null;
        using var rehearser = Rehearser.Start(options.MonitorProgram);
        var findings = Collect(directory, options, Rehearsal.Next());
        if (!RestoreCheck.Blocks(findings))
        {
            // Every byte of them has just been compared.
            var outcome = rehearser.Run(directory, CheckpointManifest.Read(directory), options with { CheckHashes = false },
                RestorePrograms.Criu(options.Criu), patience ?? Rehearser.UsualPatience);
            findings.AddRange(outcome.Findings);
            if (outcome.Obstacle is { } obstacle)
                findings.Add(ImageRules.NotRehearsed.Found(obstacle));
        }

        return Report(directory, findings, start);
    }

    private static PreflightReport Report(string directory, IEnumerable<Finding> findings, long start) =>
        new(directory, [.. findings.OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Id, StringComparer.Ordinal)],
            MonotonicClock.Between(start, MonotonicClock.Microseconds()));

    private static List<Finding> Collect(string directory, RestoreOptions options, Rehearsal? rehearsal = null)
    {
        CheckpointManifest manifest;
        try
        {
            manifest = CheckpointManifest.Read(directory);
        }
        catch (RefusedException refusal)
        {
            return [ImageRules.NotUsable.Found(refusal.Message)];
        }

        var findings = RestoreCheck.Run(directory, manifest, options, rehearsal).Findings.ToList();
        try
        {
            var criu = CriuInstallation.Find(options.Criu);
            if (Version.TryParse(manifest.Criu, out var wrote) && criu.CriuVersion < wrote)
                findings.Add(ImageRules.OtherCriu.Found($"criu {wrote} wrote them, here is {criu.CriuVersion}"));
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
}
