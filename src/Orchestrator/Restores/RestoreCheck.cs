using LxcNative.Native.Criu.Images;
using LxcNative.Netlink.Errors;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Parts;
using LxcNative.Orchestrator.Parts.HostEnds;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Images;
using LxcNative.Orchestrator.Restores.Rehearsals;

namespace LxcNative.Orchestrator.Restores;

/// <summary>What makes a restore impossible here and now, all of it, found before anything is made.</summary>
internal static class RestoreCheck
{
    /// <summary>How long the monitor of a container that has just ended may take to clear up, and a restore to be another's.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary><see cref="Run"/>; where another restore of the container, or the monitor of one that has just ended, is at work, what it
    /// leaves is looked at: half of what it makes or removes is no finding.</summary>
    /// <exception cref="RefusedException">Another restore of the container is under way.</exception>
    public static (RestorePlan? Plan, IReadOnlyList<Finding> Findings) RunInTurn(string directory, CheckpointManifest manifest, RestoreOptions options)
    {
        var (name, lxcPath) = (options.Name ?? manifest.Container.Name, manifest.Container.LxcPath);
        var first = Run(directory, manifest, options);
        if (!Blocks(first.Findings) || ContainerPlace.Taken(lxcPath, name) is not null)
            return first;
        using var claim = ContainerClaim.TryTake(ContainerClaim.Restore, name, Patience);
        if (claim is null && ContainerPlace.Taken(lxcPath, name) is null)
            throw UnderWay(name);
        return Run(directory, manifest, options);
    }

    /// <summary>That another process restores the container.</summary>
    public static RefusedException UnderWay(string name) => new($"another restore of {name} is under way");

    /// <summary>Whether one of the findings stands in the way.</summary>
    public static bool Blocks(IEnumerable<Finding> findings) => findings.Any(finding => finding.Blocks);

    /// <summary>Everything that stands in the way, and the plan where one could be made.</summary>
    /// <param name="directory">Where the images are.</param>
    /// <param name="manifest">Their manifest.</param>
    /// <param name="options">How they shall be restored.</param>
    /// <param name="rehearsal">The names of a rehearsal, which needs no free place: what has it is a note then. Null for a restore.</param>
    /// <param name="isThere">Whether the container that was checkpointed is still there, and will have gone from its place.</param>
    public static (RestorePlan? Plan, IReadOnlyList<Finding> Findings) Run(string directory, CheckpointManifest manifest, RestoreOptions options,
        Rehearsal? rehearsal = null, bool isThere = false)
    {
        var findings = new List<Finding>();
        findings.AddRange(ImagesTrust.Check(directory, manifest));
        findings.AddRange(ManifestSignature.Check(directory, manifest, options.VerifyKey));
        if (options.CheckHashes && findings.Count == 0)
            findings.AddRange(options.VerifyKey is null
                ? ImageHashes.CheckSums(directory, manifest) : ImageHashes.Check(directory, manifest, required: true));
        List<Finding> place = [.. options.Name is { } another
            ? ContainerPlace.CheckAnother(manifest.Container, another) : ContainerPlace.Check(manifest.Container)];
        findings.AddRange(place);
        findings.AddRange(ExternalCounterparts.Check(manifest, options));
        RestorePlan plan;
        try
        {
            plan = RestorePlan.For(manifest, directory, options, rehearsal);
        }
        catch (RefusedException refusal)
        {
            findings.Add(ImageRules.NotPlannable.Found(refusal.Message));
            return (null, findings);
        }

        var context = new PlanContext(plan.Name, directory, options, rehearsal, plan.Cloned)
        {
            AreImagesSound = !findings.Exists(one => one.Id == ImageRules.NotUsable.Id),
        };
        findings.AddRange(OfParts(plan, context).Where(one => !place.Exists(IsPlaceTaken) || !IsPlaceTaken(one)));
        findings = [.. findings.Select(one => one.Id == HostEndRules.NameTaken.Id && findings.Exists(IsPlaceTaken) ? HostEndRules.OfTheRunning(one) : one)];
        return (plan, rehearsal is null && !isThere ? findings : [.. findings.Select(Beside)]);
    }

    private static List<Finding> OfParts(RestorePlan plan, PlanContext context)
    {
        var findings = new List<Finding>();
        foreach (var part in PartList.All)
        {
            try
            {
                findings.AddRange(part.Refusals(plan.States, context));
            }
            catch (Exception e) when (e is MalformedImageException or NetlinkProtocolException or IOException)
            {
                findings.Add(ImageRules.NotUsable.Found($"the images in {context.ImagesDirectory} are damaged ({part.Name}): {e.Message}"));
            }
        }

        return findings;
    }

    // That it runs is told once, though its cgroups say the same.
    private static bool IsPlaceTaken(Finding finding) => finding.Id == ImageRules.PlaceTaken.Id;

    // A rehearsal stands beside what runs, in a network of its own; what comes back in place takes the place of it.
    private static Finding Beside(Finding finding) =>
        IsPlaceTaken(finding) || finding.Id == HostEndRules.NameTaken.Id ? finding with { Severity = FindingSeverity.Note } : finding;

    /// <summary>The refusal that these findings are.</summary>
    public static RefusedException Refusal(string name, IReadOnlyList<Finding> findings)
    {
        var blocking = findings.Where(finding => finding.Blocks).ToList();
        return new RefusedException($"{name} cannot be restored here and now; nothing was made.{FindingText.Describe(blocking)}", findings);
    }
}
