using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Accuracy;

/// <summary>How a state that needs more than the program of states.c is made in an LXC container.</summary>
internal sealed record Recipe
{
    /// <summary>Lines of the configuration, with the container's directory for {0}.</summary>
    public IReadOnlyList<string> Configuration { get; init; } = [];

    /// <summary>Whether the template's own init runs, with this boot script, instead of the program of states.c.</summary>
    public IReadOnlyList<string>? Boot { get; init; }

    /// <summary>The command lines of processes that are there when the state is made.</summary>
    public IReadOnlyList<string> Processes { get; init; } = [];

    /// <summary>The text of a Python program that makes /ready when the state is made.</summary>
    public string? Program { get; init; }

    /// <summary>Lines of the configuration that are left out.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>Whether LXC is started by the program of states.c, which hands it something of its own.</summary>
    public bool HandsDescriptor { get; init; }

    /// <summary>Whether the kernel may lack what the configuration asks for, so that LXC does not start the container.</summary>
    public bool MayLackKernel { get; init; }

    /// <summary>What is done with the host before the container starts; what it made is disposed of after the container.</summary>
    public Func<LxcContainer, IDisposable?>? Before { get; init; }

    /// <summary>What is done with the running container; what it made is disposed of before the container.</summary>
    public Func<LxcContainer, IDisposable?>? After { get; init; }

    /// <summary>What is read of the host, and has to be the same before and after.</summary>
    public Func<LxcContainer, string>? LookOnHost { get; init; }
}
