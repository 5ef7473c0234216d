using LxcNative.Cli.Commands;
using LxcNative.Cli.Configuration;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Cli.Tests.Parsing;

/// <summary>The host's own defaults: what they change, what changes them, and what is refused.</summary>
public sealed class ConfigurationFileTests
{
    private const string Text =
        """
        {
          // For all that have it.
          "store": "/srv/checkpoints",
          "checkpoint": { "rehearse": "never", "verbosity": 4, "leave-running": true, "external": ["mnt[/a]:a", "mnt[/b]:b"], },
          "container": { "stop": { "timeout": 5 } },
        }
        """;

    [Theory]
    [InlineData("checkpoint web",
        "checkpoint web --leave-running=true --external=mnt[/a]:a --external=mnt[/b]:b --rehearse=never --store=/srv/checkpoints --verbosity=4")]
    [InlineData("checkpoint web -v 1 --store /x -R=false --rehearse auto --external a[b]",
        "checkpoint web -v 1 --store /x -R=false --rehearse auto --external a[b]")]
    [InlineData("restore web", "restore web --store=/srv/checkpoints")]
    [InlineData("container stop web", "container stop web --timeout=5")]
    [InlineData("stop web", "stop web")]
    [InlineData("exec web -- ls --store", "exec web -- ls --store")]
    public void WhatNobodySaysIsTheFiles(string line, string becomes)
    {
        var root = RootCommandLine.Build();
        var arguments = line.Split(' ');
        Assert.Equal(becomes, string.Join(' ', ConfigurationFile.Parse(Text, "config.json", root).AddTo(arguments, root.Parse(arguments))));
    }

    [Theory]
    [InlineData("{ \"stor\": \"/x\" }", "\"stor\" is no option that can have a default; did you mean store?")]
    [InlineData("{ \"checkpoint\": { \"rehearsal\": \"never\" } }", "\"checkpoint.rehearsal\" is no option that can have a default; did you mean rehearse?")]
    [InlineData("{ \"checkpoint\": { \"images-dir\": \"/x\" } }", "\"checkpoint.images-dir\" is no option that can have a default")]
    [InlineData("{ \"checkpoint\": \"never\" }", "\"checkpoint\" is no object of options")]
    [InlineData("{ \"store\": null }", "\"store\" is neither text, a number, true or false, nor a list of texts")]
    [InlineData("{ \"store\": [1] }", "\"store\" is neither text, a number, true or false, nor a list of texts")]
    [InlineData("[]", "what it holds is no object of options")]
    [InlineData("{ \"store\": \"/x\", \"store\": \"/y\" }", "is no JSON")]
    [InlineData("{", "is no JSON")]
    public void WhatIsNotKnownIsRefusedByItsName(string text, string told) =>
        Assert.Contains(told, Assert.Throws<RefusedException>(() => ConfigurationFile.Parse(text, "config.json", RootCommandLine.Build())).Message,
            StringComparison.Ordinal);
}
