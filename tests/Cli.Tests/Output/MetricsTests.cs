using LxcNative.Cli.Commands;
using LxcNative.Cli.Metrics;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Cli.Tests.Output;

/// <summary>What Prometheus is told.</summary>
public sealed class MetricsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("lxcnative-metrics-").FullName;

    private string Path => $"{_directory}/lxcnative.prom";

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void RunsAreCountedAndTheLastOneIsDescribed()
    {
        var file = new MetricsFile(Path);
        file.Change(text => text.Add("checkpoint", new Measured { Container = "web", Pause = TimeSpan.FromMilliseconds(11), Bytes = 1 << 20 }, true,
            TimeSpan.FromSeconds(1.5), DateTimeOffset.FromUnixTimeSeconds(1000)));
        file.Change(text => text.Add("checkpoint", new Measured { Container = "web" }, false, TimeSpan.FromSeconds(9),
            DateTimeOffset.FromUnixTimeSeconds(2000)));
        file.Change(text => text.Add("restore", new Measured { Container = "a\"b\\c\nd" }, true, TimeSpan.FromSeconds(2),
            DateTimeOffset.FromUnixTimeSeconds(3000)));

        Assert.Equal("""
            # Written by lxcnative; what else is in here is not kept.
            # HELP lxcnative_runs_total Runs of a command, by what became of them.
            # TYPE lxcnative_runs_total counter
            lxcnative_runs_total{command="checkpoint",container="web",result="done"} 1
            lxcnative_runs_total{command="checkpoint",container="web",result="failed"} 1
            lxcnative_runs_total{command="restore",container="a\"b\\c\nd",result="done"} 1
            lxcnative_runs_total{command="restore",container="a\"b\\c\nd",result="failed"} 0
            # HELP lxcnative_last_run_timestamp_seconds When a command last ended.
            # TYPE lxcnative_last_run_timestamp_seconds gauge
            lxcnative_last_run_timestamp_seconds{command="checkpoint",container="web"} 2000
            lxcnative_last_run_timestamp_seconds{command="restore",container="a\"b\\c\nd"} 3000
            # HELP lxcnative_last_success_timestamp_seconds When a command last did what it was asked for.
            # TYPE lxcnative_last_success_timestamp_seconds gauge
            lxcnative_last_success_timestamp_seconds{command="checkpoint",container="web"} 1000
            lxcnative_last_success_timestamp_seconds{command="restore",container="a\"b\\c\nd"} 3000
            # HELP lxcnative_last_duration_seconds How long that took.
            # TYPE lxcnative_last_duration_seconds gauge
            lxcnative_last_duration_seconds{command="checkpoint",container="web"} 1.5
            lxcnative_last_duration_seconds{command="restore",container="a\"b\\c\nd"} 2
            # HELP lxcnative_last_pause_seconds How long the container stood still at its last checkpoint.
            # TYPE lxcnative_last_pause_seconds gauge
            lxcnative_last_pause_seconds{command="checkpoint",container="web"} 0.011
            # HELP lxcnative_last_bytes The size of the images that were last written, or of the archive that was last moved.
            # TYPE lxcnative_last_bytes gauge
            lxcnative_last_bytes{command="checkpoint",container="web"} 1048576

            """, File.ReadAllText(Path));
        Assert.Equal(0x1a4, (int)File.GetUnixFileMode(Path));
        Assert.Equal(["lxcnative.prom", "lxcnative.prom.lock"],
            Directory.GetFiles(_directory).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void SeveralAtOnceLoseNothing()
    {
        Parallel.For(0, 40, _ => new MetricsFile(Path).Change(text => text.Add("push", new Measured { Container = "web" }, true, TimeSpan.Zero,
            DateTimeOffset.UnixEpoch)));
        Assert.Contains("result=\"done\"} 40\n", File.ReadAllText(Path), StringComparison.Ordinal);
    }

    [Fact]
    public void AnothersFileIsNotOverwritten()
    {
        File.WriteAllText(Path, "node_load1 3\n");
        Assert.Throws<InvalidOptionException>(() => new MetricsFile(Path).Check());
        Assert.Throws<InvalidOptionException>(() => new MetricsFile($"{_directory}/absent/a.prom").Check());
        Assert.Throws<InvalidOptionException>(() => new MetricsFile(_directory).Check());
        File.WriteAllText(Path, "");
        new MetricsFile(Path).Check();
    }

    [Theory]
    [InlineData("checkpoint", "web")]
    [InlineData("restore", "web")]
    [InlineData("export", "web", "file")]
    [InlineData("push", "web", "localhost/web:one")]
    public void AFailureIsToldToo(params string[] words)
    {
        // Nobody but root has a store, and root has none of this name here.
        var code = RootCommandLine.Build().Parse([.. words, "--metrics-file", Path, .. words[0] == "checkpoint" ? ["--lxcpath", _directory]
            : (string[])["--store", $"{_directory}/store"]]).Invoke();
        Assert.Equal(3, code);
        Assert.Contains($"lxcnative_runs_total{{command=\"{words[0]}\",container=\"web\",result=\"failed\"}} 1\n", File.ReadAllText(Path),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "", "import", "/absent/file")]
    [InlineData(1, "web", "pull", "127.0.0.1:1/web:one")]
    public void AFailureOfWhatHasNoNameYetIsToldToo(int expected, string container, params string[] words)
    {
        var code = RootCommandLine.Build().Parse([.. words, "--metrics-file", Path, "--store", $"{_directory}/store"]).Invoke();
        Assert.Equal(expected, code);
        Assert.Contains($"lxcnative_runs_total{{command=\"{words[0]}\",container=\"{container}\",result=\"failed\"}} 1\n", File.ReadAllText(Path),
            StringComparison.Ordinal);
    }
}
