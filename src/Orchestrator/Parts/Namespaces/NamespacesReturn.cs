namespace LxcNative.Orchestrator.Parts.Namespaces;

/// <summary>Nothing is made of them: criu makes those that are in its images.</summary>
internal sealed class NamespacesReturn : PartReturn;
