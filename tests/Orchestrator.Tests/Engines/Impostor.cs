using System.Diagnostics;
using System.Globalization;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Engines;

/// <summary>A process that answers at a container's command socket, whoever it is: it says that its own child is the container's init.</summary>
internal sealed class Impostor : IDisposable
{
    private const string Script = """
        import os, socket, struct, sys, time
        parent = os.getpid()
        child = os.fork()
        if child == 0:
            os.close(1)
            while os.getppid() == parent:
                time.sleep(0.05)
            os._exit(0)
        user = int(sys.argv[2])
        os.setgid(user)
        os.setuid(user)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind("\0" + sys.argv[1])
        listener.listen()
        print(child, flush=True)
        while True:
            connection, _ = listener.accept()
            request = connection.recv(16)
            command = struct.unpack("iiQ", request)[0] if len(request) == 16 else 0
            answers = {3: struct.pack("iiQ", 0, 0, 2), 4: struct.pack("iiQ", 0, 0, child), 7: struct.pack("iiQ", 0, 5, 0) + b"mine\0"}
            if command:
                connection.send(answers.get(command, struct.pack("iiQ", -38, 0, 0)))
            connection.close()
        """;

    private readonly Process _process;

    private Impostor(Process process, int child) => (_process, Child) = (process, child);

    public int Pid => _process.Id;

    public int Child { get; }

    public static Impostor Start(string address, int user)
    {
        var process = Process.Start(new ProcessStartInfo(Requirement.Tool("python3"), ["-c", Script, address, $"{user}"]) { RedirectStandardOutput = true })!;
        try
        {
            return new Impostor(process, int.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
