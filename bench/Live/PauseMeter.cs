using System.IO.MemoryMappedFiles;

namespace LxcNative.Bench.Live;

/// <summary>The longest time that a thread inside the container did not run (payload.c): the same meter whoever makes the checkpoint.</summary>
public sealed class PauseMeter : IDisposable
{
    private const int Active = 0;
    private const int Longest = 8;
    private const int Beats = 16;
    private const int LongestInside = 24;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    internal PauseMeter(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>The longest time without data between the two processes that talk over loopback, in milliseconds.</summary>
    public double Inside => _view.ReadInt64(LongestInside) / 1e6;

    /// <summary>Forgets it.</summary>
    public void ResetInside() => _view.Write(LongestInside, 0L);

    /// <summary>Measures while something happens.</summary>
    /// <returns>The longest pause, in milliseconds.</returns>
    public double During(Action action)
    {
        _view.Write(Longest, 0L);
        _view.Write(Active, 1L);
        Await(20);
        action();
        // The last pause may still be going on.
        Await(20);
        _view.Write(Active, 0L);
        return _view.ReadInt64(Longest) / 1e6;
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private void Await(int beats)
    {
        for (var until = _view.ReadInt64(Beats) + beats; _view.ReadInt64(Beats) < until;)
            Thread.Sleep(1);
    }
}
