using System.CommandLine;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Cli.Commands;

/// <summary>How a command names a checkpoint: by its directory, or in the store by NAME (the container's newest), NAME/TIME or NAME/LABEL.</summary>
internal sealed class CheckpointSelection
{
    private readonly Option<string?> _directory = new("--images-dir", "-D") { Description = "The directory of the checkpoint.", HelpName = "DIR" };

    /// <summary>The word on the command line: NAME, NAME/TIME or NAME/LABEL.</summary>
    public Argument<string?> Word { get; } = new("CHECKPOINT")
    {
        Description = "In the store: NAME for the newest checkpoint of this container, NAME/TIME or NAME/LABEL for another.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The option that names a directory.</summary>
    public Option<string?> Directory => _directory;

    /// <summary>Lets a further word follow: what stands alone beside a directory is that one.</summary>
    public CheckpointSelection BeforeAnother()
    {
        Word.CustomParser = result =>
        {
            if (result.GetResult(Directory) is null)
                return result.Tokens[0].Value;
            result.OnlyTake(0);
            return null;
        };
        return this;
    }

    /// <summary>The store that it is looked for in.</summary>
    public StoreOption Store { get; } = new();

    /// <summary>Whether a word that may be a container's name means a checkpoint: no container has a slash in its name.</summary>
    public static bool IsCheckpoint(string? word) => word?.Contains('/', StringComparison.Ordinal) == true;

    /// <summary>Adds the option, the word and the store to a command, and the rule that one of them names the checkpoint.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_directory);
        command.Arguments.Add(Word);
        Store.AddTo(command);
        command.Validators.Add(result =>
        {
            var (directory, word) = (result.ValueOf(_directory), result.GetValue(Word));
            if (directory is null && word is null)
                result.AddError("Name the checkpoint: NAME, NAME/TIME or NAME/LABEL of the store, or --images-dir DIR.");
            else if (directory is not null && word is not null)
                result.AddError($"--images-dir {directory} and {word} both name a checkpoint: give one of them.");
        });
    }

    /// <summary>How it is named, before it was found: by its container, or by its directory.</summary>
    public string Shown(ParseResult parsed) => parsed.GetValue(Word)?.Split('/')[0] ?? parsed.GetValue(_directory) ?? "";

    /// <summary>The directory of the checkpoint that is named.</summary>
    /// <exception cref="RefusedException">There is none in the store.</exception>
    public string Find(ParseResult parsed) => parsed.GetValue(_directory) ?? Find(Store.Get(parsed), parsed.GetValue(Word)!);

    /// <summary>The directory of a checkpoint in the store.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public static string Find(CheckpointStore store, string word) => word.StartsWith('/') || word.StartsWith('.')
        ? throw new RefusedException($"{word} is a path, and no checkpoint of the store: name a directory by -D {word}")
        : store.Find(word);
}
