using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LxcNative.Cli.Output;
using LxcNative.Cli.Output.Reports;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Cli.Tests.Output;

/// <summary>The objects for programs: their fields are a contract.</summary>
public sealed class JsonTests
{
    [Fact]
    public void OfAFailure() => Assert.Equal(
        """
        {
          "error": "it failed; test runs on",
          "exitCode": 1,
          "state": "RunsOn",
          "findings": []
        }
        """, JsonSerializer.Serialize(new ErrorReport("it failed; test runs on", 1, ContainerState.RunsOn, []), CliJson.Default.ErrorReport));

    [Fact]
    public void OfACheckpoint() => Assert.Equal(
        """
        {
          "pid": 1,
          "name": "test",
          "imagesDir": "/images",
          "imagesBytes": 4096,
          "leftRunning": true,
          "lock": "nftables",
          "packets": {
            "mode": "hold",
            "held": 3,
            "released": 2,
            "overflowed": 1
          },
          "network": "Native",
          "timings": {
            "discover": 1,
            "prepare": 2,
            "freeze": 3,
            "lock": 4,
            "dump": 5,
            "unlock": 6,
            "rehearsal": 0,
            "pause": 7,
            "total": 1500000,
            "away": null
          },
          "criu": null,
          "preCopied": [],
          "restored": null,
          "warnings": [
            "told"
          ]
        }
        """, JsonSerializer.Serialize(CheckpointReport.Of(new CheckpointResult(
            1, "test", "/images", 4096, true, "nftables", CaptureMode.Native,
            new CheckpointTimings(Us(1), Us(2), Us(3), Us(4), Us(5), Us(6), Us(7), TimeSpan.FromSeconds(1.5)), null, ["told"])
        {
            Packets = new(NetworkLockMode.Hold, 3, 2, 1),
        }), CliJson.Default.CheckpointReport));

    [Fact]
    public void OfARestore() => Assert.Equal(
        """
        {
          "pid": 1,
          "name": "test",
          "imagesDir": "/images",
          "monitorPid": 2,
          "created": "1970-01-01T00:00:00+00:00",
          "label": "before",
          "packets": {
            "mode": "drop",
            "held": null,
            "released": null,
            "overflowed": null
          },
          "timings": {
            "prepare": 1,
            "restore": 2,
            "unlock": 3,
            "resume": 4,
            "total": 5
          },
          "criu": null,
          "comparison": null,
          "warnings": []
        }
        """, JsonSerializer.Serialize(
            RestoreReport.Of(new RestoreResult(1, "test", "/images", 2, new RestoreTimings(Us(1), Us(2), Us(3), Us(4), Us(5)), null,
                [])
            { Packets = new(NetworkLockMode.Drop, 0, 0, 0), Created = DateTimeOffset.UnixEpoch, Label = "before" }), CliJson.Default.RestoreReport));

    [Theory]
    [InlineData("before", 2, "test: runs again after 5 us, from its checkpoint before of 1970-01-01 00:00:00Z (/images); its monitor is process 2.")]
    [InlineData(null, 0, "test: runs again after 5 us, from its checkpoint of 1970-01-01 00:00:00Z (/images); left to the host's init.")]
    public void OfARestoreForPeople(string? label, int monitor, string line) => Assert.Equal(line, RestoreOutput.Line(
        new RestoreResult(1, "test", "/images", monitor, new RestoreTimings(Us(1), Us(2), Us(3), Us(4), Us(5)), null, [])
        {
            Created = DateTimeOffset.UnixEpoch,
            Label = label,
        }));

    [Fact]
    public void OfARecovery() => Assert.Equal(
        ["purpose", "container", "removed", "left"], Fields(RecoveryReport.Of(new RecoveredRun("restore", "test", [], [])), CliJson.Default.RecoveryReport));

