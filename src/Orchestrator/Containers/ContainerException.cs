namespace LxcNative.Orchestrator.Containers;

/// <summary>A container could not be found, or is not one that can be worked on; nothing was touched.</summary>
public sealed class ContainerException : Exception
{
    /// <summary>Makes the exception.</summary>
    public ContainerException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
