using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.InPlace;

/// <summary>A container that is back in its own place.</summary>
/// <param name="Result">What was restored.</param>
/// <param name="Resumed">When it ran again; microseconds of CLOCK_MONOTONIC.</param>
/// <param name="Packets">What became of the packets of a lock that was taken over: it is opened, and they are counted, by who took it. Null where there was
/// none, or a second try had a lock of its own.</param>
internal sealed record BroughtBack(RestoreResult Result, long Resumed, LockedPackets? Packets)
{
    /// <summary>Waits until it is, and tries once more where the monitor could not bring it back.</summary>
    /// <param name="place">Who brings it back.</param>
    /// <param name="name">Its name.</param>
    /// <param name="images">Its images.</param>
    /// <param name="recorder">Told what took how long.</param>
    /// <param name="cutOff">Cuts its network off, before the second try.</param>
    /// <param name="warnings">Told of the first try, where it failed.</param>
    /// <exception cref="FailedException">It is dumped, and did not come back.</exception>
    public static BroughtBack Await(InPlaceReturn place, string name, string images, SpanRecorder recorder, Action cutOff, ICollection<string> warnings)
    {
        try
        {
            var (reply, monitor) = place.Await();
            foreach (var span in reply.Spans)
                recorder.Add(span.Track, $"restore: {span.Name}", span.Start, span.End);
            var result = new RestoreResult(reply.Pid, name, images, monitor, reply.Timings!, reply.Criu, reply.Warnings) { Packets = reply.Packets };
            return new BroughtBack(result, reply.Resumed, place.KeepsNetwork ? reply.Packets : null);
        }
        catch (FailedException failure)
        {
            cutOff();
            var result = InPlaceRepetition.Run(images, place.Options, failure, name, warnings);
            return new BroughtBack(result, MonotonicClock.Microseconds(), null);
        }
    }
}
