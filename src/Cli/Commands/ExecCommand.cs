using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Execution;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative exec NAME -- COMMAND...</c> and <c>lxcnative attach NAME</c>.</summary>
internal static class ExecCommand
{
    /// <summary>Builds the command that runs a program.</summary>
    public static Command Build()
    {
        var command = new Argument<string[]>("COMMAND")
        {
            Description = "The program and its arguments, after --; looked for in the PATH of the container.",
            Arity = ArgumentArity.OneOrMore,
        };
        return Build("exec",
            "Run a program in a running container, in all of its namespaces and cgroups and with its confinement; ends with its exit code (126 and 127 as a "
            + "shell has them).", command);
    }

    /// <summary>Builds the command that runs a shell.</summary>
    public static Command BuildAttach() => Build("attach", "Run a login shell in a running container; exec runs anything else.", null);

    private static Command Build(string verb, string description, Argument<string[]>? program)
    {
        var name = new Argument<string>("NAME") { Description = "The container, started by LXC or restored." };
        var lxcPath = ContainerCommand.LxcPathOption();
        var user = new Option<uint>("--uid", "-u") { Description = "The user, by its number inside (default: 0).", HelpName = "UID" };
        var group = new Option<uint?>("--gid", "-g") { Description = "The group, by its number inside (default: the user's).", HelpName = "GID" };
        var variables = new Option<string[]>("--env", "-e")
        {
            Description = "A further variable; may be repeated.",
            HelpName = "NAME=VALUE",
            DefaultValueFactory = _ => [],
        };
        var directory = new Option<string?>("--cwd") { Description = "The working directory inside (default: /).", HelpName = "DIR" };
        var terminal = new Option<bool?>("--terminal")
        {
            Description = "A terminal of the container's own (default: where standard input and output are terminals).",
            HelpName = "true|false",
        };
        var command = new Command(verb, description) { name };
        if (program is not null)
            command.Arguments.Add(program);
        foreach (var option in (Option[])[lxcPath, user, group, variables, directory, terminal])
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.ValueOf(variables)?.FirstOrDefault(one => one.IndexOf('=', StringComparison.Ordinal) < 1) is { } wrong)
                result.AddError($"--env \"{wrong}\": NAME=VALUE is needed");
            if (result.ValueOf(directory) is { } path && !path.StartsWith('/'))
                result.AddError($"--cwd {path}: an absolute path inside of the container is needed");
        });
        command.SetAction(parsed => CommandAction.Run(json: false, () =>
        {
            var result = ContainerExecution.Run(ContainerLookup.Reference(null, parsed.GetValue(name), parsed.GetValue(lxcPath)), new ExecutionOptions
            {
                Command = program is null ? [] : parsed.GetValue(program)!,
                UserId = parsed.GetValue(user),
                GroupId = parsed.GetValue(group),
                WorkingDirectory = parsed.GetValue(directory),
                Terminal = parsed.GetValue(terminal),
                Environment = parsed.GetValue(variables)!.Select(one => one.Split('=', 2)).DistinctBy(one => one[0])
                    .ToDictionary(one => one[0], one => one[1], StringComparer.Ordinal),
            });
            foreach (var warning in result.Warnings)
                ErrorOutput.Warn(warning);
            return result.ExitCode;
        }));
        return command;
    }
}
