namespace LxcNative.Orchestrator.Timelines;

/// <summary>Something that lasted, for programs: all times are microseconds.</summary>
internal sealed record TimelineDocumentSpan(string Track, string Name, long Start, long End, long Length);
