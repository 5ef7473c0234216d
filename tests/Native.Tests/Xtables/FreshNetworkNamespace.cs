using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Tmds.Linux;

namespace LxcNative.Native.Tests.Xtables;

/// <summary>Runs a test's body on a thread of its own in a new network namespace; both are gone afterwards.</summary>
internal static class FreshNetworkNamespace
{
    public static void Run(Action body)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                if (LibC.unshare(LibC.CLONE_NEWNET) != 0)
                    Assert.Skip("unshare(CLONE_NEWNET) is refused: not root");
                body();
            }
            catch (Exception caught)
            {
                failure = ExceptionDispatchInfo.Capture(caught);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    /// <summary>Runs a program in the calling thread's namespace and returns what it wrote.</summary>
    public static string Execute(string program, string arguments, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {arguments}: {error}");
        return output;
    }
}
