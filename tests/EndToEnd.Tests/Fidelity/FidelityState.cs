using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Fidelity;

/// <summary>Something that a container has, made in it by a program, and looked at before the checkpoint and after the restore in the same way.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Program">Python that makes it in the container; it may define <c>answer()</c>, which tells what the program itself sees of it.</param>
/// <param name="Look">Python that runs in all of the container's namespaces and prints what it sees; null to ask the program.</param>
public sealed record FidelityState(string Name, string Program, string? Look = null)
{
    /// <summary>Further lines of LXC's configuration.</summary>
    public IReadOnlyList<string> Configuration { get; init; } = [];

    /// <summary>Makes what can be made only from the host; null for nothing.</summary>
    public Action<LxcContainer>? Make { get; init; }

    /// <summary>What the host sees, instead of <see cref="Look"/>.</summary>
    public Func<LxcContainer, string>? FromHost { get; init; }

    /// <summary>Whether the host keeps a connection to it, which has to go on.</summary>
    public bool IsConnected { get; init; }

    /// <inheritdoc />
    public override string ToString() => Name;
}
