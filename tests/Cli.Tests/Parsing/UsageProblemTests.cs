using LxcNative.Cli.Commands;

namespace LxcNative.Cli.Tests.Parsing;

/// <summary>Whatever is wrong with a command line is told in one plain sentence.</summary>
public sealed class UsageProblemTests
{
    [Theory]
    [InlineData("checkpoint test -v x", "--verbosity \"x\": a whole number is needed")]
    [InlineData("checkpoint test -v 9", "-v 9: a level from 0 to 4 is needed")]
    [InlineData("checkpoint test --timeout soon", "--timeout \"soon\": a whole number is needed")]
    [InlineData("checkpoint test --timeout", "--timeout needs a value: SECONDS")]
    [InlineData("checkpoint test --netns 7", "--netns \"7\": one of native, criu, auto is needed")]
    [InlineData("checkpoint test --manage-cgroups all", "--manage-cgroups \"all\": one of ignore, none, props, soft, full, strict is needed")]
    [InlineData("checkpoint test --ghost-limit 5X", "--ghost-limit \"5X\": a size such as 4M, below 4G, is needed")]
    [InlineData("checkpoint test --ghost-limit 4G", "--ghost-limit \"4G\": a size such as 4M, below 4G, is needed")]
    [InlineData("checkpoint test --timeline pause.png", "--timeline pause.png: the file's name ends in .svg, .html or .json")]
    [InlineData("checkpoint test --timeline /no/such/place/pause.svg", "--timeline /no/such/place/pause.svg: there is no directory /no/such/place")]
    [InlineData("checkpoint --leave-runing test", "there is no option --leave-runing; did you mean --leave-running?")]
    [InlineData("checkpoint -x test", "there is no option -x")]
    [InlineData("checkpoint one two", "\"two\" is one word too many")]
    [InlineData("checkpoint", "Name the container: either --pid PID or its NAME")]
    [InlineData("checkpoint test --pid 4", "--pid 4 and the name test both say what it is about: give one of them")]
    [InlineData("checkpoint --pid 4 --pid 5", "--pid is given more than once")]
    [InlineData("inspect test --pid 4 -D images", "--pid 4 and the name test and --images-dir images all say what it is about: give one of them")]
    [InlineData("restore", "Name the checkpoint: NAME, NAME/TIME or NAME/LABEL of the store, or --images-dir DIR")]
    [InlineData("restore test -D images", "--images-dir images and test both name a checkpoint: give one of them")]
    [InlineData("verify", "Name the checkpoint: NAME, NAME/TIME or NAME/LABEL of the store, or --images-dir DIR")]
    [InlineData("verify test/before -D images", "--images-dir images and test/before both name a checkpoint: give one of them")]
    [InlineData("export test", "FILE is missing")]
    [InlineData("diff", "Name the checkpoint: NAME, NAME/TIME or NAME/LABEL of the store, or --images-dir DIR")]
    [InlineData("diff test/a test/b test/c", "\"test/c\" is one word too many")]
    [InlineData("diff test/a test/b --pid 4", "Two things are compared: a checkpoint, and a container or another checkpoint")]
    [InlineData("check test/before --fix", "--fix needs a container: --pid PID or NAME")]
    [InlineData("chekcpoint test", "there is no command chekcpoint; did you mean checkpoint?")]
    [InlineData("restore -D images --veth-pair eth0", "\"eth0\" is not of the form IN=OUT[@BRIDGE], such as eth0=vethtest@br0")]
    [InlineData("diff -D images --pid x", "--pid \"x\": a whole number is needed")]
    [InlineData("diff -D images", "Name what to compare it with: --pid PID, NAME or a second --images-dir DIR")]
    [InlineData("diff -D images --pid 4 test", "Two things are compared: a checkpoint, and a container or another checkpoint")]
    [InlineData("check --fix", "--fix needs a container: --pid PID or NAME")]
    [InlineData("check --expain LXN030", "there is no option --expain; did you mean --explain?")]
    [InlineData("delete", "Name what is to be deleted: NAME/TIME, NAME/LABEL or --images-dir DIR")]
    [InlineData("delete --all", "Name what is to be deleted: NAME/TIME, NAME/LABEL or --images-dir DIR")]
    [InlineData("prune", "Say what may go: --keep N, --older-than AGE or --max-size SIZE")]
    [InlineData("prune --keep -1", "--keep -1: a number from 0 on is needed")]
    [InlineData("prune --older-than 30", "--older-than \"30\": an age such as 30d, 12h or 2w is needed")]
    [InlineData("prune --older-than 99999999999999999999d", "--older-than \"99999999999999999999d\": an age such as 30d, 12h or 2w is needed")]
    [InlineData("prune --max-size big", "--max-size \"big\": a size such as 500M or 50G is needed")]
    [InlineData("prune --max-size 99999999999T", "--max-size \"99999999999T\": a size such as 500M or 50G is needed")]
    [InlineData("exec test", "COMMAND is missing")]
    [InlineData("exec test ls -l", "there is no option -l")]
    [InlineData("exec test --env x -- ls", "--env \"x\": NAME=VALUE is needed")]
    [InlineData("exec test --cwd tmp -- ls", "--cwd tmp: an absolute path inside of the container is needed")]
    [InlineData("attach", "NAME is missing")]
    [InlineData("console test -t -1", "--tty -1: a number from 0 on is needed")]
    [InlineData("logs test --show all", "--show \"all\": one of checkpoint, restore, console, lxc is needed")]
    [InlineData("container stop test -t x", "--timeout \"x\": a whole number is needed")]
    [InlineData("container stop test -t 0", "--timeout 0: 1 to 86400 seconds are needed; --kill does not wait")]
    [InlineData("container stop test --timeout=-5", "--timeout -5: 1 to 86400 seconds are needed; --kill does not wait")]
    [InlineData("container start", "NAME is missing")]
    [InlineData("container prepare test --rootfs /srv", "The name test and --rootfs /srv both name what to prepare: give one of them")]
    [InlineData("host bridge br0 --mtu -5", "--mtu \"-5\": a whole number is needed")]
    [InlineData("host bridge br0 --stp maybe", "--stp \"maybe\": one of true, false is needed")]
    [InlineData("host bridge br0 --forward-delay long", "--forward-delay \"long\": a number is needed")]
    [InlineData("host cgroup --layout v3", "--layout \"v3\": one of legacy, v1, v2, hybrid is needed")]
    [InlineData("host veth test", "--host-name is missing")]
    [InlineData("host", "name a command: cgroup, bridge, veth, prepare, unit")]
    [InlineData("chekpoint test", "there is no command chekpoint; did you mean checkpoint?")]
    [InlineData("frobnicate", "there is no command frobnicate")]
    public void IsTold(string line, string sentence) => Assert.Equal(sentence, Sentence(line)?.Split(" (see ")[0]);

