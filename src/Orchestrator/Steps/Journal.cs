using System.Text.Json;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Steps;

/// <summary>What a run is about to make, one line each, in a file that outlives its process: <see cref="Recovery"/> reads those of the dead.</summary>
/// <remarks>It lies in /run, which is memory: a line is there as soon as write(2) has returned, whatever is killed next.</remarks>
internal sealed class Journal : IDisposable
{
    private readonly FileStream _file;

    private Journal(FileStream file) => _file = file;

    /// <summary>Begins one for this process.</summary>
    /// <param name="purpose">What is being done.</param>
    /// <param name="container">The container's name.</param>
    /// <param name="owner">The process that does it, as the host sees it; null for this one, seen as it sees itself.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public static Journal Begin(string purpose, string container, ProcessIdentity? owner = null)
    {
        var (own, started) = owner ?? ProcessIdentity.Of(Environment.ProcessId);
        RunDirectory.Make(RunDirectory.Journals);
        var path = Path.Combine(RunDirectory.Journals, $"{own}.{Guid.NewGuid():N}");
        var journal = new Journal(new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }));
        journal.Append(JsonSerializer.SerializeToUtf8Bytes(new JournalHeader(purpose, container, own, started), JournalJson.Default.JournalHeader));
        return journal;
    }

    /// <summary>Writes what a step is going to make; nothing where it has no undo of its own.</summary>
    public void Write(Step step)
    {
        if (step.Undo.Count > 0)
            Append(JsonSerializer.SerializeToUtf8Bytes(new JournalEntry(step.What, step.Lifetime, step.Undo), JournalJson.Default.JournalEntry));
    }

    /// <summary>Writes that the container runs: nobody may take back what was for its restore alone, whose names may be another's by then.</summary>
    public void Settle() => Append(JsonSerializer.SerializeToUtf8Bytes(JournalEntry.Settled, JournalJson.Default.JournalEntry));

    /// <summary>Removes it: nothing of the run is left.</summary>
    public void Remove()
    {
        File.Delete(_file.Name);
        _file.Dispose();
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    // One write a line: a reader never sees half of one, unless the file system was full.
    private void Append(byte[] line) => _file.Write([.. line, (byte)'\n']);
}
