using System.Diagnostics;
using System.Text;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>A program at a terminal of its own, which script(1) makes: a test types, and reads what is shown. What runs is ended with it.</summary>
internal sealed class TerminalSession : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), Typing = TimeSpan.FromMilliseconds(200), BetweenTries = TimeSpan.FromSeconds(3);
    private readonly Process _script;
    private readonly StringBuilder _shown = new();
    private readonly Lock _gate = new();
    private readonly Task _reading;

    private TerminalSession(Process script)
    {
        _script = script;
        _reading = Task.Run(Read);
    }

    /// <summary>All that was shown so far.</summary>
    public string Shown
    {
        get
        {
            lock (_gate)
                return _shown.ToString();
        }
    }

    /// <summary>The process of the shell, or what that has become by exec; 0 before there is one.</summary>
    public int Program => ProcessTable.Children(_script.Id).FirstOrDefault();

    /// <summary>Runs a line of the shell.</summary>
    public static TerminalSession Start(string command) =>
        new(Process.Start(new ProcessStartInfo("script", ["-qec", command, "/dev/null"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!);

    /// <summary>Waits until a text is shown.</summary>
    /// <param name="text">The text.</param>
    /// <param name="meanwhile">Done again and again until then.</param>
    /// <exception cref="TimeoutException">It is not; the message has what is.</exception>
    public void Await(string text, Action? meanwhile = null)
    {
        bool IsShown() => Shown.Contains(text, StringComparison.Ordinal);
        Wait.Until(
            () =>
            {
                if (IsShown() || _reading.IsCompleted)
                    return true;
                meanwhile?.Invoke();
                return false;
            },
            Patience);
        if (!IsShown())
            throw new TimeoutException($"\"{text}\" is not shown, but:\n{Shown}");
    }

    /// <summary>Presses keys until a text is shown: what is typed before anybody reads may be thrown away, and what is typed too often is in the way of what
    /// comes next.</summary>
    /// <inheritdoc cref="Await" path="/exception" />
    public void AwaitTyping(string text, string keys)
    {
        var typed = DateTime.MinValue;
        Await(text, () =>
        {
            if (DateTime.UtcNow - typed < BetweenTries)
                return;
            Type(keys);
            typed = DateTime.UtcNow;
        });
    }

    /// <summary>Presses keys; where nothing runs any more, nothing comes of it.</summary>
    public void Type(string keys)
    {
        try
        {
            _script.StandardInput.Write(keys);
            _script.StandardInput.Flush();
        }
        catch (IOException) when (_script.WaitForExit(Patience))
        {
        }
    }

    /// <summary>Leaves a console by Ctrl-A and q, pressed again until it ends, and gives its exit code.</summary>
    /// <exception cref="TimeoutException">It does not end; the message has what is shown.</exception>
    public int Leave()
    {
        // Nothing shows that the first key was read, and one that is read together with the next is none of its own.
        Wait.Until(
            () =>
            {
                if (!_script.HasExited)
                    Type("\u0001");
                if (!_script.WaitForExit(Typing))
                    Type("q");
                return _script.WaitForExit(Typing);
            },
            Patience);
        return End();
    }

    /// <summary>Waits for the program's end, and gives its exit code.</summary>
    /// <exception cref="TimeoutException">It does not end; the message has what is shown.</exception>
    public int End()
    {
        if (!_script.WaitForExit(Patience) || !_reading.Wait(Patience))
            throw new TimeoutException($"it does not end:\n{Shown}");
        return _script.ExitCode;
    }

    public void Dispose()
    {
        _script.Kill(entireProcessTree: true);
        _script.WaitForExit();
        _script.Dispose();
    }

    private void Read()
    {
        var some = new char[4096];
        while (_script.StandardOutput.Read(some) is > 0 and var count)
            lock (_gate)
                _shown.Append(some, 0, count);
    }
}