    [Theory]
    [InlineData("checkpoint test")]
    [InlineData("checkpoint --pid 4 -D images --leave-running --timeout 20 --ghost-limit 4M --netns criu")]
    [InlineData("checkpoint test --tcp-established=false")]
    [InlineData("restore -D images --external mnt[data]:/srv/data --tcp-close --veth-pair eth0=veth7@br1")]
    [InlineData("check")]
    [InlineData("check test/before --rehearse")]
    [InlineData("verify test")]
    [InlineData("verify test/before --store /srv/store")]
    [InlineData("inspect test/before")]
    [InlineData("export test/before file")]
    [InlineData("export -D images file")]
    [InlineData("diff test")]
    [InlineData("diff test/before test")]
    [InlineData("diff test/before test/after")]
    [InlineData("diff -D images test")]
    [InlineData("diff -D images test/after")]
    [InlineData("diff test/before --pid 4")]
    [InlineData("check --explain LXN030")]
    [InlineData("host cgroup --layout V2 --status")]
    [InlineData("container stop test --kill")]
    [InlineData("--help")]
    [InlineData("checkpoint --help")]
    [InlineData("--version")]
    public void NothingIsWrong(string line) => Assert.Null(Sentence(line));

    [Fact]
    public void TheSentenceSaysWhereHelpIs() =>
        Assert.EndsWith("(see `lxcnative container stop --help`)", Sentence("container stop"), StringComparison.Ordinal);

    [Fact]
    public void NoSentenceSpeaksOfTypes()
    {
        string[] wrong = ["x", "-1", "99999999999999999999", ""];
        foreach (var command in (string[])["checkpoint test", "restore test", "check", "host cgroup", "host bridge br0", "host veth test --host-name v",
            "container stop test", "container create test"])
            foreach (var option in OptionsOf(command))
                foreach (var value in wrong)
                    if (UsageProblem.Of(RootCommandLine.Build().Parse([.. command.Split(' '), option, value])) is { } sentence)
                        Assert.DoesNotMatch("System\\.|Nullable|`1|LxcNative\\.|Boolean|Int32", sentence);
    }

    private static IEnumerable<string> OptionsOf(string line)
    {
        System.CommandLine.Command command = RootCommandLine.Build();
        foreach (var word in line.Split(' '))
            command = command.Subcommands.FirstOrDefault(one => one.Name == word) ?? command;
        return command.Options.Select(option => option.Name);
    }

    private static string? Sentence(string line) => UsageProblem.Of(RootCommandLine.Build().Parse(line));
}
