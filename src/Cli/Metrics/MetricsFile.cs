using LxcNative.Native.Files;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Cli.Metrics;

/// <summary>The file that Prometheus' node exporter reads (its textfile collector): replaced whole, so that nobody reads half of it, and by one run at a
/// time.</summary>
/// <param name="path">It.</param>
internal sealed class MetricsFile(string path)
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5), s_pause = TimeSpan.FromMilliseconds(20);

    private readonly string _path = Path.GetFullPath(path);

    /// <summary>Refuses a place that nothing can be told in, before anything is done.</summary>
    /// <exception cref="InvalidOptionException">There is no such directory, or a file of somebody else.</exception>
    public void Check()
    {
        if (!Directory.Exists(Path.GetDirectoryName(_path)))
            throw new InvalidOptionException("MetricsFile", $"there is no directory {Path.GetDirectoryName(_path)}");
        if (Path.Exists(_path) && !IsOurs(Read()))
            throw new InvalidOptionException("MetricsFile", $"{_path} is none that lxcnative wrote: it is not overwritten");
    }

    /// <summary>Changes what it says.</summary>
    /// <exception cref="IOException">It cannot be written, and is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Change(Action<MetricsText> change)
    {
        using var turn = Wait();
        var text = MetricsText.Parse(File.Exists(_path) ? Read() : "");
        change(text);
        var written = $"{_path}.new";
        File.WriteAllText(written, text.ToString());
        File.SetUnixFileMode(written, Readable);
        File.Move(written, _path, overwrite: true);
    }

    private string Read()
    {
        try
        {
            return RegularFile.ReadText(_path);
        }
        catch (IOException e)
        {
            throw new InvalidOptionException("MetricsFile", e.Message);
        }
    }

    // An empty one is what mktemp and touch leave.
    private static bool IsOurs(string text) => text.Length == 0 || text.StartsWith(MetricsText.Head, StringComparison.Ordinal);

    private FileStream Wait()
    {
        for (var waited = TimeSpan.Zero; ; waited += s_pause)
        {
            try
            {
                return new FileStream($"{_path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < s_patience)
            {
                Thread.Sleep(s_pause);
            }
        }
    }
}
