using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.InPlace;

/// <summary>What a monitor takes over that brings a container back in the place of the one that is being checkpointed: it is asked while that one stands
/// still, and begins when it has ended.</summary>
/// <param name="Init">The init of the container that is being checkpointed.</param>
/// <param name="Checkpoint">The process that checkpoints it.</param>
/// <param name="Criu">The criu that has it in its hands.</param>
/// <param name="Monitor">What looks after it, and clears away what it leaves; null for nobody.</param>
/// <param name="Network">Its network, where that is kept; null where another is made.</param>
internal sealed record Takeover(ProcessIdentity Init, ProcessIdentity Checkpoint, ProcessIdentity Criu, ProcessIdentity? Monitor, KeptNetwork? Network);
