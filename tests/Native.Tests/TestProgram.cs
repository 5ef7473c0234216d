using System.Text;
using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Native.Sockets;

namespace LxcNative.Native.Tests;

/// <summary>A program of a test in a session of its own: its output is read here, and the whole session's first group dies with it.</summary>
internal sealed class TestProgram : IDisposable
{
    private readonly FileDescriptor _output;
    private bool _reaped;

    private TestProgram(int pid, FileDescriptor output)
    {
        Pid = pid;
        _output = output;
    }

    public int Pid { get; }

    public static TestProgram Python(string script) => Start(LxcNative.Testing.Requirement.Tool("python3"), ["python3", "-c", script]);

    public static TestProgram Shell(string script) => Start("/bin/sh", ["sh", "-c", script]);

    public static TestProgram Start(string path, string[] arguments, Func<SpawnRequest, SpawnRequest>? change = null)
    {
        var (mine, theirs) = UnixSocket.Pair(UnixSocketType.Stream);
        using (theirs)
        {
            var request = new SpawnRequest
            {
                Path = path,
                Arguments = arguments,
                Environment = new Dictionary<string, string> { ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin" },
                Descriptors = new Dictionary<int, FileDescriptor> { [1] = theirs },
                NewSession = true,
            };
            request = change?.Invoke(request) ?? request;
            var descriptors = new Dictionary<int, FileDescriptor>(request.Descriptors) { [1] = theirs };
            return new TestProgram(Spawn.Start(request with { Descriptors = descriptors }), mine);
        }
    }

    /// <summary>One line of its output, without the line's end.</summary>
    public string ReadLine()
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (true)
        {
            using var message = UnixSocket.Receive(_output, one);
            if (message.Length == 0 || one[0] == '\n')
                return Encoding.UTF8.GetString([.. line]);
            line.Add(one[0]);
        }
    }

    /// <summary>All of its output.</summary>
    public string ReadToEnd()
    {
        var text = new List<byte>();
        var buffer = new byte[4096];
        while (true)
        {
            using var message = UnixSocket.Receive(_output, buffer);
            if (message.Length == 0)
                return Encoding.UTF8.GetString([.. text]);
            text.AddRange(buffer.AsSpan(0, message.Length));
        }
    }

    public ChildExit Wait()
    {
        _reaped = true;
        return ChildProcess.Wait(Pid);
    }

    public void Dispose()
    {
        _output.Dispose();
        if (_reaped)
            return;
        // The session's leader leads the group of the same number; it is not reaped yet, so the number is still ours.
        _ = Tmds.Linux.LibC.kill(-Pid, (int)Signal.Kill);
        Wait();
    }
}
