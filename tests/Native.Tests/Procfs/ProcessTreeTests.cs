using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Tests.Procfs;

public class ProcessTreeTests
{
    // A process with two threads more; its second child, forked by a thread, has a child of its own.
    private const string Family = """
        import os, sys, threading, time
        def sleeper(name):
            open('/proc/self/comm', 'w').write(name)
            time.sleep(1000)
        def fork(name, inside=None):
            pid = os.fork()
            if pid == 0:
                if inside: inside()
                sleeper(name)
            return pid
        first = fork('first')
        r, w = os.pipe()
        def second():
            fork('third', lambda: os.write(w, b'x'))
        forked = threading.Event()
        def thread():
            fork('second) (x', second)
            forked.set()
            time.sleep(1000)
        threading.Thread(target=thread, daemon=True).start()
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
        forked.wait()
        os.read(r, 1)
        time.sleep(0.1)
        print('ready', flush=True)
        time.sleep(1000)
        """;

    [Fact]
    public void ChildrenOfEveryThreadAndTheirChildrenAreFound()
    {
        using var program = TestProgram.Python(Family);
        Assert.Equal("ready", program.ReadLine());
        var root = ProcessTree.Read(program.Pid);
        Assert.Equal(program.Pid, root.Pid);
        Assert.Equal(3, root.Threads.Count);
        Assert.Equal(program.Pid, root.Threads[0]);
        Assert.Equal(["first", "second) (x"], root.Children.Select(child => child.Comm).Order());
        var second = root.Children.Single(child => child.Comm != "first");
        Assert.Equal("third", Assert.Single(second.Children).Comm);
        Assert.Equal(second.Pid, second.Children[0].ParentPid);
        Assert.Equal(4, root.SelfAndDescendants().Count());
        Assert.Same(root, root.SelfAndDescendants().First());
        Assert.All(root.SelfAndDescendants(), node => Assert.Equal(ProcStat.Read(node.Pid).StartTimeTicks, node.StartTimeTicks));
    }

    [Fact]
    public void ManyChildrenComeInTheKernelsOrderWithTheirOwn()
    {
        // They end with the first: it alone holds the pipe open.
        using var program = TestProgram.Python("""
            import os
            r, w = os.pipe()
            ready, done = os.pipe()
            for i in range(200):
                if os.fork() == 0:
                    os.close(w)
                    os.fork() or os.write(done, b'x')
                    os.read(r, 1)
                    os._exit(0)
            for i in range(200):
                os.read(ready, 1)
            print('ready', flush=True)
            os.wait()
            """);
        Assert.Equal("ready", program.ReadLine());
        var root = ProcessTree.Read(program.Pid);
        Assert.Equal(200, root.Children.Count);
        Assert.Equal(ProcessThreads.ReadChildren(program.Pid, program.Pid), root.Children.Select(child => child.Pid));
        Assert.All(root.Children, child => Assert.Equal((program.Pid, child.Pid), (child.ParentPid, Assert.Single(child.Children).ParentPid)));
    }

    [Fact]
    public void TreeIsWholeWhileChildrenComeAndGo()
    {
        using var program = TestProgram.Shell("sleep 1000 & while :; do /bin/true; done & echo ready; wait");
        Assert.Equal("ready", program.ReadLine());
        for (var i = 0; i < 50; i++)
        {
            var root = ProcessTree.Read(program.Pid);
            Assert.Equal(2, root.Children.Count);
        }
    }

    [Fact]
    public void PidInsideIsTheInnermost()
    {
        LxcNative.Testing.Requirement.Root();
        var unshare = LxcNative.Testing.Requirement.Tool("unshare");
        using var program = TestProgram.Start(unshare, ["unshare", "-p", "-f", "sh", "-c", "echo ready; sleep 1000 & wait"]);
        Assert.Equal("ready", program.ReadLine());
        var inner = Assert.Single(ProcessTree.Read(program.Pid).Children);
        Assert.Equal(1, inner.PidInNamespace);
        Assert.NotEqual(1, inner.Pid);
    }

    [Fact]
    public void PidsInsideAreThoseOfStatusInTheRootsNamespaceAndInNestedOnes()
    {
        LxcNative.Testing.Requirement.Root();
        var unshare = LxcNative.Testing.Requirement.Tool("unshare");
        using var program = TestProgram.Start(unshare,
            ["unshare", "-p", "-f", "sh", "-c", "sleep 1000 & unshare -p -f sh -c 'sleep 1000 & echo ready; wait' & wait"]);
        Assert.Equal("ready", program.ReadLine());
        var processes = ProcessTree.Read(Assert.Single(ProcessTree.Read(program.Pid).Children).Pid).SelfAndDescendants().ToList();
        Assert.Equal(5, processes.Count);
        Assert.All(processes, process => Assert.Equal(ProcStatus.Read(process.Pid).NSpid[^1], process.PidInNamespace));
        Assert.Equal(2, processes.Count(process => process.PidInNamespace == 1));
    }

    [Fact]
    public void AbsentRootIsENOENT() =>
        Assert.Equal(Errno.ENOENT, Assert.Throws<SyscallException>(() => ProcessTree.Read(int.MaxValue)).Errno);

    [Fact]
    public void CommandLineKeepsEmptyArguments()
    {
        using var program = TestProgram.Start("/bin/sh", ["sh", "-c", "echo ready; while :; do sleep 1; done", "", "a b", ""]);
        Assert.Equal("ready", program.ReadLine());
        Assert.Equal(["sh", "-c", "echo ready; while :; do sleep 1; done", "", "a b", ""], ProcessTree.ReadCommandLine(program.Pid));
    }
}
