namespace LxcNative.Orchestrator.Preflight.Failures;

/// <summary>What is known of criu's error lines: those that rules foresee, and those of failures that cannot be seen from outside.</summary>
internal static class FailureTexts
{
    // Before what uses it: fields are initialised in this order.
    private static readonly string[] Placeholders = [" N ", "=N ", " N,", " N", "N:", "@N ", "PATH", "KIND", "MOUNTPOINT"];

    /// <summary>What was chosen by hand, then the constant parts of the rules' messages; of each the longest first.</summary>
    public static readonly IReadOnlyList<FailureText> All =
    [
        .. Further.SelectMany(pair => pair.Texts.Select(text => new FailureText(text, RuleCatalog.Find(pair.Id)!)))
            .OrderByDescending(failure => failure.Text.Length),
        .. RuleCatalog.Descriptions.Where(rule => rule.CriuMessage is not null)
            .SelectMany(rule => LongestParts(rule.CriuMessage!).Select(text => new FailureText(text, rule))).OrderByDescending(failure => failure.Text.Length),
    ];

    // Other lines of the same causes: older versions of criu, and what it says first or last.
    private static (string Id, string[] Texts)[] Further =>
    [
        ("LXN003", ["found, state D", "Timeout reached. Try to interrupt", "Unable to interrupt task"]),
        ("LXN004", ["Can't dump nested ", "One or more namespaces doesn't belong to the target user namespace"]),
        ("LXN009", ["Can't make FS id for", "Can't make IO id for"]),
        ("LXN020", ["send_fds failed (-22)", "Can't retrieve FDs from socket"]),
        ("LXN021", ["(anon anon_inode:", "(anon "]),
        ("LXN022", ["Can't dump file ", "Can't obtain ptmx index"]),
        ("LXN023", ["Unsupported mapping found"]),
        ("LXN033", ["Can't dump that handle"]),
        ("LXN034", ["Escaped/closed fd descriptor"]),
        ("LXN040", ["Only one slave external peer is allowed"]),
        ("LXN041", ["Found dangling tty with sid", "ctty inheritance detected"]),
        ("LXN057", ["Unix socket "]),
        ("LXN058", ["Can't dump half of stream unix connection", "Can't dump name-less external socket", "Dangling connection"]),
        ("LXN059", ["Non-empty write queue on an in-flight socket"]),
        ("LXN070", ["FS mnt ", "unsupported id"]),
        ("LXN073", ["isn't empty"]),
        ("LXN075", ["doesn't have a read end of the pipe", "Failed to find read pipe fd"]),
        ("LXN080", ["No linkinfo for eth link"]),
        ("LXN102", ["Unexpected rt vDSO area bounds"]),
        ("LXN212", ["has bad size", "has bad mode", "has bad build-ID"]),
        ("LXN301", ["AIO ring"]),
        ("LXN110", ["FIB table does not exist", "IP tool failed on"]),
    ];

    // The constant part of a template that is long enough to be told by; a placeholder is N, S, PATH or KIND standing alone.
    private static IEnumerable<string> LongestParts(string template)
    {
        var best = template.Split(Placeholders, StringSplitOptions.None).MaxBy(part => part.Length)!.Trim();
        return best.Length >= 12 ? [best] : [];
    }
}
