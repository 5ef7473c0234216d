using LxcNative.Native.Files;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Tests.ProcessControl;

/// <summary>What belongs to the whole process: never beside another test.</summary>
[CollectionDefinition(nameof(ProcessWideTests), DisableParallelization = true)]
[Collection(nameof(ProcessWideTests))]
public class ProcessWideTests
{
    [Fact]
    public void EnvironmentIsTheCLibrarys()
    {
        const string name = "LXCNATIVE_TEST_VARIABLE";
        Assert.Null(ProcessEnvironment.Get(name));
        ProcessEnvironment.Set(name, "é=1");
        Assert.Equal("é=1", ProcessEnvironment.Get(name));
        Assert.Null(Environment.GetEnvironmentVariable(name));
        ProcessEnvironment.Set(name, "");
        Assert.Equal("", ProcessEnvironment.Get(name));
        ProcessEnvironment.Unset(name);
        ProcessEnvironment.Unset(name);
        Assert.Null(ProcessEnvironment.Get(name));
        Assert.Throws<LxcNative.Native.Errors.SyscallException>(() => ProcessEnvironment.Set("a=b", ""));
    }

    [Fact]
    public void EnvironmentIsClearedWhole()
    {
        var before = File.ReadAllText("/proc/self/environ");
        Assert.NotEqual("", before);
        var path = ProcessEnvironment.Get("PATH");
        ProcessEnvironment.Clear();
        Assert.Null(ProcessEnvironment.Get("PATH"));
        Assert.Equal(path, Environment.GetEnvironmentVariable("PATH"));
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
            ProcessEnvironment.Set((string)variable.Key, (string)variable.Value!);
        Assert.Equal(path, ProcessEnvironment.Get("PATH"));
    }

    [Fact]
    public void OrphanBecomesAChildOfTheSubreaper()
    {
        Assert.False(CurrentProcess.IsChildSubreaper());
        CurrentProcess.SetChildSubreaper(true);
        try
        {
            Assert.True(CurrentProcess.IsChildSubreaper());
            using var program = TestProgram.Shell("sleep 1000 >&- & echo $!");
            var orphan = int.Parse(program.ReadToEnd());
            Assert.True(program.Wait().Succeeded);
            using var handle = ProcessHandle.Open(orphan);
            Assert.Equal(Environment.ProcessId, ProcStat.Read(orphan).ParentPid);
            handle.SendSignal(Signal.Kill);
            Assert.Equal(Signal.Kill, ChildProcess.Wait(orphan).Signal);
        }
        finally
        {
            CurrentProcess.SetChildSubreaper(false);
        }
    }

    [Fact]
    public void StandardStreamsAreDetached()
    {
        var saved = Enumerable.Range(0, 3).Select(number => Mono.Unix.Native.Syscall.dup(number)).ToArray();
        string[] links;
        try
        {
            CurrentProcess.DetachStandardStreams();
            links = [.. Enumerable.Range(0, 3).Select(number => SymbolicLink.Read($"/proc/self/fd/{number}"))];
        }
        finally
        {
            for (var number = 0; number < 3; number++)
            {
                if (saved[number] < 0)
                    continue;
                Assert.Equal(number, Mono.Unix.Native.Syscall.dup2(saved[number], number));
                Assert.Equal(0, Mono.Unix.Native.Syscall.close(saved[number]));
            }
        }

        Assert.Equal(["/dev/null", "/dev/null", "/dev/null"], links);
    }

    [Fact]
    public void UmaskIsSetAndTheOldOneReturned()
    {
        var before = CurrentProcess.SetUmask(0x3f);
        Assert.Equal(0x3fu, CurrentProcess.SetUmask(before));
        Assert.Equal(before,
            Mono.Unix.Native.NativeConvert.FromFilePermissions(Mono.Unix.Native.Syscall.umask(Mono.Unix.Native.NativeConvert.ToFilePermissions(before))));
    }
}
