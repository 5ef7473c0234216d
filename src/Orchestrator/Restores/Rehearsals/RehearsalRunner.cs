using LxcNative.Native.Criu;
using LxcNative.Native.Criu.Images;
using LxcNative.Native.Files;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Orchestrator.Parts;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Parts.Owners;
using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Steps.Undoing;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Restores.Rehearsals;

/// <summary>Rehearses a restore, in a process of its own: everything is made as a restore makes it, up to criu's post-restore notification, and ended there
/// before any of it has run.</summary>
internal sealed class RehearsalRunner(MonitorRequest request, EmptyNetwork empty)
{
    /// <summary>What its journal is called.</summary>
    public const string Purpose = "rehearsal";

    private const ulong LargestCopied = 1 << 20;
    private readonly RestorePlan _plan = request.Plan;
    private readonly SpanRecorder _recorder = new();
    private readonly string _place = RunDirectory.RehearsalOf(request.Plan.Rehearsal!.Id);

    /// <summary>Rehearses. Never throws: the answer tells what happened, without an error where the images come back.</summary>
    public MonitorReply Run()
    {
        using var journal = Journal.Begin(Purpose, _plan.Name, request.Owner);
        var steps = new StepRunner(journal);
        PartReturns? parts = null;
        Exception? failure;
        try
        {
            MonitorEnvironment.Clean(request.CriuPath);
            var images = new MendedImages(_plan.ImagesDirectory, Path.Combine(_place, "images"), new OwnersPart().Read(_plan.States));
            parts = new PartReturns([.. PartList.All.Select(part => part.Return(_plan.States, new ReturnContext(_plan, empty, images, _place, _recorder)))]);
            Prepare(steps, images, parts);
            Restore(images.Directory, parts);
            failure = new InvalidOperationException("criu did not tell that everything was restored");
        }
#pragma warning disable CA1031 // The asker is another process: whatever it was, it is told there.
        catch (CriuException e) when (e.InnerException is RehearsalEndException)
        {
            // What is thrown by us at the end, criu reports as a failure.
            failure = null;
        }
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = e;
        }

        // Whatever is still being made is at its end then.
        parts?.Dispose();
        return Answer(failure, steps.TakeBack());
    }

    private void Prepare(StepRunner steps, MendedImages images, PartReturns parts)
    {
        steps.Take(new Step("the mount points", () => RunDirectory.Make(_place)) { Undo = [new PlaceUndo(_place)] });
        HostPropagation.Arrange(_plan.ImagesDirectory);
        // Another /run, with our own directory in it: what is mounted there comes after it.
        if (request.Kerndat is { } kerndat)
            CriuKerndat.FromBytes(kerndat, RunDirectory.Path).Show();
        steps.Take(new Step("their memory", () => RehearsalHost.MakePlace(_place)));
        steps.Take(images.Begin);
        steps.Take(new LeftOutMemory(_plan.ImagesDirectory, images).Leave);
        steps.Take(new Step("large files that are only read",
            () => images.Mend("files.img", (original, copy) => WrittenFiles.OnlyRead(original, copy, LargestCopied))));
        steps.Take(new Step("watches by handles", () => images.Mend("files.img", WatchesByHandle.LeaveOut)));
        steps.Take(new Step("what the host's ends are attached to", () => RehearsalHost.MakeLinks(_plan)));
        parts.Make(steps);
    }

    private void Restore(string shown, PartReturns parts)
    {
        var service = new CriuService(CriuInstallation.At(request.CriuPath, Version.Parse(request.CriuVersion), request.LibCriuPath));
        using var images = FileOpen.Open(shown, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow);
        using var work = FileOpen.Open(RehearsalHost.WorkOf(_place), OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow);
        using var criu = CriuRestoreOptions.Build(service, _plan, images);
        criu.WorkDirectory = work;
        parts.DescribeTo(criu);
        var start = MonotonicClock.Microseconds();
        var init = 0;
        try
        {
            parts.Around(() => service.RestoreChild(criu, notification => On(notification, parts, ref init)));
        }
        finally
        {
            _recorder.Add(Track.Beside, RestoreSpan.Criu, start, MonotonicClock.Microseconds());
        }
    }

    private static void On(CriuNotification notification, PartReturns parts, ref int init)
    {
        if (notification.Action == CriuNotifyAction.SetupNamespaces)
            init = notification.Pid ?? throw new InvalidOperationException("criu did not tell the pid of the init that it made.");
        parts.On(notification, init);
        if (notification.Action == CriuNotifyAction.PostRestore)
            throw new RehearsalEndException();
    }

    private MonitorReply Answer(Exception? failure, IReadOnlyList<string> left)
    {
        var obstacle = failure is null ? null : Obstacle(failure);
        return new(0, null, null, [.. left.Select(one => $"not removed: {one}")], obstacle is null ? Message(failure) : null, left.Count == 0)
        {
            Obstacle = obstacle,
            CriuErrors = (failure as CriuException)?.LogErrors ?? [],
            Spans = [.. _recorder.Spans.Select(span => span with { Track = Track.Beside })],
        };
    }

    private string? Obstacle(Exception failure) => failure switch
    {
        RehearsalImpossibleException => failure.Message,
        // Its upper layer would lie on our overlay, which the kernel does not take.
        CriuException { InnerException: null } when HasOverlayInside() =>
            $"an overlay is mounted inside, which cannot be tried on an overlay: {Message(failure)}",
        _ => null,
    };

    private bool HasOverlayInside()
    {
        try
        {
            return MountImage.Files(_plan.ImagesDirectory).SelectMany(MountImage.Read)
                .Any(mount => mount is { FileSystem: MountImageFileSystem.Overlayfs, ExternalKey: null } && mount.MountPoint.Trim('.', '/').Length > 0);
        }
        catch (Exception e) when (e is MalformedImageException or IOException)
        {
            return false;
        }
    }

    // The log goes with the place; what is of it in here is all that is left of it.
    private static string? Message(Exception? failure) => failure switch
    {
        null => null,
        CriuException { InnerException: { } own } => own.Message,
        CriuException criu => $"criu restore: {criu.Meaning}{string.Concat(criu.LogErrors.Select(line => $"\n  {line}"))}",
        _ => failure.Message,
    };
}
