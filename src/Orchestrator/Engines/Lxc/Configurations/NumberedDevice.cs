using System.Globalization;

namespace LxcNative.Orchestrator.Engines.Lxc.Configurations;

/// <summary>A network device of a configuration (lxc.net.NUMBER.KEY).</summary>
internal sealed class NumberedDevice
{
    private const int Most = 64;
    private readonly int _number;
    private readonly Func<string, string?> _get;

    private NumberedDevice(int number, string type, Func<string, string?> get) => (_number, Type, _get) = (number, type, get);

    /// <summary>What kind it is of.</summary>
    public string Type { get; }

    /// <summary>Its name in the container; LXC's own where it is given none.</summary>
    public string Inside => Get("name") ?? string.Create(CultureInfo.InvariantCulture, $"eth{_number}");

    /// <summary>Those that there are: that have a type.</summary>
    /// <param name="get">The configuration's value of a key; null where it has none.</param>
    public static IEnumerable<NumberedDevice> Of(Func<string, string?> get) =>
        from number in Enumerable.Range(0, Most)
        let type = get(KeyOf(number, "type"))
        where type is not null
        select new NumberedDevice(number, type, get);

    /// <summary>A key of it, in full.</summary>
    public string Key(string key) => KeyOf(_number, key);

    /// <summary>The value of a key of it; null where it has none.</summary>
    public string? Get(string key) => _get(Key(key));

    private static string KeyOf(int number, string key) => string.Create(CultureInfo.InvariantCulture, $"lxc.net.{number}.{key}");
}
