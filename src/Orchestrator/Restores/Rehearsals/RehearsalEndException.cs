namespace LxcNative.Orchestrator.Restores.Rehearsals;

/// <summary>Thrown at criu's post-restore notification: everything is there, nothing has run, and criu ends all of it.</summary>
internal sealed class RehearsalEndException() : Exception("the rehearsal is over");
