using System.Buffers;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Refuses options that no restore could have, before anything is started for it.</summary>
internal static class RestoreOptionsCheck
{
    private const int LongestHostName = 64;
    private static readonly SearchValues<char> NameLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");
    private static readonly string[] SecurityModules = ["apparmor:", "selinux:"];

    /// <summary>Looks at all of them.</summary>
    /// <exception cref="InvalidOptionException">The first that is wrong.</exception>
    public static void Run(RestoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionRule.Path(nameof(options.Root), options.Root);
        OptionRule.Path(nameof(options.VerifyKey), options.VerifyKey);
        if (options is { VerifyKey: not null, CheckHashes: false })
            throw new InvalidOptionException(nameof(options.VerifyKey), "a signature says nothing of images whose hashes are not compared");
        if (options is { Name: not null, Verify: true } or { Name: not null, Strict: true })
            throw new InvalidOptionException(options.Strict ? nameof(options.Strict) : nameof(options.Verify), "under another name it is not what it was");
        if (options is { Lock: Locking.NetworkLockMode.Drop } and ({ Verify: true } or { Strict: true }))
            throw new InvalidOptionException(nameof(options.Lock), "where packets are dropped the network is open before it could be compared");
        OptionRule.LogFile(nameof(options.LogFile), options.LogFile);
        OptionRule.Verbosity(nameof(options.Verbosity), options.Verbosity);
        OptionRule.Word(nameof(options.Lock), options.Lock);
        OptionRule.Externals(nameof(options.External), options.External);
        if (options.LsmProfile is { } profile && profile != RestoreOptions.Unconfined
            && !SecurityModules.Any(module => profile.StartsWith(module, StringComparison.Ordinal) && profile.Length > module.Length))
            throw new InvalidOptionException(nameof(options.LsmProfile),
                $"\"{profile}\" is none of apparmor:PROFILE, selinux:LABEL and {RestoreOptions.Unconfined}");
        foreach (var pair in options.VethPairs)
            Check(pair);
        if (options.VethPairs.GroupBy(pair => pair.Inside, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InvalidOptionException(nameof(options.VethPairs), $"{twice.Key} is named twice");
        CheckPidFile(options);
        CheckClone(options);
    }

    private static void CheckClone(RestoreOptions options)
    {
        if (options.Name is null)
        {
            foreach (var (property, isGiven) in ((string, bool)[])[(nameof(options.Addresses), options.Addresses.Count > 0),
                (nameof(options.HardwareAddress), options.HardwareAddress is not null), (nameof(options.HostName), options.HostName is not null)])
                if (isGiven)
                    throw new InvalidOptionException(property, "only a container that gets another name can have others than it had");
            return;
        }

        if (options.Name.Length is 0 or > 200 || options.Name[0] is '.' or '-' || options.Name.AsSpan().ContainsAnyExcept(NameLetters))
            throw new InvalidOptionException(nameof(options.Name), $"\"{options.Name}\" is no name for a container: letters, digits and _ . - are");
        var host = options.HostName ?? options.Name;
        if (host.Length is 0 or > LongestHostName || host.Any(one => char.IsControl(one) || char.IsWhiteSpace(one)))
            throw new InvalidOptionException(nameof(options.HostName), $"a host name has 1 to {LongestHostName} characters, without spaces");
        if (options.HardwareAddress is { } mac && !IsUnicast(mac))
            throw new InvalidOptionException(nameof(options.HardwareAddress), $"\"{mac}\" is no address of one device, such as 00:16:3e:01:02:03");
    }

    private static bool IsUnicast(string mac) => mac.Length == 17 && mac.Split(':') is { Length: 6 } parts
        && parts.All(part => part.Length == 2 && part.All(char.IsAsciiHexDigit)) && (Convert.FromHexString(parts[0])[0] & 1) == 0;

    private static void Check(VethPairOption pair)
    {
        try
        {
            _ = VethPairOption.Parse(pair.Bridge is null ? $"{pair.Inside}={pair.Host}" : $"{pair.Inside}={pair.Host}@{pair.Bridge}");
        }
        catch (FormatException e)
        {
            throw new InvalidOptionException(nameof(RestoreOptions.VethPairs), e.Message);
        }
    }

    // It is written when the container runs already: what can be known of it is found out before.
    private static void CheckPidFile(RestoreOptions options)
    {
        OptionRule.Path(nameof(options.PidFile), options.PidFile);
        if (options.PidFile is not { } file)
            return;
        if (Directory.Exists(file))
            throw new InvalidOptionException(nameof(options.PidFile), $"{file} is a directory");
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } directory && !Directory.Exists(directory))
            throw new InvalidOptionException(nameof(options.PidFile), $"there is no directory {directory}");
    }
}