    /// <summary>What a container and a finding are made of is the library's; programs read it all the same.</summary>
    [Fact]
    public void OfAContainerAndOfAFinding() => Assert.Equal(
        """
        Container: name lxcPath initPid initStartTime processes strangers namespaces root mounts nics cgroups monitorCgroups sockets networkSharing sharesHostNetwork hasUserNamespace
        ContainerCgroup: controllers path directory isUnified
        ContainerMount: entry kind hostPath reason
        ContainerNamespace: kind inode sharedWithHost
        ContainerNic: name index kind address mtu isUp host below isLoopback
        ContainerProcess: pid pidInside name state threads children session terminalDevice
        ContainerSocket: protocol state local peer unread unsent inode
        Finding: id severity title seen why remedy permit criuMessage pid descriptor mountPoint socketInode
        HostNic: name index address mtu isUp txQueues rxQueues txQueueLength group alias bridge bridgeKind
        MountEntry: id parentId major minor root mountPoint options sharedGroup masterGroup propagateFrom unbindable otherFields fileSystemType source superOptions isReadOnly
        NetworkSharing: processes mountPoint
        RootFileSystem: hostPath fileSystemType source options subdirectory readOnly inode
        """, string.Join('\n', Members(typeof(Container), CliJson.Default, []).Concat(Members(typeof(Finding), CheckJson.Default, [])).Order(StringComparer.Ordinal)));

    [Fact]
    public void OfACheck() => Assert.Equal(
        ["name", "blocked", "microseconds", "findings", "fixes", "stoodStill"],
        Fields(new CheckReport("test", false, 1, [], []), CheckJson.Default.CheckReport));

    [Fact]
    public void OfARule() => Assert.Equal(
        ["id", "title", "severity", "seenBy", "why", "remedy", "permit", "criuMessage"],
        Fields(RuleCatalog.Find("LXN030")!, CheckJson.Default.RuleDescription));

    [Fact]
    public void OfContainersWhoseProcessesAreDeep()
    {
        var process = Process(ContainerProcess.DeepestTree, []);
        for (var pid = ContainerProcess.DeepestTree - 1; pid > 0; pid--)
            process = Process(pid, [process]);
        var container = new Container
        {
            Name = "test",
            LxcPath = "/var/lib/lxc",
            InitPid = 1,
            InitStartTime = 1,
            Processes = process,
            Strangers = [],
            Namespaces = [],
            Root = new RootFileSystem("/", "ext4", "/dev/vda", "", "/", false),
            Mounts = [],
            Nics = [],
            Cgroups = [],
        };

        var written = JsonSerializer.Serialize(container, CliJson.Default.Container);
        var read = JsonSerializer.Deserialize(written, CliJson.Default.Container)!;

        Assert.Equal(Enumerable.Range(1, ContainerProcess.DeepestTree), read.Processes.SelfAndDescendants().Select(one => one.Pid));
    }

    private static TimeSpan Us(int microseconds) => TimeSpan.FromMicroseconds(microseconds);

    // A line for each of the project's own types that the object can hold, with its fields.
    private static IEnumerable<string> Members(Type type, JsonSerializerContext context, HashSet<Type> seen)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType)
            return type.GetGenericArguments().SelectMany(argument => Members(argument, context, seen));
        if (type.IsEnum || type.Namespace?.StartsWith("LxcNative", StringComparison.Ordinal) != true || !seen.Add(type))
            return [];
        var properties = context.GetTypeInfo(type)!.Properties;
        return [$"{type.Name}: {string.Join(' ', properties.Select(property => property.Name))}",
            .. properties.SelectMany(property => Members(property.PropertyType, context, seen))];
    }

    private static ContainerProcess Process(int pid, IReadOnlyList<ContainerProcess> children) => new(pid, pid, "sh", 'S', [pid], children);

    private static IEnumerable<string> Fields<T>(T value, JsonTypeInfo<T> type)
    {
        using var document = JsonDocument.Parse(JsonSerializer.Serialize(value, type));
        return [.. document.RootElement.EnumerateObject().Select(field => field.Name)];
    }
}
