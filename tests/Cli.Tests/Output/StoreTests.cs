using System.Text.Json;
using LxcNative.Cli.Commands;
using LxcNative.Cli.Output;
using LxcNative.Cli.Output.Reports;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Cli.Tests.Output;

/// <summary>What the commands of the store write.</summary>
public sealed class StoreTests
{
    private static readonly DateTimeOffset s_made = new(2030, 1, 31, 12, 30, 15, 250, TimeSpan.FromHours(1));

    private static readonly StoredCheckpoint s_complete = new("/var/lib/lxcnative/web/20300131T113015.250Z", "web")
    {
        LxcPath = "/var/lib/lxc",
        Reference = "web/20300131T113015.250Z",
        Created = s_made,
        Label = "before",
        Bytes = 3 << 20,
        Pause = TimeSpan.FromMilliseconds(12.34),
        HasManifest = true,
        IsComplete = true,
        IsRestorable = true,
    };

    [Fact]
    public void ListedForPeople() => Assert.Equal(
        [
            "CONTAINER  WHEN                  NAME    SIZE     PAUSE    COMPLETE  RESTORABLE           CHECKPOINT",
            "web        2030-01-31 11:30:15Z  before  3.0 MiB  12.3 ms  yes       yes                  web/20300131T113015.250Z",
            "web        2030-01-31 11:30:15Z  before  3.0 MiB  12.3 ms  yes       it runs              web/20300131T113015.250Z",
            "web        2030-01-31 11:30:15Z  before  3.0 MiB  12.3 ms  damaged   no (LXN200, LXN202)  web/20300131T113015.250Z",
            "-          2030-01-31 11:30:15Z  -       7 B      -        no        no (LXN200)          /srv/a\\x0ab",
        ],
        StoreOutput.Lines(
        [
            s_complete,
            s_complete with { IsRestorable = false, Findings = [Finding("LXN201"), Finding("LXN204", FindingSeverity.Note)] },
            s_complete with { IsRestorable = false, IsComplete = false, Findings = [Finding("LXN200"), Finding("LXN200"), Finding("LXN202")] },
            new StoredCheckpoint("/srv/a\nb", null) { Created = s_made, Bytes = 7, Findings = [Finding("LXN200")] },
        ]));

    [Fact]
    public void TheLastOneOfAContainerThatIsGoneIsKnown()
    {
        var (older, other) = (s_complete with { Directory = "/store/web/1" }, s_complete with { Directory = "/store/db/1", Container = "db" });
        var damaged = s_complete with { Directory = "/store/web/2", IsComplete = false };
        Assert.Equal(["web"], StoredCheckpoints.WithoutAnother([s_complete, older], [s_complete, older, damaged, other]));
        Assert.Empty(StoredCheckpoints.WithoutAnother([s_complete], [s_complete, older]));
        Assert.Empty(StoredCheckpoints.WithoutAnother([damaged], [damaged]));
        var runs = s_complete with { IsRestorable = false, Findings = [Finding("LXN201")] };
        Assert.Empty(StoredCheckpoints.WithoutAnother([runs], [runs]));
    }

    [Fact]
    public void ListedForPrograms() => Assert.Equal(
        """
        {
          "container": "web",
          "lxcPath": "/var/lib/lxc",
          "checkpoint": "web/20300131T113015.250Z",
          "imagesDir": "/var/lib/lxcnative/web/20300131T113015.250Z",
          "created": "2030-01-31T12:30:15.25+01:00",
          "name": "before",
          "bytes": 3145728,
          "pause": 12340,
          "complete": true,
          "restorable": true,
          "findings": [
            {
              "id": "LXN204",
              "severity": "Note",
              "seen": "seen"
            }
          ]
        }
        """, JsonSerializer.Serialize(StoredReport.Of(s_complete with { Findings = [Finding("LXN204", FindingSeverity.Note)] }), CliJson.Default.StoredReport));

    [Fact]
    public void DeletedForPeople()
    {
        DeletedCheckpoint[] deleted = [new(s_complete, [], null), new(s_complete, [], new RefusedException("no"))];
        Assert.Equal(["deleted web/20300131T113015.250Z (3.0 MiB)"], DeletionOutput.Lines(deleted, dryRun: false, null));
        Assert.Equal(
            ["would delete web/20300131T113015.250Z (3.0 MiB)", "1 to be deleted (3.0 MiB), 2 kept (5.0 MiB)"],
            DeletionOutput.Lines(deleted, dryRun: true, new RetentionChoice([s_complete, s_complete], [s_complete, s_complete], 5 << 20)));
    }

    [Fact]
    public void DeletedForPrograms() => Assert.Equal(
        """
        {
          "dryRun": false,
          "deleted": [
            {
              "container": "web",
              "checkpoint": "web/20300131T113015.250Z",
              "imagesDir": "/var/lib/lxcnative/web/20300131T113015.250Z",
              "bytes": 3145728,
              "left": [
                "own"
              ],
              "error": "no"
            }
          ],
          "bytesKept": 4
        }
        """, JsonSerializer.Serialize(
            DeletionReport.Of([new(s_complete, ["own"], new RefusedException("no"))], dryRun: false, new RetentionChoice([s_complete], [], 4)),
            CliJson.Default.DeletionReport));

    private static Finding Finding(string id, FindingSeverity severity = FindingSeverity.BlocksRestore) =>
        new() { Id = id, Title = "title", Severity = severity, Seen = "seen", Why = "why", Remedy = "remedy" };
}
