using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;

namespace LxcNative.Bench.Pieces;

/// <summary>How a native piece is measured beside the tools that it replaces: programs take milliseconds, so few iterations tell enough.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PieceAttribute : Attribute, IConfigSource
{
    public IConfig Config { get; } = ManualConfig.CreateEmpty()
        .AddJob(Job.Default.WithWarmupCount(2).WithIterationCount(10).WithIterationTime(Perfolizer.Horology.TimeInterval.FromMilliseconds(200)).WithId("Piece"))
        .AddDiagnoser(MemoryDiagnoser.Default);
}
