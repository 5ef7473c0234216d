using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Cli.Commands;

/// <summary>The option that asks for a picture of what happened when.</summary>
internal sealed class TimelineOption
{
    private readonly Option<string?> _file = new("--timeline")
    {
        Description = "Draw what happened when into this file, by its name .svg, .html or .json; criu logs at level 4 for it, which takes longer.",
        HelpName = "FILE",
    };

    /// <summary>Adds it to a command.</summary>
    public void AddTo(Command command)
    {
        _file.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is not { } path)
                return;
            if (TimelineFile.FormatOf(path) is null)
                result.AddError($"--timeline {path}: the file's name ends in .svg, .html or .json.");
            // Found out before a container stands still for it.
            else if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory && !Directory.Exists(directory))
                result.AddError($"--timeline {path}: there is no directory {directory}.");
        });
        command.Options.Add(_file);
    }

    /// <summary>Whether one is wanted.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_file) is not null;

    /// <summary>Writes it.</summary>
    public void Write(ParseResult parsed, Timeline? timeline)
    {
        if (timeline is null)
            return;
        try
        {
            TimelineFile.Write(parsed.GetValue(_file)!, timeline);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What it is a picture of has happened.
            ErrorOutput.Warn($"the timeline could not be written: {e.Message}");
        }
    }
}
