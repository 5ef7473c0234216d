using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Orchestrator.Parts.Files;

/// <summary>What can stand in the way of the container's files.</summary>
internal static class FileRules
{
    public static readonly RuleDescription Changed = new()
    {
        Id = "LXN212",
        Title = "Files have changed since",
        Severity = FindingSeverity.BlocksRestore,
        SeenBy = "The sizes and modes in the images, and the files in the container’s root and in what is bound into it",
        Why = "Memory and files of a container belong together: what it has open, or mapped, has to be there as it was when it was checkpointed.",
        Remedy = "Put back the root of that moment (a snapshot, a copy: --root); what has only been written since is taken as it is now with "
            + "--accept-changed-files.",
        CriuMessage = "File PATH has bad size N",
    };
}
