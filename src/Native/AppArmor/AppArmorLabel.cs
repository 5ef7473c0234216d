using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Native.AppArmor;

/// <summary>What confines a task (apparmor(7)): one profile or several that all have to permit.</summary>
/// <param name="Text">As the kernel writes it, without the mode: what <c>changeprofile</c> takes.</param>
/// <param name="Parts">The profiles that it is stacked of.</param>
internal sealed record AppArmorLabel(string Text, IReadOnlyList<AppArmorPart> Parts)
{
    private const string Stack = "//&";

    /// <summary>Whether no profile confines.</summary>
    public bool IsUnconfined => Parts.All(part => part.Profile == AppArmorPart.Unconfined);

    /// <summary>Reads that of a task; null where no AppArmor is in force.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="threadId">Its thread; null for the first.</param>
    /// <exception cref="SyscallException">ENOENT or ESRCH: it is gone.</exception>
    public static AppArmorLabel? Read(int pid, int? threadId = null)
    {
        var task = threadId is { } id ? $"/proc/{pid}/task/{id}" : $"/proc/{pid}";
        try
        {
            // Since Linux 5.1 each module has files of its own; the one without is of the first module that wants it.
            return Parse(KernelFile.ReadText($"{task}/attr/apparmor/current"));
        }
        catch (SyscallException e) when (e.Errno == Errno.EINVAL)
        {
            // The file is there, the module is off.
            return null;
        }
        catch (SyscallException e) when (e.Errno == Errno.ENOENT && Directory.Exists(task))
        {
            return null;
        }
    }

    /// <summary>Parses what the kernel wrote: <c>A//&amp;:NAMESPACE:B (enforce)</c>.</summary>
    public static AppArmorLabel Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var label = text.TrimEnd('\n', '\0');
        if (label.EndsWith(')') && label.LastIndexOf(" (", StringComparison.Ordinal) is > 0 and var mode)
            label = label[..mode];
        return new AppArmorLabel(label, [.. label.Split(Stack).Select(Part)]);
    }

    // ":NAMESPACE:PROFILE" or ":NAMESPACE://PROFILE".
    private static AppArmorPart Part(string text)
    {
        if (!text.StartsWith(':') || text.IndexOf(':', 1) is not (> 1 and var end))
            return new AppArmorPart(null, text);
        var profile = text[(end + 1)..];
        return new AppArmorPart(text[1..end], profile.StartsWith("//", StringComparison.Ordinal) ? profile[2..] : profile);
    }
}
