using System.Diagnostics;
using LxcNative.Cli.Commands;
using LxcNative.Cli.Documentation;
using LxcNative.Testing;

namespace LxcNative.Cli.Tests.Documentation;

/// <summary>The manual pages in docs/man are those of the tree of commands.</summary>
public sealed class ManPageTests
{
    private static readonly string s_place = Path.Combine(RepositoryRoot.Path, "docs", "man");

    [Fact]
    public void PagesSayWhatTheCommandsSay()
    {
        var pages = CommandTree.All(RootCommandLine.Build()).ToDictionary(ManPage.NameOf, ManPage.Of, StringComparer.Ordinal);
        if (Environment.GetEnvironmentVariable("LXCNATIVE_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(s_place);
            foreach (var old in Directory.EnumerateFiles(s_place, "*.1"))
                File.Delete(old);
            foreach (var (name, text) in pages)
                File.WriteAllText(Path.Combine(s_place, name), text);
        }

        Assert.Equal(pages.Keys.Order(StringComparer.Ordinal), Directory.EnumerateFiles(s_place).Select(file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal));
        Assert.All(pages, page => Assert.Equal(page.Value, File.ReadAllText(Path.Combine(s_place, page.Key))));
    }

    [Fact]
    public void ConfigurationPageSaysWhatTheFileMayHold()
    {
        var file = Path.Combine(RepositoryRoot.Path, "docs", "configuration.md");
        var text = ConfigurationPage.Of(RootCommandLine.Build());
        if (Environment.GetEnvironmentVariable("LXCNATIVE_WRITE_DOCS") == "1")
            File.WriteAllText(file, text);
        Assert.Equal(text, File.ReadAllText(file));
    }

    [Fact]
    public void TheFormatterHasNothingToSay()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/groff"), "there is no groff");
        foreach (var command in CommandTree.All(RootCommandLine.Build()))
        {
            var start = new ProcessStartInfo("groff", ["-man", "-ww", "-z", "-Tutf8"]) { RedirectStandardInput = true, RedirectStandardError = true };
            using var groff = Process.Start(start)!;
            groff.StandardInput.Write(ManPage.Of(command));
            groff.StandardInput.Close();
            Assert.Equal("", groff.StandardError.ReadToEnd());
            groff.WaitForExit();
        }
    }
}
