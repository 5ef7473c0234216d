using System.CommandLine;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Engines.Lxc;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preparation.Rootfs;
using LxcNative.Orchestrator.Preparation.Templates;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative container create NAME --template ARCHIVE [-f CONFIG]</c>.</summary>
internal static class ContainerCreateCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var name = new Argument<string>("NAME") { Description = "The container." };
        var template = new Option<string?>("--template")
        {
            Description = "A tar archive of its root file system: plain, gzip, xz or zstd.",
            HelpName = "ARCHIVE",
        };
        var config = new Option<string?>("--config", "-f")
        {
            Description = "Its configuration; keys of LXC before 3.0 are replaced (default: /etc/lxc/default.conf).",
            HelpName = "FILE",
        };
        var lxcPath = ContainerCommand.LxcPathOption();
        var switches = new PreparationSwitches();
        var command = new Command("create", "Make a container of a template archive and a configuration.") { name, template, config, lxcPath };
        switches.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.ValueOf(template) is null && !switches.IsUndo(result))
                result.AddError("Name the template: --template ARCHIVE.");
        });
        command.SetAction(parsed => CommandAction.Run(switches.Json(parsed), () =>
        {
            var file = parsed.GetValue(config);
            if (file is not null && !File.Exists(file))
                throw new RefusedException($"there is no configuration {file}");
            file ??= DefaultConfiguration.Path;
            var text = File.Exists(file) ? RegularFile.ReadText(file) : "";
            return switches.Run(parsed, ContainerPreparation.DefaultRecords,
                new ContainerCreation(parsed.GetValue(name)!, parsed.GetValue(lxcPath) ?? DefaultConfiguration.LxcPath, parsed.GetValue(template), text, file));
        }));
        return command;
    }
}
